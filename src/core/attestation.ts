/** Something that only the owner can know, and when they said it. */
export type Attestation = { said: string; on: Date };

/**
 * The owner's words: what AWS has no way to tell, by step id. They are kept in the progress file and, so that
 * another machine finds them too, as tags on the administrator user.
 */
export type Attestations = {
  of(stepId: string): Attestation | undefined;
};

/** What an action needs to keep a new word. */
export type AttestationStore = Attestations & {
  keep(stepId: string, word: Attestation): Promise<void>;
};
