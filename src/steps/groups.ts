import { judgeMfaRequirement } from '../aws/policies/permissions.ts';
import { readIamRoom, readUsersAndGroups, type IamGroup, type IamUser } from '../aws/reads/iam.ts';
import { defineStep, type CheckContext, type Finding } from '../core/step.ts';
import { findAdministratorGroupNames, findAttestationHolder } from './shared/administrators.ts';
import { listDocuments } from './shared/iam-permissions.ts';
import { describeQuarantine, findQuarantinePolicy } from './shared/quarantine.ts';
import { formatNameList } from './shared/name-list.ts';
import {
  parseChosenTeams,
  groupQuestions,
  hasRoomForTeams,
  onlyMeAnswer,
  type GroupQuestionFacts,
} from './groups/questions.ts';
import { hasOwnPolicies, planMoveToGroup, sortByRoom, type MoveObstacle } from './groups/move-to-group.ts';
import { groupsHelp } from './groups/help.ts';
import {
  keepAttestation,
  revokeAttestation,
  findAttestation,
  describeFutureWord,
  type FoundAttestation,
} from './shared/attestation-tags.ts';
import { moreGroupsRemedy } from './groups/room.ts';
import { planTeamGroup } from './groups/team-actions.ts';
import { judgeTeam } from './groups/work.ts';
import { formatDay } from '../lib/dates.ts';

const groupsStepId = 'groups';

type GroupsFacts = GroupQuestionFacts &
  FoundAttestation & {
    /** Groups of which it cannot be told whether they let anybody work. */
    unclearGroups: readonly IamGroup[];
    /** Users whom AWS has locked down after a leak. */
    quarantinedUsers: readonly IamUser[];
    obstacles: readonly MoveObstacle[];
  };

const collectGroupsFacts = async (context: CheckContext): Promise<GroupsFacts> => {
  const everyone = await readUsersAndGroups(context.aws);
  const admins = new Set(findAdministratorGroupNames(everyone));
  const others = everyone.groups.filter((group) => !admins.has(group.name));
  const judged = others.map((group) => ({ group, works: judgeTeam(everyone, group) }));
  const teamGroups = judged.filter(({ works }) => works === 'yes').map(({ group }) => group);
  const usersWithOwnPolicies = everyone.users.filter(
    (user) => hasOwnPolicies(user) && !findQuarantinePolicy(user),
  );
  // Only whoever is to get another group needs room for it.
  const isGroupNeeded = teamGroups.length === 0 || usersWithOwnPolicies.length > 0;
  const room = isGroupNeeded ? (await readIamRoom(context.aws)).groups : Infinity;
  const { movable, newGroupCount, obstacles } = sortByRoom(usersWithOwnPolicies, everyone, room);
  return {
    ...everyone,
    teamGroups,
    unclearGroups: judged.filter(({ works }) => works === 'unknown').map(({ group }) => group),
    usersWithOwnPolicies,
    movableUsers: movable,
    roomForTeams: room - newGroupCount,
    obstacles,
    quarantinedUsers: everyone.users.filter((user) => findQuarantinePolicy(user) !== undefined),
    attestationHolder: findAttestationHolder(everyone)?.name,
    ...findAttestation(everyone, context, groupsStepId),
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

const findGroupsProblems = (facts: GroupsFacts): readonly GroupsProblem[] => {
  const names = formatNameList(facts.usersWithOwnPolicies.map((user) => user.name));
  return [
    ...facts.quarantinedUsers.map((user) => describeQuarantine(user.name, findQuarantinePolicy(user) ?? '')),
    ...(facts.usersWithOwnPolicies.length > 0
      ? [
          {
            description: `permissions of their own, not through a group: ${names}`,
            remedy:
              facts.movableUsers.length > 0
                ? 'Run the setup: it moves their policies to groups, with your consent.'
                : '',
          },
        ]
      : []),
    ...facts.obstacles,
  ];
};

/** Nobody but administrators works here, as far as groups tell. */
const describeMissingTeams = (facts: GroupsFacts): GroupsProblem => {
  const unclear = facts.unclearGroups.map(({ name }) => name);
  const what =
    unclear.length > 0
      ? `not known whether a group lets anybody work: ${formatNameList(unclear)}`
      : 'nobody but administrators has a group that lets them work';
  const noRoom = hasRoomForTeams(facts)
    ? ''
    : ', and IAM has no room for the groups of teams in this account';
  return {
    description: `${what}${noRoom}${describeFutureWord(facts)}`,
    remedy: hasRoomForTeams(facts)
      ? 'Run the setup: choose teams, or say that there is only you for now.'
      : `${moreGroupsRemedy} Or run the setup, and say that there is only you for now.`,
  };
};

const capitalize = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

const judgeGroups = (facts: GroupsFacts): Finding<GroupsFacts> => {
  const { attestation } = facts;
  const isOnlyMe = attestation?.said === onlyMeAnswer;
  const hasTeams = facts.teamGroups.length > 0;
  const problems = [
    ...findGroupsProblems(facts),
    ...(hasTeams || isOnlyMe ? [] : [describeMissingTeams(facts)]),
  ];
  if (problems.length > 0) {
    return {
      status: 'unmet',
      summary: capitalize(problems.map(({ description }) => description).join('; ')),
      facts,
      remedy: problems.flatMap(({ remedy }) => remedy || []).join(' '),
    };
  }
  if (attestation && isOnlyMe && !hasTeams)
    return {
      status: 'attested',
      summary: `Only you for now, on your word of ${formatDay(attestation.on)}`,
      facts,
    };
  return {
    status: 'met',
    summary: formatNameList(facts.teamGroups.map((group) => describeGroup(facts, group))),
    facts,
  };
};

/** Permissions are granted only through groups (CIS AWS Foundations Benchmark 7.0, 2.13). */
export const groupsStep = defineStep({
  id: groupsStepId,
  title: 'Groups',
  why: [
    'Give people only what their work needs: a mistake or a stolen password then does less harm.',
    'Permissions belong to groups, so nobody keeps what an old task needed.',
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
    project: 'In a project people do not sign in as IAM users, so there is nobody to put into groups',
  },
  minutes: 1,
  help: groupsHelp,
  readPermissions: ['iam:GetAccountAuthorizationDetails', 'iam:GetAccountSummary'],
  check: async (context: CheckContext): Promise<Finding<GroupsFacts>> =>
    judgeGroups(await collectGroupsFacts(context)),
  questions: groupQuestions,
  plan: (facts, answers) => [
    ...(answers.move ? facts.movableUsers.flatMap((user) => planMoveToGroup(user, facts)) : []),
    ...(answers.scope === onlyMeAnswer && facts.attestation?.said !== onlyMeAnswer
      ? [keepAttestation(groupsStepId, onlyMeAnswer, facts.attestationHolder)]
      : []),
    ...parseChosenTeams(answers).flatMap((team) =>
      planTeamGroup(facts, team, answers['require-mfa'] ?? false),
    ),
  ],
  revoke: ({ attestationHolder }) => [revokeAttestation(groupsStepId, attestationHolder)],
});
