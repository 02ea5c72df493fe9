/** What is known about a step. Only `met` and `attested` are done; `unknown` never counts as done. */
export type StepStatus =
  /** AWS says so. */
  | 'met'
  /** The owner says so, because AWS has no way to ask. */
  | 'attested'
  /** Everything is in place; someone or AWS must still act. */
  | 'waiting'
  /** To do. */
  | 'unmet'
  /** Cannot exist in this account. */
  | 'not-applicable'
  /** AWS could not be asked: no permission, no network. */
  | 'unknown';

/** Whether nothing is left to do for anybody. */
export const isDone = (status: StepStatus): boolean =>
  status === 'met' || status === 'attested' || status === 'not-applicable';
