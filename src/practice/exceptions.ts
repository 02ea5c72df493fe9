import type { ErrorResponse } from './error-response.ts';

type ExceptionMetadata = { httpStatusCode: number; requestId: string };
type ModeledExceptionClass = new (options: { message: string; $metadata: ExceptionMetadata }) => Error;
type BaseExceptionClass = new (options: {
  name: string;
  message: string;
  $fault: 'client' | 'server';
  $metadata: ExceptionMetadata;
}) => Error;

/** The exception classes of a service's SDK client. */
export type ServiceErrors = {
  /** Thrown for every code that has no class of its own in the client. */
  base: BaseExceptionClass;
  /** The client's classes by code. `AccessDenied` also finds `AccessDeniedException`. */
  modelled?: Readonly<Record<string, ModeledExceptionClass>>;
  /** Whether the service answers in XML, or in JSON compatible with it. Its errors then have a `Code`. */
  wireCode?: true;
};

/** The exception that the SDK's client throws for this error answer. */
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
