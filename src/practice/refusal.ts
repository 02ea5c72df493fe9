/** What AWS would answer instead of doing what was asked: a wire code, an HTTP status and a message. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** A refusal because something is not there. */
export const noSuchEntity = (message: string) => new Refusal('NoSuchEntity', 404, message);

/** A refusal because something of that name is there already. */
export const alreadyExists = (message: string) => new Refusal('EntityAlreadyExists', 409, message);

/** A refusal because a quota is used up. The SDK takes it for throttling and tries again. */
export const limitExceeded = (quota: string, limit: number) =>
  new Refusal('LimitExceeded', 409, `Cannot exceed quota for ${quota}: ${limit}`);

/** A refusal because something else hangs on what is to be deleted. */
export const deleteConflict = (message: string) => new Refusal('DeleteConflict', 409, message);

/** A refusal because the request itself is not well formed. */
export const invalid = (message: string) => new Refusal('ValidationError', 400, message);

/** Several violated constraints in one refusal, in the words in which AWS lists them. */
export const violated = (...constraints: readonly string[]) =>
  invalid(
    `${constraints.length} validation error${constraints.length === 1 ? '' : 's'} detected: ${constraints.join('; ')}`,
  );

/** The words for one violated constraint of one member. */
export const constraint = (member: string, rule: string) =>
  `Value at '${member}' failed to satisfy constraint: Member must ${rule}`;

/** The value, or the refusal for a required member that was left out. */
export const required = <T>(value: T | undefined, member: string): T => {
  if (value === undefined) {
    throw violated(`Value null at '${member}' failed to satisfy constraint: Member must not be null`);
  }
  return value;
};

/** Refuses a text that is longer or shorter than the operation takes. */
export const lengthWithin = (value: string, member: string, min: number, max: number): string => {
  if (value.length > max) throw violated(constraint(member, `have length less than or equal to ${max}`));
  if (value.length < min) throw violated(constraint(member, `have length greater than or equal to ${min}`));
  return value;
};

/** What services that speak JSON answer whoever may not do something; others answer 403 and `AccessDenied`. */
export const accessDeniedAsJson = (operation: string, principal: string) =>
  new Refusal(
    'AccessDeniedException',
    400,
    `User: ${principal} is not authorized to perform: ${operation} because no identity-based policy allows the ${operation} action`,
  );

/** SNS's refusal of a parameter. */
export const invalidParameter = (message: string) =>
  new Refusal('InvalidParameter', 400, `Invalid parameter: ${message}`);
