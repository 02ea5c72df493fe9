import type { IamGroup, UsersAndGroups, IamUser } from '../../aws/reads/iam.ts';
import type {
  ChoiceQuestion,
  MultiChoiceQuestion,
  ConfirmQuestion,
  Questions,
  TextQuestion,
} from '../../core/question.ts';
import { administratorGroups } from '../shared/administrators.ts';
import { successorOf } from './move-to-group.ts';
import { teams, type Team } from './teams.ts';

/** The answer that there is nobody else yet; kept as the owner's word. */
export const onlyMe = 'only-me';

type SoFar = Readonly<Record<string, unknown>>;

/** What the questions are about: everybody there is, and who has permissions of their own. */
type Facts = UsersAndGroups & {
  teamGroups: readonly IamGroup[];
  direct: readonly IamUser[];
  keeper: string | undefined;
};

/** The first few names, and how many more there are. */
export const listed = (names: readonly string[], most = 5): string =>
  names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');

/** Who else there is: the first question. */
const scope: ChoiceQuestion = {
  kind: 'choice',
  message: 'Who else will work in this account?',
  options: [
    { value: 'teams', label: 'Others, in teams', hint: 'a group with just what each team needs' },
    { value: onlyMe, label: 'Only me for now', hint: 'when that changes: --only groups' },
  ],
  default: 'teams',
};

const withTeams = (soFar: SoFar) => soFar['scope'] === 'teams';

/** Whether a name is that of a group of administrators: whoever is put into it may do everything. */
const makesAdministrators = (everyone: Facts, team: string): boolean =>
  administratorGroups(everyone.groups).some((name) => name.toLowerCase() === team);

const whichTeams = (everyone: Facts): MultiChoiceQuestion => {
  const offered = teams.filter(({ value }) => !makesAdministrators(everyone, value));
  return {
    kind: 'choices',
    message: 'Which teams?',
    options: offered.map(({ value, label, allows }) => ({ value, label, hint: allows })),
    default: offered.some(({ value }) => value === 'developers') ? ['developers'] : [],
    when: withTeams,
  };
};

const ownTeam = (everyone: Facts): TextQuestion => ({
  kind: 'text',
  message: 'A team with a name of your own (empty for none)',
  default: '',
  example: 'data-science',
  pattern: /^[A-Za-z0-9_+=,.@-]*$/,
  rule: 'Use only letters without accents, digits and _ + = , . @ -',
  max: 128,
  refused: [
    ...administratorGroups(everyone.groups).map((value) => ({
      value,
      because: `${value} is a group of administrators: its members may do everything.`,
    })),
    ...teams.map(({ value }) => ({ value, because: `${value} is among the teams above.` })),
  ],
  when: withTeams,
});

const named = (soFar: SoFar) => withTeams(soFar) && Boolean(soFar['own-team']);

const ownTeamLike: ChoiceQuestion = {
  kind: 'choice',
  message: 'What may that team do?',
  options: teams.map(({ value, label, allows }) => ({ value, label: `The same as ${label}`, hint: allows })),
  default: 'read-only',
  when: named,
};

const requireMfa: ConfirmQuestion = {
  kind: 'confirm',
  message: 'Must the members of these teams use MFA?',
  help: 'Without MFA they can then do nothing but set it up. Programs with access keys of these users would stop.',
  default: true,
  when: withTeams,
};

/** More names than this are not a list that anybody reads; such an account adds its people elsewhere. */
const mostMembers = 50;

const members = (everyone: Facts, team: string, when: (soFar: SoFar) => boolean): MultiChoiceQuestion => ({
  kind: 'choices',
  message: `Who belongs to ${team}?`,
  ...(everyone.users.length > mostMembers && {
    help: `The first ${mostMembers} of ${everyone.users.length} users; the others can be put into the group in the IAM console.`,
  }),
  options: everyone.users.slice(0, mostMembers).map((user) => ({ value: user.name, label: user.name })),
  default: [],
  when,
});

const chosen = (team: string) => (soFar: SoFar) =>
  withTeams(soFar) && Array.isArray(soFar['teams']) && soFar['teams'].includes(team);

const membersQuestions = (everyone: Facts): Questions => {
  const others = everyone.users.filter((user) => user.name !== everyone.keeper);
  if (others.length === 0) return {};
  const ofOthers = { ...everyone, users: others };
  return {
    ...Object.fromEntries(
      teams.map(({ value, label }) => [`members-${value}`, members(ofOthers, label, chosen(value))]),
    ),
    'members-own-team': members(ofOthers, 'your own team', named),
  };
};

const move = (everyone: Facts): ConfirmQuestion => ({
  kind: 'confirm',
  message: `Move the policies of ${listed(everyone.direct.map((user) => user.name))} to groups?`,
  help: `Everybody keeps exactly the same permissions, through a group such as ${everyone.direct[0] ? successorOf(everyone.direct[0], everyone).name : ''}.`,
  default: false,
});

/** All questions about groups. Teams are asked for only where there are none; moving only where somebody needs it. */
export const groupQuestions = (everyone: Facts): Questions => ({
  ...(everyone.direct.length > 0 && { move: move(everyone) }),
  ...(everyone.teamGroups.length === 0 && {
    scope,
    teams: whichTeams(everyone),
    'own-team': ownTeam(everyone),
    'own-team-like': ownTeamLike,
    'require-mfa': requireMfa,
    ...membersQuestions(everyone),
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
  ...teams.map(({ value }) => `members-${value}`),
  'members-own-team',
];

/** A team that the owner chose: the group's name, what it may do, and who belongs to it. */
export type ChosenTeam = { name: string; team: Team; members: readonly string[] };

/** The teams as the owner's answers say them. */
export const chosenTeams = (answers: SoFar): readonly ChosenTeam[] => {
  const membersOf = (team: string) => (answers[`members-${team}`] ?? []) as readonly string[];
  const presets = teams
    .filter(({ value }) => Array.isArray(answers['teams']) && answers['teams'].includes(value))
    .map((team) => ({ name: team.value, team, members: membersOf(team.value) }));
  const own = answers['own-team'];
  const like = teams.find(({ value }) => value === answers['own-team-like']);
  return typeof own === 'string' && own && like
    ? [...presets, { name: own, team: like, members: membersOf('own-team') }]
    : presets;
};
