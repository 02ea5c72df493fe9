import { readUsersAndGroups, type IamGroup, type UsersAndGroups } from '../aws/reads/iam.ts';
import { defineStep, type CheckContext, type Finding } from '../core/step.ts';
import type { Attestation } from '../core/attestation.ts';
import { findAdministratorGroupNames, findAttestationHolder } from './shared/administrators.ts';
import { formatNameList } from './shared/name-list.ts';
import {
  parseChosenTeams,
  groupQuestions,
  onlyMeAnswer,
  type GroupQuestionFacts,
} from './groups/questions.ts';
import { hasOwnPolicies, planMoveToGroup } from './groups/move-to-group.ts';
import { keepAttestation, revokeAttestation, readAttestationTag } from './shared/attestation-tags.ts';
import { requireMfaPolicyName } from './groups/require-mfa.ts';
import { planTeamGroup } from './groups/team-actions.ts';
import { baseTeamPolicies } from './groups/teams.ts';
import { formatDay } from '../lib/dates.ts';

const groupsStepId = 'groups';

type GroupsFacts = GroupQuestionFacts & { attestation: Attestation | undefined };

/** Whether a group grants more than the permissions that every team gets. */
const hasTeamPermissions = ({ attached, inline }: IamGroup): boolean =>
  attached.some(({ arn }) => !baseTeamPolicies.includes(arn)) ||
  inline.some(({ name }) => name !== requireMfaPolicyName);

const collectGroupsFacts = (everyone: UsersAndGroups, attestation: Attestation | undefined): GroupsFacts => {
  const admins = new Set(findAdministratorGroupNames(everyone.groups));
  return {
    ...everyone,
    teamGroups: everyone.groups.filter((group) => !admins.has(group.name) && hasTeamPermissions(group)),
    usersWithOwnPolicies: everyone.users.filter(hasOwnPolicies),
    attestationHolder: findAttestationHolder(everyone)?.name,
    attestation,
  };
};

const describeGroup = (group: IamGroup): string => {
  const mfa = group.inline.some((policy) => policy.name === requireMfaPolicyName) ? ' (MFA)' : '';
  return `${group.name}${mfa}`;
};

const judgeGroups = (facts: GroupsFacts): Finding<GroupsFacts> => {
  const { attestation } = facts;
  if (facts.usersWithOwnPolicies.length > 0) {
    const names = formatNameList(facts.usersWithOwnPolicies.map((user) => user.name));
    const remedy = 'Run the setup: it moves their policies to groups, with your consent.';
    return {
      status: 'unmet',
      summary: `Permissions of their own, not through a group: ${names}`,
      facts,
      remedy,
    };
  }
  if (facts.teamGroups.length > 0)
    return { status: 'met', summary: formatNameList(facts.teamGroups.map(describeGroup)), facts };
  if (attestation?.said === onlyMeAnswer) {
    return {
      status: 'attested',
      summary: `Only you for now, on your word of ${formatDay(attestation.on)}`,
      facts,
    };
  }
  const remedy = 'Run the setup: choose the teams, or say that there is only you for now.';
  return { status: 'unmet', summary: 'Nobody but administrators has a group', facts, remedy };
};

/** Permissions are granted only through groups (CIS AWS Foundations Benchmark 7.0, 2.13). */
export const groupsStep = defineStep({
  id: groupsStepId,
  title: 'Groups',
  why: [
    'People who may do only what their work needs can do only that much harm, by mistake or when their password is stolen.',
    'Permissions belong to groups, not to users: then nobody keeps what an old task needed, and a new colleague is ready in one step.',
  ],
  category: 'people',
  performedBy: 'administrator',
  cost: 'free',
  controls: {
    // The control against policies that allow everything (CIS 5.0 1.15, CIS 7.0 2.14) is missing here: the
    // administrators' group has such a policy.
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
  check: async ({ aws, attestations }: CheckContext): Promise<Finding<GroupsFacts>> => {
    const everyone = await readUsersAndGroups(aws);
    return judgeGroups(
      collectGroupsFacts(
        everyone,
        readAttestationTag(everyone, groupsStepId) ?? attestations.of(groupsStepId),
      ),
    );
  },
  questions: groupQuestions,
  plan: (facts, answers) => [
    ...(answers.move ? facts.usersWithOwnPolicies.flatMap((user) => planMoveToGroup(user, facts)) : []),
    ...(answers.scope === onlyMeAnswer && facts.attestation?.said !== onlyMeAnswer
      ? [keepAttestation(groupsStepId, onlyMeAnswer, facts.attestationHolder)]
      : []),
    ...parseChosenTeams(answers).flatMap((team) =>
      planTeamGroup(facts, team, answers['require-mfa'] ?? false),
    ),
  ],
  revoke: ({ attestationHolder }) => [revokeAttestation(groupsStepId, attestationHolder)],
});
