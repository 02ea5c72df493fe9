import { allSteps } from '../../../src/steps/index.ts';
import { lastTwoCodes } from './phone.ts';
import type { Reply, Person } from './person.ts';

/** The front ends that somebody can sit in front of. */
export type Ui = 'ink' | 'prompts' | 'lines';

/** The account is the right one. */
export const begin: Reply = ['Is this the account', 'enter'];

/** Shows the list of steps before the first of them. */
export const beginWithList: Reply = [
  'Is this the account',
  async (seat) => {
    // Until then an arrow reads on.
    await seat.readOn();
    seat.press('down', 'enter');
  },
];

/** Goes in the list to what begins with these words, and chooses it. */
export const chooseInList = (words: string): Reply => [
  'Where to?',
  (seat) => {
    const rows = seat.terminal.screen().map((row) => row.replace(/^.*│/, ''));
    const question = rows.findIndex((row) => row.includes('Where to?'));
    const at = rows.findIndex((row) => row.includes('❯'));
    const wanted = rows.findIndex(
      (row, index) => index > question && row.replace(/^\P{L}+/u, '').startsWith(words),
    );
    const key = wanted > at ? 'down' : 'up';
    for (let row = 0; row < Math.abs(wanted - at); row++) seat.press(key);
    seat.press('enter');
  },
];

const consent: Reply = ['Go ahead?', 'enter'];

/** Where the practice desk can do what the owner would do elsewhere, it is the first choice. */
const atTheDesk = (words: string): Reply => [words, 'enter'];

export const rootMfa: readonly Reply[] = [atTheDesk('Waiting for MFA')];

/** A text that may be broken over rows, beside the list of steps, in one piece. */
const inOnePiece = (seat: Person) => seat.text().replaceAll(/[│\s]+/g, ' ');

const lastFour = (seat: Person) =>
  /characters of [A-Z0-9]+([A-Z0-9]{4}) to delete/.exec(inOnePiece(seat))?.[1] ?? '';

/** Agrees to the deletion of the key in question. */
const typeLastFour: Reply = ['Type the last four characters of', (seat) => seat.answer(lastFour(seat))];

export const rootAccessKeys: readonly Reply[] = [typeLastFour, consent];

/** The secret of the code on the screen: as a phone reads it, else as a person does. */
export const secretOn = ({ terminal, text }: Pick<Person, 'terminal' | 'text'>): string => {
  const scanned = terminal.readQr();
  if (scanned !== undefined) return new URL(scanned).searchParams.get('secret') ?? '';
  return /(?:[A-Z2-7]{4}\s+){15}[A-Z2-7]{4}/.exec(text())?.[0].replaceAll(/\s/g, '') ?? '';
};

/** In lines the secret is told before the codes are asked for, and the code is drawn only for those who ask for it. */
const tellSecret = (keep: (secret: string) => void): Reply => [
  'How does the secret get into your phone?',
  (seat) => {
    keep(secretOn(seat));
    seat.press('enter');
  },
];

/** Two codes from a phone that is not the program's own. */
export const codes = (ui: Ui = 'ink'): readonly Reply[] => {
  let [secret, second] = ['', ''];
  const typeFirst = (seat: Person) => {
    const both = lastTwoCodes(secret || secretOn(seat));
    second = both[1];
    seat.answer(both[0]);
  };
  return [
    ...(ui === 'lines' ? [tellSecret((told) => (secret = told))] : []),
    ['First code', typeFirst],
    ['Second code', (seat) => seat.answer(second)],
  ];
};

/** From the user's name to the plan. */
export const adminUserToPage: readonly Reply[] = [['User name', 'enter'], consent];

export const noteThePassword: Reply = ['Have you stored the password?', (seat) => seat.sayYes()];

/** Where Enter is not the way on, because it would be too easily pressed. */
export const exceptions: readonly Reply[] = [typeLastFour, noteThePassword];

