import { randomUUID } from 'node:crypto';
import type { MiddlewareStack } from '@smithy/types';
import { findServiceOfClient } from '../aws/services.ts';
import { ErrorResponse } from './error-response.ts';
import { createSdkException } from './exceptions.ts';
import type { PracticeService, PracticeServices } from './service.ts';

/** A call as it reaches the account: `iam:CreateUser`, its input, and the region it was sent to. */
export type PracticeRequest = { service: PracticeService; operation: string; input: object; region: string };

/** The plugin that SDK clients use: `client.middlewareStack.use(plugin)`. */
export type PracticeMiddleware = {
  applyToStack<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void;
};

const getRequestRegion = (request: unknown): string => {
  const host =
    typeof request === 'object' && request !== null && 'hostname' in request ? String(request.hostname) : '';
  return /\b[a-z]{2,}(?:-[a-z]+)+-\d\b/.exec(host)?.[0] ?? 'us-east-1';
};

const toPracticeRequest = (
  services: PracticeServices,
  context: { [key: string]: unknown },
  input: object,
  request: unknown,
): PracticeRequest => {
  const client = String(context['clientName']);
  const name = findServiceOfClient(client);
  const operation = `${name ?? client}:${String(context['commandName']).replace(/Command$/, '')}`;
  const service = name && services[name];
  if (!service)
    throw new Error(`The practice account does not know ${operation}: it does not answer for this service.`);
  return { service, operation, input, region: getRequestRegion(request) };
};

/**
 * Makes `answer` reply in place of the network. The plugin runs after the SDK's retry middleware, last before the
 * request would be sent, so every attempt of a call reaches it. Signing and credential lookup are removed, because a
 * practice run has no credentials.
 */
export const createPracticeMiddleware = (
  services: PracticeServices,
  answer: (request: PracticeRequest) => Promise<object>,
): PracticeMiddleware => ({
  applyToStack: <Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>) => {
    stack.remove('httpAuthSchemeMiddleware');
    stack.remove('httpSigningMiddleware');
    stack.add(
      (_next, context) => async (args) => {
        const request = toPracticeRequest(services, context, args.input, args.request);
        const requestId = randomUUID();
        try {
          const output = { ...(await answer(request)), $metadata: { httpStatusCode: 200, requestId } };
          // The operation is known only at run time. The service guarantees the shape of its output.
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion
          return { response: {}, output: output as object as Output };
        } catch (error) {
          throw error instanceof ErrorResponse
            ? createSdkException(request.service.errors, error, requestId)
            : error;
        }
      },
      { step: 'finalizeRequest', priority: 'low', name: 'practiceAccountMiddleware', override: true },
    );
  },
});
