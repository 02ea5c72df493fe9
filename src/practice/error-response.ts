/** What AWS would answer instead of doing what was asked: a wire code, an HTTP status and a message. */
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

/** A refusal because something is not there. */
export const createNoSuchEntityError = (message: string) => new ErrorResponse('NoSuchEntity', 404, message);

/** A refusal because something of that name is there already. */
export const createAlreadyExistsError = (message: string) =>
  new ErrorResponse('EntityAlreadyExists', 409, message);

/** A refusal because a quota is used up. The SDK takes it for throttling and tries again. */
export const createLimitExceededError = (quota: string, limit: number) =>
  new ErrorResponse('LimitExceeded', 409, `Cannot exceed quota for ${quota}: ${limit}`);

/** A refusal because something else hangs on what is to be deleted. */
export const createDeleteConflictError = (message: string) =>
  new ErrorResponse('DeleteConflict', 409, message);

/** A refusal because the request itself is not well formed. */
export const createValidationError = (message: string) => new ErrorResponse('ValidationError', 400, message);

/** Several violated constraints in one refusal, in the words in which AWS lists them. */
export const createConstraintError = (...constraints: readonly string[]) =>
  createValidationError(
    `${constraints.length} validation error${constraints.length === 1 ? '' : 's'} detected: ${constraints.join('; ')}`,
  );

/** The words for one violated constraint of one member. */
export const describeConstraint = (member: string, rule: string) =>
  `Value at '${member}' failed to satisfy constraint: Member must ${rule}`;

/** The value, or the refusal for a required member that was left out. */
export const requireValue = <T>(value: T | undefined, member: string): T => {
  if (value === undefined) {
    throw createConstraintError(
      `Value null at '${member}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return value;
};

/** Refuses a text that is longer or shorter than the operation takes. */
export const requireLength = (value: string, member: string, min: number, max: number): string => {
  if (value.length > max)
    throw createConstraintError(describeConstraint(member, `have length less than or equal to ${max}`));
  if (value.length < min)
    throw createConstraintError(describeConstraint(member, `have length greater than or equal to ${min}`));
  return value;
};

/** What services that speak JSON answer whoever may not do something; others answer 403 and `AccessDenied`. */
export const createJsonAccessDeniedError = (operation: string, principal: string) =>
  new ErrorResponse(
    'AccessDeniedException',
    400,
    `User: ${principal} is not authorized to perform: ${operation} because no identity-based policy allows the ${operation} action`,
  );

/** SNS's refusal of a parameter. */
export const createInvalidParameterError = (message: string) =>
  new ErrorResponse('InvalidParameter', 400, `Invalid parameter: ${message}`);
