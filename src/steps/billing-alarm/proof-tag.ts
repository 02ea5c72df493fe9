import { createHash } from 'node:crypto';

/** The tag on the topic that says since when the alarm is known to reach its owner, and with which settings. */
export const proofTagKey = 'aws-first-steps:proven';

export const proofParts = ['alarm', 'topic', 'subscription'] as const;

/** The parts that a proof covers. A change to any of them makes it void. */
export type ProofPart = (typeof proofParts)[number];

/** A short hash of each part, or `-` if AWS refused to return it. */
export type ProofFingerprint = Readonly<Record<ProofPart, string>>;

export type StoredProof = { on: string; fingerprint: ProofFingerprint };

export const hashShort = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** The tag's value: `2026-11-24 alarm:… topic:… subscription:…`. */
export const joinProofTag = (day: string, fingerprint: ProofFingerprint): string =>
  [day, ...proofParts.map((part) => `${part}:${fingerprint[part]}`)].join(' ');

const proofTagPattern =
  /^(\d{4}-\d{2}-\d{2}) alarm:([0-9a-f]{12}) topic:([0-9a-f]{12}|-) subscription:([0-9a-f]{12})$/;

export const parseProofTag = (tag: string | undefined): StoredProof | undefined => {
  const [, on = '', alarm = '', topic = '', subscription = ''] = proofTagPattern.exec(tag ?? '') ?? [];
  return Number.isNaN(new Date(on).getTime())
    ? undefined
    : { on, fingerprint: { alarm, topic, subscription } };
};

/** Of more things than this, it is not tried out which of them were proven. */
const maxToldApart = 10;

/** Whether a hash is that of some of these, in their order. */
export const isHashOfSome = (all: readonly unknown[], hash: string): boolean =>
  all.length <= maxToldApart &&
  Array.from({ length: 2 ** all.length - 1 }, (_, index) => index + 1).some(
    (choice) => hashShort(all.filter((_one, index) => Math.floor(choice / 2 ** index) % 2 === 1)) === hash,
  );
