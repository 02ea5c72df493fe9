import { readUsersAndGroups, type IamGroup, type UsersAndGroups, type IamUser } from '../aws/reads/iam.ts';
import { defineStep, type Finding } from '../core/step.ts';
import type { Attestation } from '../core/attestation.ts';
import { administratorGroups, keeperOfWords } from './shared/administrators.ts';
import { chosenTeams, groupQuestionNames, groupQuestions, listed, onlyMe } from './groups/questions.ts';
import { hasOwnPolicies, moveToGroup } from './groups/move-to-group.ts';
import { keepWord, takeBackWord, wordFromTags } from './shared/attestation-tags.ts';
import { requireMfaName } from './groups/require-mfa.ts';
import { teamActions } from './groups/team-actions.ts';
import { forEverybody } from './groups/teams.ts';

const id = 'groups';

type Facts = UsersAndGroups & {
  /** Groups that give permissions and do not make administrators. */
  teamGroups: readonly IamGroup[];
  /** Users whose permissions are their own, not a group's. */
  direct: readonly IamUser[];
  keeper: string | undefined;
  word: Attestation | undefined;
};

/** Whether a group allows more than what every team of ours gets. */
const givesPermissions = ({ attached, inline }: IamGroup): boolean =>
  attached.some(({ arn }) => !forEverybody.includes(arn)) ||
  inline.some(({ name }) => name !== requireMfaName);

const factsOf = (everyone: UsersAndGroups, word: Attestation | undefined): Facts => {
  const admins = new Set(administratorGroups(everyone.groups));
  return {
    ...everyone,
    teamGroups: everyone.groups.filter((group) => !admins.has(group.name) && givesPermissions(group)),
    direct: everyone.users.filter(hasOwnPolicies),
    keeper: keeperOfWords(everyone)?.name,
    word,
  };
};

const described = (group: IamGroup): string => {
  const mfa = group.inline.some((policy) => policy.name === requireMfaName) ? ' (MFA)' : '';
  return `${group.name}${mfa}`;
};

const finding = (facts: Facts): Finding<Facts> => {
  const { word } = facts;
  if (facts.direct.length > 0) {
    const names = listed(facts.direct.map((user) => user.name));
    const remedy = 'Run the setup: it moves their policies to groups, with your consent.';
    return {
      status: 'unmet',
      summary: `Permissions of their own, not through a group: ${names}`,
      facts,
      remedy,
    };
  }
  if (facts.teamGroups.length > 0)
    return { status: 'met', summary: listed(facts.teamGroups.map(described)), facts };
  if (word?.said === onlyMe) {
    return {
      status: 'attested',
      summary: `Only you for now, on your word of ${word.on.toISOString().slice(0, 10)}`,
      facts,
    };
  }
  const remedy = 'Run the setup: choose the teams, or say that there is only you for now.';
  return { status: 'unmet', summary: 'Nobody but administrators has a group', facts, remedy };
};

/** Permissions only through groups (CIS AWS Foundations Benchmark 7.0, 2.13). */
export const groups = defineStep({
  id,
  title: 'Groups',
  why: [
    'People who may do only what their work needs can do only that much harm, by mistake or when their password is stolen.',
    'Permissions belong to groups, not to users: then nobody keeps what an old task needed, and a new colleague is ready in one step.',
  ],
  category: 'people',
  performedBy: 'administrator',
  cost: 'free',
  controls: {
    // No policy that allows everything (CIS 5.0 1.15, CIS 7.0 2.14) is not here: the administrators' group has one.
    cis5: ['1.14'],
    cis7: ['2.13'],
    ssb: ['ACCT.04'],
    securityHub: ['IAM.2'],
    prowler: ['iam_policy_attached_only_to_group_or_roles'],
  },
  unavailableIn: {
    project: 'In a project people do not sign in as IAM users, so that there is nobody to put into groups',
  },
  readPermissions: ['iam:GetAccountAuthorizationDetails'],
  check: async (aws, words): Promise<Finding<Facts>> => {
    const everyone = await readUsersAndGroups(aws);
    return finding(factsOf(everyone, wordFromTags(everyone, id) ?? words.of(id)));
  },
  questionNames: groupQuestionNames,
  questions: (facts: Facts) => groupQuestions(facts),
  plan: (facts, answers) => [
    ...(answers['move'] === true ? facts.direct.flatMap((user) => moveToGroup(user, facts)) : []),
    ...(answers['scope'] === onlyMe && facts.word?.said !== onlyMe
      ? [keepWord(id, onlyMe, facts.keeper)]
      : []),
    ...chosenTeams(answers).flatMap((team) => teamActions(facts, team, answers['require-mfa'] === true)),
  ],
  revoke: ({ keeper }) => [takeBackWord(id, keeper)],
});
