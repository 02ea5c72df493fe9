import { TagUserCommand } from '@aws-sdk/client-iam';
import type { Action } from '../../core/action.ts';
import { retryUntilConsistent } from '../../aws/consistency.ts';
import type { UsersAndGroups, IamUser } from '../../aws/reads/iam.ts';
import { formatDay } from '../../lib/dates.ts';
import type { Attestation } from '../../core/attestation.ts';
import { findAdministrators } from './administrators.ts';

const formatAttestationTagKey = (stepId: string) => `aws-first-steps:${stepId}`;

const parseAttestationTag = ({ tags }: IamUser, stepId: string): Attestation | undefined => {
  const [, said, on] = /^(\S+) (\d{4}-\d{2}-\d{2})$/.exec(tags[formatAttestationTagKey(stepId)] ?? '') ?? [];
  const date = new Date(on ?? '');
  return said && !Number.isNaN(date.getTime()) ? { said, on: date } : undefined;
};

/**
 * The owner's newest word on a step as a tag says it (`activated 2026-11-23`), or nothing. Any administrator may carry
 * it: with a new one, the next word can go to somebody else.
 */
export const readAttestationTag = (everyone: UsersAndGroups, stepId: string): Attestation | undefined =>
  findAdministrators(everyone)
    .flatMap((user) => parseAttestationTag(user, stepId) ?? [])
    .toSorted((a, b) => b.on.getTime() - a.on.getTime())[0];

/**
 * The action that keeps what only the owner can know: in the progress file and, where there is an administrator, as a
 * tag on that user, since root and the administrator work from different machines (or CloudShell homes).
 */
export const keepAttestation = (stepId: string, said: string, keeper: string | undefined): Action =>
  createAttestationAction(stepId, said, keeper, 'note that you said so');

/** The action that takes it back: from then on the owner has said nothing that counts, wherever the word was kept. */
export const revokeAttestation = (stepId: string, keeper: string | undefined): Action =>
  createAttestationAction(stepId, 'taken-back', keeper, 'note that it no longer holds');

const createAttestationAction = (
  stepId: string,
  said: string,
  keeper: string | undefined,
  what: string,
): Action => {
  const input = (value: string) => ({
    UserName: keeper,
    Tags: [{ Key: formatAttestationTagKey(stepId), Value: value }],
  });
  return {
    why: keeper
      ? `${what}, with today's date, here and as a tag on the user ${keeper}`
      : `${what}, with today's date, in the progress file`,
    calls: keeper ? [{ operation: 'iam:TagUser', input: input(`${said} (today)`) }] : [],
    perform: async ({ aws, clock, attestations }) => {
      const word = { said, on: clock.now() };
      // The tag first: a run that is killed in between has then kept the word where everybody sees it.
      if (keeper) {
        const tag = new TagUserCommand(input(`${said} ${formatDay(word.on)}`));
        await retryUntilConsistent(clock, () => aws.iam.send(tag));
      }
      await attestations.keep(stepId, word);
    },
  };
};
