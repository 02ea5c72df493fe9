/** The wire code of an AWS error without "Exception" (`NoSuchEntity`), or undefined for any other error. */
export const getErrorCode = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if ('Code' in error && typeof error.Code === 'string') return error.Code;
  return '$fault' in error || '$metadata' in error ? error.name.replace(/Exception$/, '') : undefined;
};

export const getHttpStatus = (error: unknown): number | undefined => getErrorMetadata(error)?.httpStatusCode;

/** How often the SDK sent the call before it gave up. */
export const getAttempts = (error: unknown): number => getErrorMetadata(error)?.attempts ?? 1;

const getErrorMetadata = (error: unknown): { httpStatusCode?: number; attempts?: number } | undefined =>
  error instanceof Error &&
  '$metadata' in error &&
  typeof error.$metadata === 'object' &&
  error.$metadata !== null
    ? error.$metadata
    : undefined;

// IAM, while another change to the same resource is in progress (IAM API Reference, errors of EnableMFADevice and
// CreateUser).
const beingChanged = ['EntityTemporarilyUnmodifiable', 'ConcurrentModification'] as const;

/**
 * What AWS's error codes mean, across all services. Retries, drift, lost answers and explanations use this table. Add
 * the codes of a new service here.
 */
export const errorCodes = {
  alreadyThere: [
    // IAM
    'EntityAlreadyExists',
    // AWS Budgets
    'DuplicateRecord',
    // S3, if the bucket belongs to this account. BucketAlreadyExists is not included: that bucket belongs to someone
    // else.
    'BucketAlreadyOwnedByYou',
  ],
  gone: [
    // IAM
    'NoSuchEntity',
    // SNS, AWS Budgets
    'NotFound',
    // CloudWatch; SNS, for tags; Free Tier, for an account without a plan
    'ResourceNotFound',
    // S3
    'NoSuchBucket',
  ],
  /** Another resource still depends on the one to delete. */
  inUse: ['DeleteConflict'],
  beingChanged,
  /**
   * What AWS may answer until a recent change has spread. Of the codes for "gone", only IAM's is included, because IAM
   * is eventually consistent (IAM User Guide, "Changes that I make are not always immediately visible"). No other
   * service in use documents this, so the program does not wait for them.
   */
  notVisibleYet: ['NoSuchEntity', ...beingChanged],
  throttled: [
    'Throttling',
    'Throttled',
    'RequestThrottled',
    'RequestLimitExceeded',
    'TooManyRequests',
    // S3
    'SlowDown',
  ],
  /** The caller lacks the permission. */
  refused: [
    'AccessDenied',
    // SNS
    'AuthorizationError',
    'UnauthorizedOperation',
    'NotAuthorized',
    'Unauthorized',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const hasCodeOf =
  (meaning: keyof typeof errorCodes) =>
  (error: unknown): boolean =>
    (errorCodes[meaning] as readonly (string | undefined)[]).includes(getErrorCode(error));

/** Whether the resource to create already exists in this account. */
export const isAlreadyThere = hasCodeOf('alreadyThere');

export const isGone = hasCodeOf('gone');

/** Whether another resource still depends on the one to delete. */
export const isInUse = hasCodeOf('inUse');

/** Whether a recent change may be the cause, so that the same call may succeed a few seconds later. */
export const isNotVisibleYet = hasCodeOf('notVisibleYet');

export const isThrottled = hasCodeOf('throttled');

export const isRefused = hasCodeOf('refused');

/** The result of `work`, or undefined if it fails with an expected error. Any other error is thrown. */
export const undefinedIf = <T>(
  isTolerated: (error: unknown) => boolean,
  work: Promise<T>,
): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    if (!isTolerated(error)) throw error;
    return undefined;
  });
