/** An error answer of AWS: a wire code, an HTTP status and a message. */
export class ErrorResponse extends Error {
  override name = 'ErrorResponse';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const createNoSuchEntityError = (message: string) => new ErrorResponse('NoSuchEntity', 404, message);

export const createAlreadyExistsError = (message: string) =>
  new ErrorResponse('EntityAlreadyExists', 409, message);

/** A quota is exhausted. The SDK treats this error as throttling and retries. */
export const createLimitExceededError = (quota: string, limit: number) =>
  new ErrorResponse('LimitExceeded', 409, `Cannot exceed quota for ${quota}: ${limit}`);

/** Another resource still depends on the one to delete. */
export const createDeleteConflictError = (message: string) =>
  new ErrorResponse('DeleteConflict', 409, message);

/** The request itself is malformed. */
export const createValidationError = (message: string) => new ErrorResponse('ValidationError', 400, message);

/** Several violated constraints in one error, worded as AWS lists them. */
export const createConstraintError = (...constraints: readonly string[]) =>
  createValidationError(
    `${constraints.length} validation error${constraints.length === 1 ? '' : 's'} detected: ${constraints.join('; ')}`,
  );

/** The wording for one violated constraint of a member. */
export const describeConstraint = (member: string, rule: string) =>
  `Value at '${member}' failed to satisfy constraint: Member must ${rule}`;

/** The value, or AWS's error for a missing required member. */
export const requireValue = <T>(value: T | undefined, member: string): T => {
  if (value === undefined) {
    throw createConstraintError(
      `Value null at '${member}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return value;
};

/** Rejects a text that is longer or shorter than the operation allows. */
export const requireLength = (value: string, member: string, min: number, max: number): string => {
  if (value.length > max)
    throw createConstraintError(describeConstraint(member, `have length less than or equal to ${max}`));
  if (value.length < min)
    throw createConstraintError(describeConstraint(member, `have length greater than or equal to ${min}`));
  return value;
};

/** What services that speak JSON answer without the permission. Other services answer 403 and `AccessDenied`. */
export const createJsonAccessDeniedError = (operation: string, principal: string) =>
  new ErrorResponse(
    'AccessDeniedException',
    400,
    `User: ${principal} is not authorized to perform: ${operation} because no identity-based policy allows the ${operation} action`,
  );

/** SNS's error for an invalid parameter. */
export const createInvalidParameterError = (message: string) =>
  new ErrorResponse('InvalidParameter', 400, `Invalid parameter: ${message}`);