/** The password on its page, empty where there is none. */
export const passwordOn = ({ text }: Pick<Person, 'text'>): string =>
  text()
    .split('\n')
    .map((row) => row.replace(/^\s*Password:?\s+/, '').trim())
    .find((row) => /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w-]{29}$/.test(row)) ?? '';

const adminUser = (ui?: Ui): readonly Reply[] => [...adminUserToPage, ...codes(ui), noteThePassword];

export const billingAccess: readonly Reply[] = [atTheDesk('Is IAM access'), consent];

/** Root hands over to the administrator, who signs in at the practice desk. */
const handOver: readonly Reply[] = [atTheDesk('How do you want to go on?')];

/** Nobody else will work in the account. The word is noted in AWS, and asks for consent, if there is an administrator. */
const groups: readonly Reply[] = [['Who else will work', 'enter'], consent];

/** Others will, in the teams that are proposed. */
export const teams: readonly Reply[] = [
  ['Who else will work', (seat) => seat.press('down', 'enter')],
  ['Which teams?', 'enter'],
  ['One more team', 'enter'],
  ['Must the members', 'enter'],
  consent,
];

const passwordPolicy: readonly Reply[] = [['Shortest password', 'enter'], consent];

/** The words of the drill, as they stand in the mail on the screen, broken over lines or not. */
const wordsOn = (seat: Person): string =>
  /words to type are: ([a-z]+ [a-z]+ \d\d)/.exec(inOnePiece(seat))?.[1] ?? '';

/** The mail stands above the choice, so that its words can be typed. */
const fireDrill = (): readonly Reply[] => {
  let words = '';
  const look = (seat: Person) => (words = wordsOn(seat) || words);
  return [
    ['Waiting for the mail of the fire drill', (seat) => seat.confirm(() => look(seat))],
    ['Which words are in the mail?', (seat) => seat.answer(look(seat))],
  ];
};

/** To the page that waits for the link in the mail. */
export const alarmToMail: readonly Reply[] = [
  ['Which address', 'enter'],
  ['Warn at how many', 'enter'],
  consent,
];

/** To the page that waits for the mail of the drill. */
export const alarmToDrill: readonly Reply[] = [
  ...alarmToMail,
  ['Waiting for you to confirm', 'enter'],
  ['The link behind', 'enter'],
];

const billingAlarm = (): readonly Reply[] => [...alarmToDrill, ...fireDrill()];

/** To the page that asks whether the link in the mail was opened. */
export const budgetToMail: readonly Reply[] = [
  ['How many USD a month', 'enter'],
  ['Which address', 'enter'],
  consent,
];

const budget: readonly Reply[] = [...budgetToMail, atTheDesk('Is every address verified?')];

/** What is answered in each step, every default taken. */
const walks = (ui?: Ui): Readonly<Record<string, readonly Reply[]>> => ({
  'root-mfa': rootMfa,
  'root-access-keys': rootAccessKeys,
  'admin-user': adminUser(ui),
  'billing-access': [...billingAccess, ...handOver],
  groups,
  'password-policy': passwordPolicy,
  'billing-alarm': billingAlarm(),
  budget,
});

const isWalked = ({ id }: { id: string }): boolean => Object.hasOwn(walks(), id);

/** Every step that has answers here, in the order of a first run; `from` is the step to begin with. */
export const everything = (ui?: Ui, from: string = allSteps[0]?.id ?? ''): readonly Reply[] => [
  begin,
  ...allSteps
    .slice(allSteps.findIndex(({ id }) => id === from))
    .filter(isWalked)
    .flatMap(({ id }) => walks(ui)[id] ?? []),
];

const notWalked = allSteps.filter((step) => !isWalked(step)).map(({ id }) => id);

/** Leaves out a step that has no answers here yet. */
export const onlyWalked: readonly string[] = notWalked.length === 0 ? [] : ['--skip', notWalked.join(',')];

/** The titles of all steps, as the list has them. */
export const titles: readonly string[] = allSteps.map(({ title }) => title);
