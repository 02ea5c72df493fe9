import type { IamGroup, UsersAndGroups, IamUser } from '../../aws/reads/iam.ts';
import type {
  ChoiceQuestion,
  Condition,
  MultiChoiceQuestion,
  ConfirmQuestion,
  TextQuestion,
} from '../../core/question.ts';
import { askIf, type StepAnswers } from '../../core/step-questions.ts';
import { findAdministratorGroupNames } from '../shared/administrators.ts';
import { formatNameList } from '../shared/name-list.ts';
import { findSuccessorGroup } from './move-to-group.ts';
import { canBecomeTeam } from './team-fit.ts';
import { findPossibleMembers } from './work.ts';
import { teamPresets, type ChosenTeam, type Team, type TeamPreset } from './teams.ts';

/** The answer that nobody else uses the account yet. It is stored as an attestation. */
export const onlyMeAnswer = 'only-me';

type AnswersSoFar = Parameters<Condition['when']>[0];

/** All users and groups, and the users who have permissions of their own. */
export type GroupQuestionFacts = UsersAndGroups & {
  /** Those of `usersWithOwnPolicies` for whom IAM has room in a group. */
  movableUsers: readonly IamUser[];
  /** How many more groups the account can have once they are moved. */
  roomForTeams: number;
  /** Groups that grant permissions but not administrator access. */
  teamGroups: readonly IamGroup[];
  /** Users whose permissions are attached directly and not through a group. */
  usersWithOwnPolicies: readonly IamUser[];
  attestationHolder: string | undefined;
};

/** The first question: whether anyone else uses the account. */
const createScopeQuestion = (
  everyone: GroupQuestionFacts,
): ChoiceQuestion<'teams' | typeof onlyMeAnswer> => ({
  kind: 'choice',
  message: 'Who else will work in this account?',
  options: [
    { value: onlyMeAnswer, label: 'Only me for now', hint: 'when that changes: --only groups' },
    ...(hasRoomForTeams(everyone)
      ? [{ value: 'teams' as const, label: 'Others, in teams', hint: 'a group for each team' }]
      : []),
  ],
  ...(hasRoomForTeams(everyone) && { default: onlyMeAnswer }),
});

/** Every team that can be chosen, and one with a name of its own: nothing is begun that may not be ended. */
export const hasRoomForTeams = ({ roomForTeams }: GroupQuestionFacts): boolean =>
  roomForTeams > teamPresets.length;

const hasTeamsScope = (soFar: AnswersSoFar) => soFar['scope'] === 'teams';

/** Whether a team can have this name: a group that has it already may not be fit for a team. */
const canHaveTeam = (everyone: GroupQuestionFacts, team: TeamPreset): boolean => {
  const group = everyone.groups.find(({ name }) => name.toLowerCase() === team.value);
  return !group || canBecomeTeam(everyone, group, team);
};

const createTeamsQuestion = (everyone: GroupQuestionFacts): MultiChoiceQuestion<Team> & Condition => {
  const offered = teamPresets.filter((team) => canHaveTeam(everyone, team));
  return {
    kind: 'choices',
    message: 'Which teams?',
    options: offered.map(({ value, label, allows }) => ({ value, label, hint: allows })),
    default: offered.some(({ value }) => value === 'developers') ? ['developers'] : [],
    when: hasTeamsScope,
  };
};

const createOwnTeamQuestion = (everyone: GroupQuestionFacts): TextQuestion & Condition => ({
  kind: 'text',
  message: 'One more team, under a name of your own',
  help: 'Empty: no such team.',
  default: '',
  example: 'data-science',
  pattern: /^[A-Za-z0-9_+=,.@-]*$/,
  rule: 'Use only letters without accents, digits and _ + = , . @ -',
  max: 128,
  refused: [
    ...findAdministratorGroupNames(everyone).map((value) => ({
      value,
      because: `${value} is a group of administrators: its members may do everything.`,
    })),
    ...teamPresets.map(({ value }) => ({ value, because: `${value} is among the teams above.` })),
    ...everyone.groups
      .filter((group) => !teamPresets.every((team) => canBecomeTeam(everyone, group, team)))
      .map(({ name: value }) => ({
        value,
        because: `The group ${value} exists, and its policies don't fit a team.`,
      })),
  ],
  when: hasTeamsScope,
});

