import { afterAll, describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { startLocalServer } from '../_support/local-server.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { accountFile } from '../terminal/_support/account.ts';
import { lastTwoCodes } from '../terminal/_support/phone.ts';
import { filesIn, startPractice, runProgram } from '../terminal/_support/program.ts';
import {
  personAtScreen,
  personAtLines,
  answerAll,
  type Reply,
  type Person,
} from '../terminal/_support/person.ts';
import * as walk from '../terminal/_support/step-answers.ts';
import { sampleOf } from './_support/try-all.ts';
import { placesHolding, tallySearches, type Secrets, type Written } from './_support/secret-search.ts';

afterAll(() => tallySearches('texts searched for secrets, in terminals'));

/** What somebody in front of the terminal has learned and nobody else must. */
type Learned = { whole: string[]; codes: string[] };

const learning =
  (learned: Learned) =>
  (reply: Reply): Reply => {
    const [sight, act] = reply;
    const perform = (seat: Person) => (typeof act === 'string' ? seat.press(act) : act(seat));
    if (sight === 'Have you stored the password?') {
      return [sight, (seat) => (learned.whole.push(walk.passwordOn(seat)), perform(seat))];
    }
    if (sight !== 'First code' && sight !== 'How does the secret get into your phone?') return reply;
    return [sight, (seat) => (learned.whole.push(walk.secretOn(seat)), perform(seat))];
  };

const wrongCodes: readonly Reply[] = [
  ['First code', (seat) => seat.answer('111222')],
  ['Second code', (seat) => seat.answer('333444')],
  ['Send them to AWS anyway?', 'enter'],
];

const commands = sampleOf(
  [
    ...['json', 'table', 'markdown', 'junit'].map((format) => ['verify', '--format', format]),
    ...['json', 'table', 'markdown'].map((format) => ['plan', '--format', format]),
  ],
  4,
);

/** The files of a home and what every command prints about it; the simulated account must know the seeds. */
const leftIn = async (home: string): Promise<readonly Written[]> => {
  const outputs = commands.map(async (command) => {
    const { stdout, stderr } = await runProgram([...command, '--practice', '--home', home]);
    return { where: command.join(' '), text: stdout + stderr };
  });
  const files = Object.entries(await filesIn(home)).filter(([file]) => file !== 'practice/account.json');
  return [...(await Promise.all(outputs)), ...files.map(([where, text]) => ({ where, text }))];
};

const walkTo = async (ui: walk.Ui, replies: readonly Reply[], size = { cols: 100, rows: 30 }) => {
  const home = await temporaryFolder();
  const learned: Learned = { whole: [], codes: ['111222', '333444'] };
  const terminal = startPractice(home, ['--ui', ui], size);
  const seat = ui === 'ink' ? personAtScreen(terminal) : personAtLines(terminal, ui);
  await answerAll(seat, replies.map(learning(learned)));
  const secrets = [...new Set(learned.whole)].filter((one) => one !== '');
  learned.codes.push(...secrets.filter(({ length }) => length === 64).flatMap(lastTwoCodes));
  return { home, terminal, seat, secrets: { ...learned, whole: secrets } };
};

const toTheCode = [walk.begin, ...walk.rootMfa, ...walk.rootAccessKeys, ...walk.adminUserToPage];

const leaving: Reply = ['First code', 'ctrl-c'];
const refusing: Reply = ['Have you stored the password?', 'enter'];
const stopping: Reply = ['Have you stored the password?', 'ctrl-c'];

type Walk = { what: string; ui: walk.Ui; replies: readonly Reply[]; secrets: number };

const wholeWays: readonly Walk[] = (['ink', 'prompts', 'lines'] as const).map((ui) => ({
  what: 'the whole way',
  ui,
  replies: walk.everything(ui),
  secrets: 2,
}));

const waysOut: readonly Walk[] = [
  { what: 'the way to the code and away', ui: 'ink', replies: [...toTheCode, leaving], secrets: 1 },
  { what: 'the way to the code and away', ui: 'prompts', replies: [...toTheCode, leaving], secrets: 1 },
  {
    what: 'wrong codes, right ones, and away from the password',
    ui: 'ink',
    replies: [...toTheCode, ...wrongCodes, ...walk.codes('ink'), refusing, stopping],
    secrets: 2,
  },
];

/** Line by line nothing can be wiped: the program says so, and how to clear the terminal. */
const onScreen = (
  terminal: { scrollback(): string[]; screen(): string[] },
  ui: walk.Ui,
): readonly Written[] =>
  ui === 'lines'
    ? []
    : [{ where: 'the terminal', text: [...terminal.scrollback(), ...terminal.screen()].join('\n') }];

describe.each([...sampleOf(wholeWays, 3), ...waysOut])(
  '$what with --ui $ui',
  ({ ui, replies, secrets: count }) => {
    it(
      'leaves no secret in the terminal, in a file or in what any command prints',
      { timeout: 300_000 },
      async () => {
        const { home, terminal, secrets } = await walkTo(ui, replies);
        await terminal.exit;
        expect(secrets.whole).toHaveLength(count);
        expect(placesHolding(secrets, [...onScreen(terminal, ui), ...(await leftIn(home))])).toEqual([]);
        // The simulated account checks codes, so that it needs the seeds; nothing else.
        const account = await readFile(accountFile(home), 'utf8');
        const others: Secrets = { ...secrets, whole: secrets.whole.filter(({ length }) => length !== 64) };
        expect(placesHolding(others, [{ where: 'account.json', text: account }])).toEqual([]);
        expect(account).not.toMatch(/"(?:secret|Secret|password|Password|sessionToken)\w*":\s*"/);
      },
    );
  },
);

/** Like a token of AWS in its length and its letters, and nowhere the same, so that any part of it is known again. */
const sessionToken = Array.from({ length: 8 }, (_, nth) =>
  createHash('sha512').update(String(nth)).digest('base64').slice(0, 80),
).join('');

const key = {
  AWS_ACCESS_KEY_ID: 'ASIAQWERTYUIOPASDFGH',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKEY',
  AWS_SESSION_TOKEN: `IQoJb3JpZ2luX2VjE${sessionToken}==`,
};

/** A server that repeats in its error all that it was sent, as AWS does with the canonical string of a bad signature. */
const gossip = (code: string) =>
  startLocalServer((incoming, response) => {
    const sent = JSON.stringify(incoming.headers['x-amz-security-token'] ?? '');
    const message = `x-amz-security-token:${sent} ${JSON.stringify(incoming.headers)}`
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;');
    response.writeHead(403, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
  });

const refusals = [
  'ValidationError',
  'SignatureDoesNotMatch',
  'AccessDenied',
  'InvalidClientTokenId',
  'ExpiredToken',
];

describe.each(refusals)('a login that AWS refuses with %s', (code) => {
  it('tells nobody what it was made with', async () => {
    const { url } = await gossip(code);
    const home = await temporaryFolder();
    const env = { ...key, AWS_ENDPOINT_URL: url, AWS_EC2_METADATA_DISABLED: 'true' };
    const commandsHere = [['verify', '--format', 'json'], ['plan'], ['setup', '--answers', 'defaults']];
    const ended = await Promise.all(
      commandsHere.map((command) => runProgram([...command, '--home', home], { env })),
    );
    expect(ended.map((one) => one.code)).toEqual([2, 2, 2]);
    const texts = ended.map(({ stdout, stderr }, index) => ({
      where: commandsHere[index]?.join(' ') ?? '',
      text: stdout + stderr,
    }));
    const files = Object.entries(await filesIn(home)).map(([where, text]) => ({ where, text }));
    const { AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = key;
    const secrets = { whole: [AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN], codes: [] };
    expect(placesHolding(secrets, [...texts, ...files])).toEqual([]);
  });
});
