/** The wire code of an AWS error (`NoSuchEntity`), without "Exception", or nothing for anything else. */
export const getErrorCode = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if ('Code' in error && typeof error.Code === 'string') return error.Code;
  return '$fault' in error || '$metadata' in error ? error.name.replace(/Exception$/, '') : undefined;
};

/** The HTTP status of an AWS answer that was an error. */
export const getHttpStatus = (error: unknown): number | undefined => getErrorMetadata(error)?.httpStatusCode;

/** How often the SDK sent a call before this error was final. */
export const getAttempts = (error: unknown): number => getErrorMetadata(error)?.attempts ?? 1;

const getErrorMetadata = (error: unknown): { httpStatusCode?: number; attempts?: number } | undefined =>
  error instanceof Error &&
  '$metadata' in error &&
  typeof error.$metadata === 'object' &&
  error.$metadata !== null
    ? error.$metadata
    : undefined;

// IAM, where another change of the same is under way (IAM API Reference, errors of EnableMFADevice and CreateUser).
const beingChanged = ['EntityTemporarilyUnmodifiable', 'ConcurrentModification'] as const;

/**
 * What AWS's codes mean, over all services. Retries, drift, lost answers and the explanations go by this table: the
 * codes of a new service belong here.
 */
export const errorCodes = {
  alreadyThere: [
    // IAM
    'EntityAlreadyExists',
    // AWS Budgets
    'DuplicateRecord',
    // S3, where it is ours. BucketAlreadyExists is no such code: that bucket is somebody else's.
    'BucketAlreadyOwnedByYou',
  ],
  gone: [
    // IAM
    'NoSuchEntity',
    // SNS, AWS Budgets
    'NotFound',
    // CloudWatch; SNS, where it is about tags; Free Tier, of the plan of an account that has none
    'ResourceNotFound',
    // S3
    'NoSuchBucket',
  ],
  /** Something else hangs on what is to be deleted. */
  inUse: ['DeleteConflict'],
  beingChanged,
  /**
   * What a change of a moment ago can cause until it has spread. Of the codes for "gone" only that of IAM is one: IAM is
   * eventually consistent (IAM User Guide, "Changes that I make are not always immediately visible"). No other service
   * in use is documented to be, so there it is not waited for.
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
  /** The caller has no permission. */
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

/** Whether AWS says that what is to be made is there already, and ours. */
export const isAlreadyThere = hasCodeOf('alreadyThere');

/** Whether AWS says that what is asked for is not there. */
export const isGone = hasCodeOf('gone');

/** Whether AWS says that something else hangs on what is to be deleted. */
export const isInUse = hasCodeOf('inUse');

/** Whether a change of a moment ago may be the reason, so that the same call can work a few seconds later. */
export const isNotVisibleYet = hasCodeOf('notVisibleYet');

/** Whether AWS wants fewer calls at a time. */
export const isThrottled = hasCodeOf('throttled');

/** Whether AWS does not let the caller do that. */
export const isRefused = hasCodeOf('refused');

/** What `work` comes to, or nothing where it fails with an error that is one to live with; any other is thrown. */
export const undefinedIf = <T>(
  isTolerated: (error: unknown) => boolean,
  work: Promise<T>,
): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    if (!isTolerated(error)) throw error;
    return undefined;
  });
