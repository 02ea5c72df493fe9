import { createHash } from 'node:crypto';
import { UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { call, type Action } from '../../core/action.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import { isPowerful, type AdministratorCandidate } from '../shared/administrators.ts';
import { formatNameList } from '../shared/name-list.ts';
import { keepAttestation } from '../shared/attestation-tags.ts';
import type { AdminUserFacts } from './make-administrator.ts';

export const adminUserStepId = 'admin-user';

/** Why an administrator's access keys stay, as the owner says. */
const keepReasons = ['person', 'program'] as const;

type KeepReason = (typeof keepReasons)[number];

/** Administrators who have access keys. */
export const findKeyKeepers = ({
  candidates,
}: Pick<AdminUserFacts, 'candidates'>): readonly AdministratorCandidate[] =>
  candidates.filter((one) => isPowerful(one) && one.accessKeys.length > 0);

/** Short enough for a tag, which holds 256 characters, and long enough to tell keys apart. */
const digestKey = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

/** More keys do not fit into a tag. */
const maxKeysKept = 20;

const listKeys = (facts: Pick<AdminUserFacts, 'candidates'>): readonly string[] =>
  findKeyKeepers(facts)
    .flatMap(({ accessKeys }) => accessKeys)
    .toSorted();

const formatKept = (reason: KeepReason, facts: Pick<AdminUserFacts, 'candidates'>): string =>
  `keys-${reason}-${listKeys(facts).map(digestKey).join('.')}`;

/** What the owner has said of the keys that are there now, or nothing: a word does not count for a key made since. */
export const findKeptKeys = ({
  attestation,
  ...facts
}: Pick<AdminUserFacts, 'candidates' | 'attestation'>): { reason: KeepReason; on: Date } | undefined => {
  const [, said, digests = ''] = /^keys-([a-z]+)-([0-9a-f.]+)$/.exec(attestation?.said ?? '') ?? [];
  const reason = keepReasons.find((one) => one === said);
  const keys = listKeys(facts);
  const kept = new Set(digests.split('.'));
  return attestation && reason && keys.length > 0 && keys.every((key) => kept.has(digestKey(key)))
    ? { reason, on: attestation.on }
    : undefined;
};

/** Keys that can be turned off: all but the one that signs this program's own calls. */
const listOtherKeys = (facts: AdminUserFacts): readonly { user: string; key: string }[] =>
  findKeyKeepers(facts).flatMap(({ name, accessKeys }) =>
    accessKeys.filter((key) => key !== facts.ownAccessKeyId).map((key) => ({ user: name, key })),
  );

const hasOwnKey = (facts: AdminUserFacts): boolean => listKeys(facts).includes(facts.ownAccessKeyId);

export type AccessKeysAnswer = 'later' | 'turn-off' | `keep-${KeepReason}`;

/** What becomes of the access keys of administrators. */
export const createAccessKeysQuestion = (facts: AdminUserFacts): ChoiceQuestion<AccessKeysAnswer> => {
  const keepers = formatNameList(findKeyKeepers(facts).map(({ name }) => name));
  return {
    kind: 'choice',
    message: `What about the access keys of ${keepers}?`,
    help: 'Whoever has such a key can do everything, without MFA. A key that is turned off can be turned on again.',
    options: [
      { value: 'later', label: 'Leave it for later', hint: 'the step stays open' },
      ...(listOtherKeys(facts).length > 0
        ? [
            {
              value: 'turn-off' as const,
              label: 'Turn them off',
              hint: hasOwnKey(facts)
                ? 'programs that use them stop working; the one that this program runs on stays'
                : 'programs that use them stop working',
            },
          ]
        : []),
      ...(listKeys(facts).length <= maxKeysKept
        ? ([
            {
              value: 'keep-program',
              label: 'Keep them: a program needs them',
              hint: 'your word is kept, with its date',
            },
            {
              value: 'keep-person',
              label: 'Keep them: a person works with them',
              hint: 'your word is kept, with its date',
            },
          ] as const)
        : []),
    ],
    default: 'later',
  };
};

/** Turns the keys off, or keeps the owner's word. The word is about the keys that are there now, and no others. */
export const planAccessKeys = (
  facts: AdminUserFacts,
  answer: AccessKeysAnswer | undefined,
): readonly Action[] => {
  if (answer === 'turn-off')
    return listOtherKeys(facts).map(({ user, key }) =>
      call(
        'iam',
        new UpdateAccessKeyCommand({ UserName: user, AccessKeyId: key, Status: 'Inactive' }),
        `turn off the access key ${key} of ${user}`,
      ),
    );
  const reason = keepReasons.find((one) => answer === `keep-${one}`);
  return reason && !findKeptKeys(facts)
    ? [keepAttestation(adminUserStepId, formatKept(reason, facts), facts.attestationHolder)]
    : [];
};
