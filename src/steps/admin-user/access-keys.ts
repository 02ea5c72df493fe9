import { createHash } from 'node:crypto';
import { UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { call, type Action } from '../../core/action.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import type { AdministratorCandidate } from '../shared/administrators.ts';
import { formatNameList } from '../shared/name-list.ts';
import { keepAttestation } from '../shared/attestation-tags.ts';
import type { AdminUserFacts } from './make-administrator.ts';

export const adminUserStepId = 'admin-user';

/** Why an administrator's access keys stay, as the owner says. */
const keepReasons = ['person', 'program'] as const;

/** Administrators who have access keys. */
export const findKeyKeepers = ({
  candidates,
}: Pick<AdminUserFacts, 'candidates'>): readonly AdministratorCandidate[] =>
  candidates.filter((one) => one.isAdministrator !== 'no' && one.accessKeys.length > 0);

/** Changes with every key, so that the owner's word does not count for a new one. */
const digestKeys = (facts: Pick<AdminUserFacts, 'candidates'>): string =>
  createHash('sha256')
    .update(
      findKeyKeepers(facts)
        .flatMap(({ accessKeys }) => accessKeys)
        .toSorted()
        .join(' '),
    )
    .digest('hex')
    .slice(0, 12);

/** Whether the owner has said that the keys that are there now stay. */
export const isKeepingKeys = (facts: Pick<AdminUserFacts, 'candidates' | 'attestation'>): boolean =>
  keepReasons.some((reason) => facts.attestation?.said === `keys-${reason}-${digestKeys(facts)}`);

/** Keys that can be turned off: all but the one that signs this program's own calls. */
const listOtherKeys = (facts: AdminUserFacts): readonly { user: string; key: string }[] =>
  findKeyKeepers(facts).flatMap(({ name, accessKeys }) =>
    accessKeys.filter((key) => key !== facts.ownAccessKeyId).map((key) => ({ user: name, key })),
  );

export type AccessKeysAnswer = 'later' | 'turn-off' | `keep-${(typeof keepReasons)[number]}`;

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
              hint: 'programs that use them stop working',
            },
          ]
        : []),
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
  return reason && !isKeepingKeys(facts)
    ? [keepAttestation(adminUserStepId, `keys-${reason}-${digestKeys(facts)}`, facts.attestationHolder)]
    : [];
};
