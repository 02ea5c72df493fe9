import { judgeMfaRequirement, judgeWork } from '../aws/policies/permissions.ts';
import { readUsersAndGroups, type IamGroup, type IamUser, type UsersAndGroups } from '../aws/reads/iam.ts';
import { defineStep, type CheckContext, type Finding } from '../core/step.ts';
import {
  findAdministratorGroupNames,
  findAttestationHolder,
  maxGroupsPerUser,
} from './shared/administrators.ts';
import { listDocuments } from './shared/iam-permissions.ts';
import { findQuarantinePolicy } from './shared/quarantine.ts';
import { formatNameList } from './shared/name-list.ts';
import {
  parseChosenTeams,
  groupQuestions,
  onlyMeAnswer,
  type GroupQuestionFacts,
} from './groups/questions.ts';
import { canMoveToGroup, hasOwnPolicies, planMoveToGroup } from './groups/move-to-group.ts';
import {
  keepAttestation,
  revokeAttestation,
  findAttestation,
  describeFutureWord,
  type FoundAttestation,
} from './shared/attestation-tags.ts';
import { planTeamGroup } from './groups/team-actions.ts';
import { formatDay } from '../lib/dates.ts';

const groupsStepId = 'groups';

type GroupsFacts = GroupQuestionFacts &
  FoundAttestation & {
    /** Groups of which it cannot be told whether they let anybody work. */
    unclearGroups: readonly IamGroup[];
    /** Users whom AWS has locked down after a leak. */
    quarantinedUsers: readonly IamUser[];
  };

const collectGroupsFacts = (everyone: UsersAndGroups, found: FoundAttestation): GroupsFacts => {
  const admins = new Set(findAdministratorGroupNames(everyone));
  const others = everyone.groups.filter((group) => !admins.has(group.name));
  const judged = others.map((group) => ({ group, works: judgeWork(listDocuments(everyone, group)) }));
  return {
    ...everyone,
    teamGroups: judged.filter(({ works }) => works === 'yes').map(({ group }) => group),
    unclearGroups: judged.filter(({ works }) => works === 'unknown').map(({ group }) => group),
    usersWithOwnPolicies: everyone.users.filter(
      (user) => hasOwnPolicies(user) && !findQuarantinePolicy(user),
    ),
    quarantinedUsers: everyone.users.filter((user) => findQuarantinePolicy(user) !== undefined),
    attestationHolder: findAttestationHolder(everyone)?.name,
    ...found,
  };
};

const mfaWords: Readonly<Record<ReturnType<typeof judgeMfaRequirement>, string>> = {
  yes: ' (MFA)',
  'console only': ' (MFA in the console, not with access keys)',
  no: '',
  unknown: '',
};

const describeGroup = (facts: GroupsFacts, group: IamGroup): string =>
  `${group.name}${mfaWords[judgeMfaRequirement(listDocuments(facts, group))]}`;

/** What is wrong, most urgent first, and what to do about it. */
type GroupsProblem = { description: string; remedy: string };

const describeQuarantine = (user: IamUser): GroupsProblem => {
  const policy = findQuarantinePolicy(user) ?? '';
  return {
    description: `AWS found an access key of ${user.name} in public and locked the user down (${policy})`,
    remedy: `Now: delete the access keys of ${user.name} (IAM console, Users, ${user.name}, Security credentials), look through the event history of CloudTrail in every Region for what was done with them, and only then take ${policy} away. AWS has written to the account's email address about it.`,
  };
};

const findGroupsProblems = (facts: GroupsFacts): readonly GroupsProblem[] => {
  const withoutRoom = facts.usersWithOwnPolicies.filter((user) => !canMoveToGroup(user, facts));
  const names = formatNameList(facts.usersWithOwnPolicies.map((user) => user.name));
  return [
    ...facts.quarantinedUsers.map(describeQuarantine),
    ...(facts.usersWithOwnPolicies.length > 0
      ? [
          {
            description: `Permissions of their own, not through a group: ${names}`,
            remedy:
              withoutRoom.length < facts.usersWithOwnPolicies.length
                ? 'Run the setup: it moves their policies to groups, with your consent.'
                : '',
          },
        ]
      : []),
    ...withoutRoom.map(({ name }) => ({
      description: `${name} is in ${maxGroupsPerUser} groups, the most that IAM allows`,
      remedy: `Take ${name} out of a group first: there is no room for one more.`,
    })),
  ];
};

const judgeGroups = (facts: GroupsFacts): Finding<GroupsFacts> => {
  const { attestation } = facts;
  const problems = findGroupsProblems(facts);
  if (problems.length > 0) {
    return {
      status: 'unmet',
      summary: problems.map(({ description }) => description).join('; '),
      facts,
      remedy: problems.flatMap(({ remedy }) => remedy || []).join(' '),
    };
  }
  if (facts.teamGroups.length > 0)
    return {
      status: 'met',
      summary: formatNameList(facts.teamGroups.map((group) => describeGroup(facts, group))),
      facts,
    };
  if (attestation?.said === onlyMeAnswer) {
    return {
      status: 'attested',
      summary: `Only you for now, on your word of ${formatDay(attestation.on)}`,
      facts,
    };
  }
  const remedy = 'Run the setup: choose the teams, or say that there is only you for now.';
  const unclear = facts.unclearGroups.map(({ name }) => name);
  const summary =
    unclear.length > 0
      ? `Not known whether a group lets anybody work: ${formatNameList(unclear)}`
      : 'Nobody but administrators has a group that lets them work';
  return { status: 'unmet', summary: `${summary}${describeFutureWord(facts)}`, facts, remedy };
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
  controlRules: [
    {
      controls: {
        cis5: ['1.14'],
        cis7: ['2.13'],
        securityHub: ['IAM.2'],
        prowler: ['iam_policy_attached_only_to_group_or_roles'],
      },
      // The standards count what AWS itself has put on a user after a leak, too.
      holds: ({ users }) => !users.some(hasOwnPolicies),
    },
  ],
  unavailableIn: {
    project: 'In a project people do not sign in as IAM users, so that there is nobody to put into groups',
  },
  readPermissions: ['iam:GetAccountAuthorizationDetails'],
  check: async (context: CheckContext): Promise<Finding<GroupsFacts>> => {
    const everyone = await readUsersAndGroups(context.aws);
    return judgeGroups(collectGroupsFacts(everyone, findAttestation(everyone, context, groupsStepId)));
  },
  questions: groupQuestions,
  plan: (facts, answers) => [
    ...(answers.move
      ? facts.usersWithOwnPolicies
          .filter((user) => canMoveToGroup(user, facts))
          .flatMap((user) => planMoveToGroup(user, facts))
      : []),
    ...(answers.scope === onlyMeAnswer && facts.attestation?.said !== onlyMeAnswer
      ? [keepAttestation(groupsStepId, onlyMeAnswer, facts.attestationHolder)]
      : []),
    ...parseChosenTeams(answers).flatMap((team) =>
      planTeamGroup(facts, team, answers['require-mfa'] ?? false),
    ),
  ],
  revoke: ({ attestationHolder }) => [revokeAttestation(groupsStepId, attestationHolder)],
});
