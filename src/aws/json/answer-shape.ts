import type { MetadataBearer, MiddlewareStack, Pluggable } from '@smithy/types';
import * as v from 'valibot';
import { UserError } from '../../lib/user-error.ts';
import { hasRequestId } from '../request-id.ts';

/** The expected shape of a service's answers, by operation. */
export type ResponseSchemas = Readonly<Record<string, v.GenericSchema<unknown, object>>>;

const createUnknownResponseError = (operation: string): UserError =>
  new UserError(`AWS answered ${operation} in a form that this program does not know.`, [
    'Is a proxy or a login page between you and AWS? If not, look for a newer version of this program.',
  ]);

/** The practice account answers without a response. */
const isFromNetwork = (response: unknown): boolean =>
  typeof response === 'object' && response !== null && 'statusCode' in response;

const saysNothing = (shape: v.GenericSchema): boolean =>
  'entries' in shape && Object.keys(shape.entries ?? {}).length === 0;

/** Rejects answers that do not have the expected shape, and drops the members that the schema does not name. */
export const createResponseValidationPlugin = <Input extends object, Output extends MetadataBearer>(
  service: string,
  shapes: ResponseSchemas,
): Pluggable<Input, Output> => ({
  applyToStack: (stack: MiddlewareStack<Input, Output>) =>
    stack.add(
      (next, context) => async (args) => {
        const { output, response } = await next(args);
        const operation = String(context['commandName']).replace(/Command$/, '');
        const shape = shapes[operation];
        if (!shape) throw new Error(`nobody has said what ${operation} answers`);
        const read = v.safeParse(shape, output);
        if (!read.success || (saysNothing(shape) && isFromNetwork(response) && !hasRequestId(response)))
          throw createUnknownResponseError(`${service}:${operation}`);
        // The operation is known only at run time. The schema in `shapes` guarantees its output type.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        return { response, output: { ...read.output, $metadata: output.$metadata } as unknown as Output };
      },
      { step: 'initialize', priority: 'low', name: 'wellFormedMiddleware', override: true },
    ),
});
