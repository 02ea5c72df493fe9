import type { ErrorResponse } from './error-response.ts';

type ExceptionMetadata = { httpStatusCode: number; requestId: string };
type ModeledExceptionClass = new (options: { message: string; $metadata: ExceptionMetadata }) => Error;
type BaseExceptionClass = new (options: {
  name: string;
  message: string;
  $fault: 'client' | 'server';
  $metadata: ExceptionMetadata;
}) => Error;

/** How the SDK's client of a service throws what AWS answers. */
export type ServiceErrors = {
  /** Thrown for every code that the client has no class of its own for. */
  base: BaseExceptionClass;
  /** The client's classes by code. `AccessDenied` finds `AccessDeniedException` too. */
  modelled?: Readonly<Record<string, ModeledExceptionClass>>;
  /** The service answers in XML, or in JSON that is compatible with it: its errors bring the code along as `Code`. */
  wireCode?: true;
};

/** The error that the SDK's client throws when AWS answers with this refusal. */
export const createSdkException = (
  { base: Base, modelled = {}, wireCode }: ServiceErrors,
  { code, status, message }: ErrorResponse,
  requestId: string,
): Error => {
  const $metadata = { httpStatusCode: status, requestId };
  const Class = modelled[code] ?? modelled[`${code}Exception`];
  const $fault = status < 500 ? 'client' : 'server';
  const error = Class
    ? new Class({ message, $metadata })
    : new Base({ name: code, message, $fault, $metadata });
  if (!wireCode) return error;
  const Type = $fault === 'client' ? 'Sender' : 'Receiver';
  return Object.assign(error, { Type, Code: code, Error: { Type, Code: code, Message: message } });
};
