/** Something that only the owner can know, and when they said it. */
export type Word = { said: string; on: Date };

/**
 * The owner's words: what AWS has no way to tell, by step id. They are kept in the progress file and, so that
 * another machine finds them too, as tags on the administrator user.
 */
export type Words = {
  of(stepId: string): Word | undefined;
};

/** What an action needs to keep a new word. */
export type WordKeeper = Words & {
  keep(stepId: string, word: Word): Promise<void>;
};
