import { TagUserCommand } from '@aws-sdk/client-iam';
import type { Action } from '../../core/action.ts';
import { retryUntilConsistent } from '../../aws/consistency.ts';
import type { UsersAndGroups, IamUser } from '../../aws/reads/iam.ts';
import { formatDay } from '../../lib/dates.ts';
import type { Attestation } from '../../core/attestation.ts';
import type { CheckContext } from '../../core/step.ts';
import { findAdministrators } from './administrators.ts';

/** What is stored in place of an attestation that the owner has taken back. */
const takenBack = 'taken-back';

const formatAttestationTagKey = (stepId: string) => `aws-first-steps:${stepId}`;

/** A day that the calendar does not have would become another one: `2026-02-31`. */
const parseDay = (day: string): Date | undefined => {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && formatDay(date) === day ? date : undefined;
};

const parseAttestationTag = ({ tags }: IamUser, stepId: string): Attestation | undefined => {
  const [, said, day = ''] =
    /^(\S+) (\d{4}-\d{2}-\d{2})$/.exec(tags[formatAttestationTagKey(stepId)] ?? '') ?? [];
  const on = parseDay(day);
  return said && on ? { said, on } : undefined;
};

/**
 * The attestations of a step that tags hold (`activated 2026-11-23`). Any administrator may carry one: once another one
 * exists, the next attestation can be stored on that user.
 */
const readAttestationTags = (everyone: UsersAndGroups, stepId: string): readonly Attestation[] =>
  findAdministrators(everyone).flatMap((user) => parseAttestationTag(user, stepId) ?? []);

/**
 * What the owner has said of a step, or why it cannot count. A date that is to come is a wrong clock or a tag that somebody
 * wrote by hand, so nothing rests on it; that something was taken back holds in any case.
 */
export type FoundAttestation = { attestation: Attestation | undefined; fromFuture: Attestation | undefined };

/**
 * The newest attestation of a step that may count. Tags are known on every machine, so of the same day they count before the
 * progress file.
 */
export const findAttestation = (
  everyone: UsersAndGroups,
  { attestations, now }: Pick<CheckContext, 'attestations' | 'now'>,
  stepId: string,
): FoundAttestation => {
  const kept = attestations.of(stepId);
  // The sort is stable: of the same day, tags come before the file, and whatever claims less before what claims more.
  const tags = readAttestationTags(everyone, stepId).toSorted(
    (a, b) => Number(b.said === takenBack) - Number(a.said === takenBack),
  );
  const all = [...tags, ...(kept ? [kept] : [])].toSorted((a, b) =>
    formatDay(b.on).localeCompare(formatDay(a.on)),
  );
  const isFromFuture = ({ said, on }: Attestation) => said !== takenBack && formatDay(on) > formatDay(now);
  return {
    attestation: all.find((one) => !isFromFuture(one)),
    fromFuture: all.find(isFromFuture),
  };
};

/** What to add to a sentence that says that something was not said. */
export const describeFutureWord = ({ fromFuture }: Pick<FoundAttestation, 'fromFuture'>): string =>
  fromFuture ? `; your word of ${formatDay(fromFuture.on)} does not count, since that day is to come` : '';

/**
 * An action that stores what only the owner can know: in the progress file and, if there is an administrator, as a tag
 * on that user. Root and the administrator work on different machines (or in different CloudShell homes).
 */
export const keepAttestation = (stepId: string, said: string, holder: string | undefined): Action =>
  createAttestationAction(stepId, said, holder, 'note your word of today');

/** An action that revokes the attestation. From then on no earlier one counts, wherever it is stored. */
export const revokeAttestation = (stepId: string, holder: string | undefined): Action =>
  createAttestationAction(stepId, takenBack, holder, 'note today that it no longer holds');

const createAttestationAction = (
  stepId: string,
  said: string,
  holder: string | undefined,
  what: string,
): Action => {
  const input = (value: string) => ({
    UserName: holder,
    Tags: [{ Key: formatAttestationTagKey(stepId), Value: value }],
  });
  return {
    why: holder ? `${what}, here and as a tag on the user ${holder}` : `${what}, in the progress file`,
    calls: holder ? [{ operation: 'iam:TagUser', input: input(`${said} (today)`) }] : [],
    perform: async ({ aws, clock, attestations }) => {
      const attestation = { said, on: clock.now() };
      // The tag comes first: if the run is killed in between, the attestation is stored where every machine sees it.
      if (holder) {
        const tag = new TagUserCommand(input(`${said} ${formatDay(attestation.on)}`));
        await retryUntilConsistent(clock, () => aws.iam.send(tag));
      }
      await attestations.keep(stepId, attestation);
    },
  };
};
