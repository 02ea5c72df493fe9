import { getSmithyContext } from '@smithy/core/client';
import type {
  DeserializeHandlerOutput,
  HandlerExecutionContext,
  HttpRequest,
  HttpResponse,
  MiddlewareStack,
} from '@smithy/types';
import { UserError } from '../lib/user-error.ts';
import { createNotFromAwsError } from './errors/network.ts';
import { hasRequestId } from './request-id.ts';

/** What an operation answers, by the SDK's own model: the names of its members, those that are always there first. */
type AnswerModel = { members: readonly string[]; required: readonly string[]; lists: readonly string[] };

const nothing: AnswerModel = { members: [], required: [], lists: [] };

/** `[1, ...]` is a list of structures or of lists, and 64 is added to a type to make a list of it. */
const isListSchema = (schema: unknown): boolean => {
  const resolved: unknown = typeof schema === 'function' ? schema() : schema;
  return Array.isArray(resolved) ? resolved[0] === 1 : typeof resolved === 'number' && (resolved & 64) !== 0;
};

/**
 * Reads the model out of the SDK's schema of the operation: `[9, namespace, name, traits, input, output]`, where the output
 * is a structure `[3, namespace, name, traits, members, types, how many of the members are required]`.
 */
const readAnswerModel = (context: HandlerExecutionContext): AnswerModel => {
  const { operationSchema } = getSmithyContext(context);
  const output: unknown = Array.isArray(operationSchema) ? operationSchema[5] : undefined;
  const structure: unknown = typeof output === 'function' ? output() : output;
  if (!Array.isArray(structure) || !Array.isArray(structure[4])) return nothing;
  const members = structure[4].map(String);
  const required = typeof structure[6] === 'number' ? structure[6] : 0;
  const types: readonly unknown[] = Array.isArray(structure[5]) ? structure[5] : [];
  return {
    members,
    required: members.slice(0, required),
    lists: members.filter((_name, index) => isListSchema(types[index])),
  };
};

const getOperationName = (context: HandlerExecutionContext): string =>
  String(context['commandName']).replace(/Command$/, '');

/** The name of the outermost element; undefined for what is no XML. */
const readRootName = (text: string): string | undefined =>
  /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[^]*?-->\s*)*<([\w.-]+)/.exec(text)?.[1];

/** Query protocol (IAM, STS, SNS): `<CreateUserResponse>` with `<CreateUserResult>` in it where there is a result. */
const isQueryAnswer = (text: string, operation: string, { members }: AnswerModel): boolean =>
  readRootName(text) === `${operation}Response` &&
  (members.length === 0 || new RegExp(`<${operation}Result[\\s/>]`).test(text));

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const canBeEmpty = (names: readonly string[], members: readonly string[]): boolean =>
  names.length === 0 || members.length === 0;

/**
 * JSON protocols: an object with at least one of the members. AWS leaves out what has no value, so that an object with
 * nothing in it, or no body where there is nothing to say, counts too, if it has the id that AWS gives to each request.
 */
const isJsonAnswer = (text: string, response: HttpResponse, { members }: AnswerModel): boolean => {
  if (text.trim() === '') return members.length === 0 && hasRequestId(response);
  const answer = parseJson(text);
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return false;
  const names = Object.entries(answer)
    .filter(([, value]) => value !== null)
    .map(([name]) => name);
  if (names.some((name) => name === '__type')) return false;
  return (
    names.some((name) => members.includes(name)) || (canBeEmpty(names, members) && hasRequestId(response))
  );
};

const isQueryRequest = ({ headers }: HttpRequest): boolean =>
  Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'content-type' && value.includes('x-www-form-urlencoded'),
  );

type RawResult = { request: HttpRequest; response: HttpResponse };

/** Whether a success has the form in which AWS answers the operation. What it says is checked once it is read. */
const hasFormOfAnswer = ({ request, response }: RawResult, context: HandlerExecutionContext): boolean => {
  if (!isSuccess(response.statusCode) || !(response.body instanceof Uint8Array)) return true;
  const text = Buffer.from(response.body).toString('utf8');
  const model = readAnswerModel(context);
  return isQueryRequest(request)
    ? isQueryAnswer(text, getOperationName(context), model)
    : isJsonAnswer(text, response, model);
};

const isList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => one !== undefined && one !== null);

/** A list without its element is not an empty list: what the operation always returns must be there, and lists are lists. */
const isComplete = (output: object | undefined, context: HandlerExecutionContext): boolean => {
  const { required, lists } = readAnswerModel(context);
  const valueOf = (name: string): unknown => (output === undefined ? undefined : Reflect.get(output, name));
  return (
    required.every((name) => valueOf(name) !== undefined) &&
    lists.every((name) => valueOf(name) === undefined || isList(valueOf(name)))
  );
};

const getHost = (context: HandlerExecutionContext): string | undefined => context.endpointV2?.url.host;

const isHttpRequest = (request: unknown): request is HttpRequest =>
  typeof request === 'object' && request !== null && 'headers' in request;

const isHttpResponse = (response: unknown): response is HttpResponse =>
  typeof response === 'object' && response !== null && 'statusCode' in response;

const isSuccess = (status: number | undefined): status is number => status !== undefined && status < 300;

/** A service's own error, and what is explained already, stay what they are. */
const isExplained = (error: unknown): boolean =>
  error instanceof UserError || (error instanceof Error && '$fault' in error);

/**
 * Rejects a success that is no answer of AWS: another document, an empty body, an answer without what its operation returns,
 * or one that the SDK cannot read. Such a read is not known, and of such a change nobody knows whether it was made.
 */
export const answerCheck = {
  applyToStack: <Input extends object, Output extends object>(
    stack: MiddlewareStack<Input, Output>,
  ): void => {
    const received = new WeakMap<HandlerExecutionContext, number>();
    // Next to the network, before the SDK reads the body.
    stack.add(
      (next, context) => async (args) => {
        const result = await next(args);
        if (!isHttpRequest(args.request) || !isHttpResponse(result.response)) return result;
        received.set(context, result.response.statusCode);
        if (hasFormOfAnswer({ request: args.request, response: result.response }, context)) return result;
        throw createNotFromAwsError(result.response.statusCode, getHost(context));
      },
      { step: 'deserialize', priority: 'low', name: 'aws-first-steps-answer-form', override: true },
    );
    // Around the SDK's reading of the body.
    stack.add(
      (next, context) => async (args) => {
        received.delete(context);
        let result: DeserializeHandlerOutput<Output>;
        try {
          result = await next(args);
        } catch (error) {
          const status = received.get(context);
          if (!isSuccess(status) || isExplained(error)) throw error;
          throw createNotFromAwsError(status, getHost(context));
        }
        const status = received.get(context);
        if (!isSuccess(status) || isComplete(result.output, context)) return result;
        throw createNotFromAwsError(status, getHost(context));
      },
      { step: 'deserialize', priority: 'high', name: 'aws-first-steps-answer-content', override: true },
    );
  },
};
