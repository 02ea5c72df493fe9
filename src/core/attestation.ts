/** Something that only the owner can know, and when they said it. */
export type Attestation = { said: string; on: Date };

/**
 * What the owner has said where AWS has no way to tell, by step id. It is kept in the progress file and, so that another
 * machine finds it too, as tags on the administrator user.
 */
export type Attestations = {
  of(stepId: string): Attestation | undefined;
};

export type AttestationStore = Attestations & {
  keep(stepId: string, attestation: Attestation): Promise<void>;
};
