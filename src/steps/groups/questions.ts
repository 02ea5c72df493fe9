import type { IamGroup, UsersAndGroups, IamUser } from '../../aws/reads/iam.ts';
import type {
  ChoiceQuestion,
  MultiChoiceQuestion,
  ConfirmQuestion,
  Questions,
  TextQuestion,
} from '../../core/question.ts';
import { findAdministratorGroupNames } from '../shared/administrators.ts';
import { findSuccessorGroup } from './move-to-group.ts';
import { teamPresets, type TeamPreset } from './teams.ts';

/** The answer that there is nobody else yet; kept as the owner's word. */
export const onlyMeAnswer = 'only-me';

type AnswersSoFar = Readonly<Record<string, unknown>>;

/** What the questions are about: everybody there is, and who has permissions of their own. */
type GroupQuestionFacts = UsersAndGroups & {
  teamGroups: readonly IamGroup[];
  usersWithOwnPolicies: readonly IamUser[];
  attestationHolder: string | undefined;
};

/** The first few names, and how many more there are. */
export const formatNameList = (names: readonly string[], most = 5): string =>
  names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');

/** Who else there is: the first question. */
const scopeQuestion: ChoiceQuestion = {
  kind: 'choice',
  message: 'Who else will work in this account?',
  options: [
    { value: 'teams', label: 'Others, in teams', hint: 'a group with just what each team needs' },
    { value: onlyMeAnswer, label: 'Only me for now', hint: 'when that changes: --only groups' },
  ],
  default: 'teams',
};

const hasTeamsScope = (soFar: AnswersSoFar) => soFar['scope'] === 'teams';

/** Whether a name is that of a group of administrators: whoever is put into it may do everything. */
const isAdministratorGroupName = (everyone: GroupQuestionFacts, team: string): boolean =>
  findAdministratorGroupNames(everyone.groups).some((name) => name.toLowerCase() === team);

const createTeamsQuestion = (everyone: GroupQuestionFacts): MultiChoiceQuestion => {
  const offered = teamPresets.filter(({ value }) => !isAdministratorGroupName(everyone, value));
  return {
    kind: 'choices',
    message: 'Which teams?',
    options: offered.map(({ value, label, allows }) => ({ value, label, hint: allows })),
    default: offered.some(({ value }) => value === 'developers') ? ['developers'] : [],
    when: hasTeamsScope,
  };
};

const createOwnTeamQuestion = (everyone: GroupQuestionFacts): TextQuestion => ({
  kind: 'text',
  message: 'A team with a name of your own (empty for none)',
  default: '',
  example: 'data-science',
  pattern: /^[A-Za-z0-9_+=,.@-]*$/,
  rule: 'Use only letters without accents, digits and _ + = , . @ -',
  max: 128,
  refused: [
    ...findAdministratorGroupNames(everyone.groups).map((value) => ({
      value,
      because: `${value} is a group of administrators: its members may do everything.`,
    })),
    ...teamPresets.map(({ value }) => ({ value, because: `${value} is among the teams above.` })),
  ],
  when: hasTeamsScope,
});

const hasOwnTeamName = (soFar: AnswersSoFar) => hasTeamsScope(soFar) && Boolean(soFar['own-team']);

const ownTeamLikeQuestion: ChoiceQuestion = {
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

const requireMfaQuestion: ConfirmQuestion = {
  kind: 'confirm',
  message: 'Must the members of these teams use MFA?',
  help: 'Without MFA they can then do nothing but set it up. Programs with access keys of these users would stop.',
  default: true,
  when: hasTeamsScope,
};

/** More names than this are not a list that anybody reads; such an account adds its people elsewhere. */
const maxMembersListed = 50;

const createMembersQuestion = (
  everyone: GroupQuestionFacts,
  team: string,
  when: (soFar: AnswersSoFar) => boolean,
): MultiChoiceQuestion => ({
  kind: 'choices',
  message: `Who belongs to ${team}?`,
  ...(everyone.users.length > maxMembersListed && {
    help: `The first ${maxMembersListed} of ${everyone.users.length} users; the others can be put into the group in the IAM console.`,
  }),
  options: everyone.users.slice(0, maxMembersListed).map((user) => ({ value: user.name, label: user.name })),
  default: [],
  when,
});

const createTeamCondition = (team: string) => (soFar: AnswersSoFar) =>
  hasTeamsScope(soFar) && Array.isArray(soFar['teams']) && soFar['teams'].includes(team);

const createAllMembersQuestions = (everyone: GroupQuestionFacts): Questions => {
  const others = everyone.users.filter((user) => user.name !== everyone.attestationHolder);
  if (others.length === 0) return {};
  const ofOthers = { ...everyone, users: others };
  return {
    ...Object.fromEntries(
      teamPresets.map(({ value, label }) => [
        `members-${value}`,
        createMembersQuestion(ofOthers, label, createTeamCondition(value)),
      ]),
    ),
    'members-own-team': createMembersQuestion(ofOthers, 'your own team', hasOwnTeamName),
  };
};

const createMoveQuestion = (everyone: GroupQuestionFacts): ConfirmQuestion => ({
  kind: 'confirm',
  message: `Move the policies of ${formatNameList(everyone.usersWithOwnPolicies.map((user) => user.name))} to groups?`,
  help: `Everybody keeps exactly the same permissions, through a group such as ${everyone.usersWithOwnPolicies[0] ? findSuccessorGroup(everyone.usersWithOwnPolicies[0], everyone).name : ''}.`,
  default: false,
});

/** All questions about groups. Teams are asked for only where there are none; moving only where somebody needs it. */
export const createGroupQuestions = (everyone: GroupQuestionFacts): Questions => ({
  ...(everyone.usersWithOwnPolicies.length > 0 && { move: createMoveQuestion(everyone) }),
  ...(everyone.teamGroups.length === 0 && {
    scope: scopeQuestion,
    teams: createTeamsQuestion(everyone),
    'own-team': createOwnTeamQuestion(everyone),
    'own-team-like': ownTeamLikeQuestion,
    'require-mfa': requireMfaQuestion,
    ...createAllMembersQuestions(everyone),
  }),
});

/** The names of all these questions. */
export const groupQuestionNames: readonly string[] = [
  'move',
  'scope',
  'teams',
  'own-team',
  'own-team-like',
  'require-mfa',
  ...teamPresets.map(({ value }) => `members-${value}`),
  'members-own-team',
];

/** A team that the owner chose: the group's name, what it may do, and who belongs to it. */
export type ChosenTeam = { name: string; team: TeamPreset; members: readonly string[] };

/** The teams as the owner's answers say them. */
export const parseChosenTeams = (answers: AnswersSoFar): readonly ChosenTeam[] => {
  const membersOf = (team: string) => (answers[`members-${team}`] ?? []) as readonly string[];
  const presets = teamPresets
    .filter(({ value }) => Array.isArray(answers['teams']) && answers['teams'].includes(value))
    .map((team) => ({ name: team.value, team, members: membersOf(team.value) }));
  const own = answers['own-team'];
  const like = teamPresets.find(({ value }) => value === answers['own-team-like']);
  return typeof own === 'string' && own && like
    ? [...presets, { name: own, team: like, members: membersOf('own-team') }]
    : presets;
};