const hasOwnTeamName = (soFar: AnswersSoFar) => hasTeamsScope(soFar) && Boolean(soFar['own-team']);

const ownTeamLikeQuestion: ChoiceQuestion<Team> & Condition = {
  kind: 'choice',
  message: 'What may that team do?',
  options: teamPresets.map(({ value, label, allows }) => ({
    value,
    label: `The same as ${label}`,
    hint: allows,
  })),
  default: 'read-only',
  when: hasOwnTeamName,
};

const requireMfaQuestion: ConfirmQuestion & Condition = {
  kind: 'confirm',
  message: 'Must the members of these teams use MFA?',
  help: 'Without MFA they can then only set it up. Programs that use access keys of these users stop.',
  default: true,
  when: hasTeamsScope,
};

/** Nobody reads a list of more names than this. Such an account adds its users in another way. */
const maxMembersListed = 50;

/** Whether the owner can be asked for teams, which is only the case if there are none yet. */
const hasNoTeams = ({ teamGroups }: GroupQuestionFacts): boolean => teamGroups.length === 0;

const createMembersQuestion = (team: string, when: Condition['when']) =>
  askIf(
    (everyone: GroupQuestionFacts) => hasNoTeams(everyone) && findPossibleMembers(everyone).length > 0,
    (everyone: GroupQuestionFacts): MultiChoiceQuestion & Condition => {
      const others = findPossibleMembers(everyone);
      return {
        kind: 'choices',
        message: `Who belongs to ${team}?`,
        ...(others.length > maxMembersListed && {
          help: `These are the first ${maxMembersListed} of ${others.length} users. Add others in the IAM console.`,
        }),
        options: others.slice(0, maxMembersListed).map((user) => ({ value: user.name, label: user.name })),
        default: [],
        when,
      };
    },
  );

const createTeamCondition = (team: Team) => (soFar: AnswersSoFar) =>
  hasTeamsScope(soFar) && Array.isArray(soFar['teams']) && soFar['teams'].includes(team);

type MembersQuestions = Readonly<Record<`members-${Team}`, ReturnType<typeof createMembersQuestion>>>;

// The type says that the names are those of all teams. The compiler cannot infer that from Object.fromEntries.
const membersQuestions = Object.fromEntries(
  teamPresets.map(({ value, label }) => [
    `members-${value}`,
    createMembersQuestion(label, createTeamCondition(value)),
  ]),
) as MembersQuestions;

const createMoveQuestion = (everyone: GroupQuestionFacts): ConfirmQuestion => {
  const movable = everyone.movableUsers;
  const [first] = movable;
  return {
    kind: 'confirm',
    message: `Move the policies of ${formatNameList(movable.map((user) => user.name))} to groups?`,
    help: `They keep exactly the same permissions, through a group such as ${first ? findSuccessorGroup(first, everyone).name : ''}.`,
    default: false,
  };
};

/** Asks for teams only if there are none, and for moving users only if someone needs it. */
export const groupQuestions = {
  move: askIf((everyone: GroupQuestionFacts) => everyone.movableUsers.length > 0, createMoveQuestion),
  scope: askIf(hasNoTeams, createScopeQuestion),
  teams: askIf(hasNoTeams, createTeamsQuestion),
  'own-team': askIf(hasNoTeams, createOwnTeamQuestion),
  'own-team-like': askIf(hasNoTeams, () => ownTeamLikeQuestion),
  'require-mfa': askIf(hasNoTeams, () => requireMfaQuestion),
  ...membersQuestions,
  'members-own-team': createMembersQuestion('your own team', hasOwnTeamName),
};

export type GroupAnswers = StepAnswers<GroupQuestionFacts, typeof groupQuestions>;

export const parseChosenTeams = (answers: GroupAnswers): readonly ChosenTeam[] => {
  const presets = teamPresets
    .filter(({ value }) => answers.teams?.includes(value))
    .map((team) => ({ name: team.value, team, members: answers[`members-${team.value}`] ?? [] }));
  const own = answers['own-team'];
  const like = teamPresets.find(({ value }) => value === answers['own-team-like']);
  return own && like
    ? [...presets, { name: own, team: like, members: answers['members-own-team'] ?? [] }]
    : presets;
};
