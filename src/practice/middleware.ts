import { randomUUID } from 'node:crypto';
import type { MiddlewareStack } from '@smithy/types';
import { exceptionFor, type Service } from './services/exceptions.ts';
import { Refusal } from './refusal.ts';

/** One call as it reaches the account: `iam:CreateUser`, its input, and the region that it was sent to. */
export type Request = { service: Service; operation: string; input: object; region: string };

/** What the SDK's clients use: `client.middlewareStack.use(plugin)`. */
export type ClientPlugin = {
  applyToStack<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void;
};

const services: Readonly<Record<string, Service>> = {
  AccountClient: 'account',
  BillingClient: 'billing',
  BudgetsClient: 'budgets',
  CloudWatchClient: 'cloudwatch',
  FreeTierClient: 'freetier',
  IAMClient: 'iam',
  OrganizationsClient: 'organizations',
  SNSClient: 'sns',
  STSClient: 'sts',
};

const regionOf = (request: unknown): string => {
  const host =
    typeof request === 'object' && request !== null && 'hostname' in request ? String(request.hostname) : '';
  return /\b[a-z]{2,}(?:-[a-z]+)+-\d\b/.exec(host)?.[0] ?? 'us-east-1';
};

const named = (context: { [key: string]: unknown }, input: object, request: unknown): Request => {
  const service = services[String(context['clientName'])];
  if (!service) throw new Error(`The practice account does not know ${String(context['clientName'])}.`);
  const operation = `${service}:${String(context['commandName']).replace(/Command$/, '')}`;
  return { service, operation, input, region: regionOf(request) };
};

/**
 * The plugin that lets `answer` answer in place of the network. It stands behind the SDK's retry middleware, last
 * before the request would be sent, so that every attempt of a call reaches it. Signing and the look for credentials
 * are taken out: a rehearsal has none.
 */
export const answering = (answer: (request: Request) => Promise<object>): ClientPlugin => ({
  applyToStack: <Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>) => {
    stack.remove('httpAuthSchemeMiddleware');
    stack.remove('httpSigningMiddleware');
    stack.add(
      (_next, context) => async (args) => {
        const request = named(context, args.input, args.request);
        const requestId = randomUUID();
        try {
          const output = { ...(await answer(request)), $metadata: { httpStatusCode: 200, requestId } };
          // Which operation's output this is, is known only when it runs: `operations` answers for the shape.
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion
          return { response: {}, output: output as object as Output };
        } catch (error) {
          throw error instanceof Refusal ? exceptionFor(request.service, error, requestId) : error;
        }
      },
      { step: 'finalizeRequest', priority: 'low', name: 'practiceAccountMiddleware', override: true },
    );
  },
});
