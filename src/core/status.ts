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

/** What a list of steps shows: the status, or that the owner skipped the step, or that it was not checked yet. */
export type StepState = StepStatus | 'skipped' | 'unseen';

/** How a state is shown: one or two words, and a sign beside them. `asciiSign` is for terminals without Unicode. */
export type StatusLabel = { word: string; sign: string; asciiSign: string };

/** How each state is shown, everywhere but in the menu, which says it in other words. */
export const statusLabels: Readonly<Record<StepState, StatusLabel>> = {
  met: { word: 'done', sign: '✔', asciiSign: '+' },
  attested: { word: 'you said so', sign: '☑', asciiSign: 'v' },
  waiting: { word: 'waiting', sign: '…', asciiSign: '~' },
  unmet: { word: 'to do', sign: '○', asciiSign: 'o' },
  unknown: { word: 'not known', sign: '?', asciiSign: '?' },
  'not-applicable': { word: 'not needed', sign: '–', asciiSign: '-' },
  skipped: { word: 'skipped', sign: '–', asciiSign: '-' },
  unseen: { word: '', sign: '○', asciiSign: 'o' },
};

/** Whether nothing is left to do for anybody. */
export const isDone = (status: StepStatus): boolean =>
  status === 'met' || status === 'attested' || status === 'not-applicable';
