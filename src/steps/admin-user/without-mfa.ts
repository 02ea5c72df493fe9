import { DeleteLoginProfileCommand, RemoveUserFromGroupCommand } from '@aws-sdk/client-iam';
import { call, type Action } from '../../core/action.ts';
import type { ChoiceQuestion, Condition, MultiChoiceQuestion } from '../../core/question.ts';
import type { AdministratorCandidate } from '../shared/administrators.ts';
import { formatNameList } from '../shared/name-list.ts';
import { findUnprotected } from './finding.ts';
import { planPhone, type AdminUserFacts } from './make-administrator.ts';

type WithoutMfaAnswer = 'later' | 'enrol' | 'remove-password' | 'take-out';

/** Whoever runs this program keeps their own password and permissions. */
const listOthers = (facts: AdminUserFacts): readonly AdministratorCandidate[] =>
  findUnprotected(facts).filter((one) => one.name !== facts.callerName);

/** Whether leaving the groups of administrators is enough: nothing else makes them administrators. */
const canTakeOut = (one: AdministratorCandidate): boolean =>
  one.administratorGroups.length > 0 && one.isOnlyAdministratorByGroup;

/** What becomes of administrators who sign in with a password alone. */
export const createWithoutMfaQuestion = (
  facts: AdminUserFacts,
): ChoiceQuestion<WithoutMfaAnswer> & Condition => {
  const others = listOthers(facts);
  const names = formatNameList(findUnprotected(facts).map(({ name }) => name));
  return {
    kind: 'choice',
    message: `What about ${names}, with a password and no MFA?`,
    help: 'Whoever learns such a password can do everything in the account.',
    options: [
      {
        value: 'later',
        label: 'Ask them to set up MFA themselves',
        hint: 'the step stays open until they have',
      },
      { value: 'enrol', label: 'Enroll their phones now', hint: 'with their phone in front of this screen' },
      ...(others.length > 0
        ? [
            {
              value: 'remove-password' as const,
              label: 'Remove their passwords',
              hint: 'they cannot sign in to the console until they get a new one',
            },
          ]
        : []),
      ...(others.some(canTakeOut)
        ? [
            {
              value: 'take-out' as const,
              label: 'Take them out of the group of administrators',
              hint: 'they keep their password and their other permissions',
            },
          ]
        : []),
    ],
    default: 'later',
    // Whoever becomes the daily administrator gets MFA anyway.
    when: ({ who }) => findUnprotected(facts).some((one) => one.name !== who),
  };
};

/** Of whom that is meant, if there are several: not everybody has their phone here. */
export const createWhomQuestion = (facts: AdminUserFacts): MultiChoiceQuestion & Condition => {
  const names = findUnprotected(facts).map(({ name }) => name);
  return {
    kind: 'choices',
    message: 'Which of them?',
    options: names.map((value) => ({ value, label: value })),
    default: names,
    when: (soFar) => soFar['without-mfa'] !== undefined && soFar['without-mfa'] !== 'later',
  };
};

const planTakingOut = (one: AdministratorCandidate): readonly Action[] =>
  one.administratorGroups.map((GroupName) =>
    call(
      'iam',
      new RemoveUserFromGroupCommand({ GroupName, UserName: one.name }),
      `take ${one.name} out of ${GroupName}`,
    ),
  );

/** Protects the administrators without MFA, or takes from them what makes them dangerous. */
export const planUnprotected = (
  facts: AdminUserFacts,
  answers: {
    who: string | undefined;
    'without-mfa': WithoutMfaAnswer | undefined;
    'without-mfa-of': readonly string[] | undefined;
  },
): readonly Action[] => {
  const chosen = answers['without-mfa-of'];
  const isOther = ({ name }: AdministratorCandidate) =>
    name !== answers.who && (chosen === undefined || chosen.includes(name));
  switch (answers['without-mfa']) {
    case 'enrol':
      return findUnprotected(facts)
        .filter(isOther)
        .map(({ name }) => planPhone(facts, name));
    case 'remove-password':
      return listOthers(facts)
        .filter(isOther)
        .map(({ name }) =>
          call(
            'iam',
            new DeleteLoginProfileCommand({ UserName: name }),
            `remove the console password of ${name}`,
          ),
        );
    case 'take-out':
      return listOthers(facts).filter(isOther).filter(canTakeOut).flatMap(planTakingOut);
    case 'later':
    case undefined:
      return [];
  }
};
