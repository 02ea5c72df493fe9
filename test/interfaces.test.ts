import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readJournal } from '../src/state/journal.ts';
import { credentials, fakeAws, type FakeAws } from './_support/interfaces/aws.ts';
import type {
  Accepted,
  AccountFrozen,
  AnswersFrozen,
  CommandLine,
  Disk,
  ExitCode,
  PracticeFile,
  Question,
  Reports,
  Run,
  Step,
  Tag,
  VerifyReport,
} from './_support/interfaces/frozen.ts';
import {
  openProgram,
  environment,
  forEach,
  frozenIn,
  type Program,
  type Ran,
  type Surroundings,
} from './_support/interfaces/program.ts';
import { brokenIn, valuesAt, valuesGoneFrom } from './_support/interfaces/shape.ts';
import { parseXml, type Element } from './_support/report/xml.ts';
import { runWarm } from './_support/warm-program.ts';
import { Terminal } from './terminal/_support/terminal.ts';

const [steps, commandLine, exitCodes, answers, reports, disk, account, operations] = await Promise.all([
  frozenIn<readonly Step[]>('steps.json'),
  frozenIn<CommandLine>('command-line.json'),
  frozenIn<readonly ExitCode[]>('exit-codes.json'),
  frozenIn<AnswersFrozen>('answers.json'),
  frozenIn<Reports>('reports.json'),
  frozenIn<Disk>('disk.json'),
  frozenIn<AccountFrozen>('account.json'),
  frozenIn<Readonly<Record<'journal' | 'plan' | 'evidence', readonly string[]>>>('operations.json'),
]);

const stepIds = steps.map(({ id }) => id);
/** A step that is new may be open in an old home, so what is said of all steps is said of the frozen ones. */
const theSteps = stepIds.join(',');

const accounts = [
  'management',
  'member',
  'new',
  'no-rights',
  'not-proven',
  'older',
  'people',
  'project',
  'repairs',
  'used',
].map((name) => `accounts/${name}`);
const practiceHomes = ['done', 'half-way', 'word'];

let program: Program;

beforeAll(async () => {
  program = await openProgram();
});

afterAll(() => program.remove());

/** Sentences, each about an interface that is not what it was. */
const expectKept = (broken: readonly string[]): void => {
  const sentence =
    'This is an interface, frozen in test/_support/interfaces. What is gone from it or changed:';
  expect(broken, `${sentence}\n${broken.map((one) => `- ${one}`).join('\n')}\n`).toEqual([]);
};

const inWords = ({ code, stderr, stdout }: Ran): string => {
  const lines = (stderr || stdout).split('\n').filter(Boolean);
  return `exit code ${code}, and "${lines.slice(-2).join(' ').slice(0, 300)}"`;
};

const fileWith = async (content: object): Promise<string> => {
  const file = path.join(await program.folder(), 'answers.json');
  await writeFile(file, JSON.stringify(content));
  return file;
};

const argumentsOf = async (home: string, run: Pick<Run, 'args' | 'answers'>): Promise<readonly string[]> => {
  const given = run.answers ? await fileWith(run.answers) : '';
  return run.args
    .split(' ')
    .map((one) => one.replace('{home}', home).replace('{answers}', given).replace('{steps}', theSteps));
};

/** Runs in a home; `aws` plays AWS for what is no rehearsal. */
const runIn = async (home: string, run: Pick<Run, 'args' | 'answers'>, aws?: FakeAws): Promise<Ran> =>
  program.run(
    await argumentsOf(home, run),
    aws ? { env: { ...credentials, AWS_ENDPOINT_URL: aws.url } } : {},
  );

/** The same in a process that is there already: what is frozen here is what is written, and no exit of a process. */
const runWarmIn = async (home: string, run: Pick<Run, 'args' | 'answers'>): Promise<Ran> =>
  runWarm(await argumentsOf(home, run));

const parsed = (ran: Ran, what: string): unknown => {
  try {
    return JSON.parse(ran.stdout);
  } catch {
    throw new Error(`${what} wrote no JSON: ${inWords(ran)}`);
  }
};

const verified = async (home: string): Promise<VerifyReport> => {
  const args = ['verify', '--practice', '--home', home, '--format', 'json'];
  return parsed(await runWarm(args), args.join(' ')) as VerifyReport;
};

const statusIn = async (home: string, step: string): Promise<string | undefined> =>
  (await verified(home)).steps.find(({ id }) => id === step)?.status;

/** So that a plan has in it what is done for users with permissions of their own, too. */
const moving = { groups: { move: true } };

const known = new Map<string, Promise<Ran>>();

/** What a look at a home of 0.1.0 gives; it changes nothing, so that one look does for all tests. */
const looked = (args: string, name: string): Promise<Ran> => {
  const key = `${args} ${name}`;
  const look = async () =>
    runWarmIn(await program.home(name), { args: `${args} --practice --home {home}`, answers: moving });
  const run = known.get(key) ?? look();
  known.set(key, run);
  return run;
};

const reported = async (name: string): Promise<VerifyReport> =>
  parsed(await looked('verify --format json', name), name) as VerifyReport;

const planned = async (name: string): Promise<unknown> =>
  parsed(await looked('plan --format json --answers {answers}', name), name);

const readIn = (home: string, file: string) => readFile(path.join(home, file), 'utf8');

const jsonIn = async <T>(home: string, file: string): Promise<T> => JSON.parse(await readIn(home, file)) as T;

const linesIn = async (home: string, file: string): Promise<readonly unknown[]> =>
  (await readIn(home, file))
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));

/** A run against an AWS that a server on this machine plays. */
const runAt = async (
  aws: FakeAws,
  args: readonly string[],
  env: Surroundings['env'] = {},
): Promise<Ran & { home: string }> => {
  const home = await program.folder();
  const ran = await program.run(
    args.map((one) => one.replace('{home}', home)),
    {
      env: { AWS_ENDPOINT_URL: aws.url, ...env },
    },
  );
  return { ...ran, home };
};

const awsForThisTest = async (options?: { mayChange: boolean }): Promise<FakeAws> => {
  const aws = await fakeAws(options);
  onTestFinished(aws.close);
  return aws;
};

const lookOnly = ['verify', '--home', '{home}', '--only', 'password-policy', '--format', 'json'];

/** All differences between a run and what must come of it. */
const brokenBy = async (run: Run, start = runIn): Promise<readonly string[]> => {
  const home = await program.home(run.home);
  const ran = await start(home, run);
  const what = `${run.interface} (${run.args})`;
  const { code, json = {}, stdout = '', says = '', writes } = run;
  if (code !== undefined && ran.code !== code) return [`${what} had exit code ${code}, now ${inWords(ran)}`];
  const found = run.json ? parsed(ran, what) : undefined;
  return [
    ...Object.entries(json)
      .map(([key, frozen]) => [key, JSON.stringify(frozen), JSON.stringify(valuesAt(found, key))] as const)
      .flatMap(([key, before, now]) =>
        before === now ? [] : [`${what} gave ${before} as "${key}", now ${now}`],
      ),
    ...(new RegExp(stdout, 'm').test(ran.stdout) ? [] : [`${what} wrote no ${stdout}: ${inWords(ran)}`]),
    ...(ran.stderr.includes(says) ? [] : [`${what} no longer says ${says}: ${inWords(ran)}`]),
    ...(writes === undefined || existsSync(path.join(home, writes))
      ? []
      : [`${what} wrote ${writes}, and now does not`]),
  ];
};

const brokenByAny = async (runs: readonly Run[], start = runIn): Promise<readonly string[]> =>
  (await forEach(runs, (run) => brokenBy(run, start))).flat();

/** Whether a command line can be run in a process that is there already. */
const canRunWarm = ({ args, code = 0 }: Run): boolean => args.includes('--practice') && code < 2;

describe('the steps', () => {
  it('stand in their frozen order, each with its chapter', async () => {
    const found = (await reported('done')).steps;
    const gone = stepIds.filter((id) => !found.some((step) => step.id === id));
    expectKept(gone.map((id) => `the step "${id}" is gone`));
    const order = found.map(({ id }) => id).filter((id) => stepIds.includes(id));
    expectKept(
      order.join() === theSteps ? [] : [`the order of the steps was ${theSteps}, now ${order.join()}`],
    );
    expectKept(
      steps.flatMap(({ id, chapter }) => {
        const now = found.find((step) => step.id === id)?.chapter;
        return now === chapter ? [] : [`the step "${id}" was in the chapter "${chapter}", now in "${now}"`];
      }),
    );
  });

  it('keep whether root or an administrator carries them out', async () => {
    const plan = (await planned('accounts/people')) as { steps: readonly Step[] };
    expectKept(
      steps.flatMap(({ id, actor }) => {
        const now = plan.steps.find((step) => step.id === id)?.actor;
        return now === actor ? [] : [`the actor of "${id}" was ${actor}, now ${now}`];
      }),
    );
  });
});

describe('the command line', () => {
  it('keeps every frozen command, option and value', async () => {
    const { runs } = commandLine;
    const [warm, cold] = [runs.filter(canRunWarm), runs.filter((run) => !canRunWarm(run))];
    expectKept([...(await brokenByAny(warm, runWarmIn)), ...(await brokenByAny(cold))]);
  });

  it('names every frozen option in its help', async () => {
    const { stdout } = await program.run(['--help']);
    const gone = commandLine.options.filter((option) => !new RegExp(`${option}\\b`).test(stdout));
    expectKept(gone.map((option) => `--help no longer names ${option}`));
  });

  it('takes the profile and the Region to sign in with', async () => {
    const aws = await awsForThisTest();
    const folder = await program.folder();
    const file = path.join(folder, 'credentials');
    const profile = (name: string, key: string) =>
      `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = example\n`;
    await writeFile(file, profile('work', 'ASIAWORK') + profile('home', 'ASIAHOME'));
    const env = { AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: path.join(folder, 'config') };
    await runAt(aws, [...lookOnly, '--profile', 'work', '--region', 'eu-north-1'], env);
    const [first] = aws.arrived;
    expectKept([
      ...(first?.key === 'ASIAWORK' ? [] : [`--profile work signed with ${first?.key}`]),
      ...(first?.region === 'eu-north-1' ? [] : [`--region eu-north-1 signed for ${first?.region}`]),
    ]);
  });
});

const escape = '\u001B';
const wholeScreen = `${escape}[?1049h`;

const writtenBefore = new Map<string, Promise<string>>();

/** What a setup in a terminal writes where nothing is to be done: it shows that, and ends. Each is run once. */
const writtenInTerminal = (args: readonly string[], env: Surroundings['env'] = {}): Promise<string> => {
  const key = JSON.stringify([args, env]);
  const written = writtenBefore.get(key) ?? runInTerminal(args, env);
  writtenBefore.set(key, written);
  return written;
};

const runInTerminal = async (args: readonly string[], env: Surroundings['env']): Promise<string> => {
  const home = await program.home('done');
  const all = [program.entry, ...args, '--practice', '--home', home, '--only', 'root-mfa,password-policy'];
  const terminal = Terminal.start(process.execPath, all, {
    cols: 100,
    rows: 30,
    env: environment(home, env),
  });
  onTestFinished(() => terminal.close());
  await terminal.exit;
  return terminal.raw;
};

describe('a front end', () => {
  it.each([
    ['ink', true, true],
    ['prompts', false, true],
    ['lines', false, false],
  ])('is still chosen by --ui %s', async (ui, whole, escapes) => {
    const raw = await writtenInTerminal(['--ui', ui]);
    expectKept([
      ...(raw.includes('4312-0987-6655') ? [] : [`--ui ${ui} no longer works: ${raw.slice(0, 200)}`]),
      ...(raw.includes(wholeScreen) === whole ? [] : [`--ui ${ui}: whether it takes the whole screen`]),
      ...(raw.includes(escape) === escapes ? [] : [`--ui ${ui}: whether it writes escape codes`]),
    ]);
  });

  it('is the whole screen where nothing is said', async () => {
    const raw = await writtenInTerminal([]);
    expectKept(raw.includes(wholeScreen) ? [] : ['a large terminal no longer gets the whole screen']);
  });

  it.each([{ CI: 'true' }, { TERM: 'dumb' }, { INK_SCREEN_READER: 'true' }])(
    'is that of lines under %o',
    async (env: Record<string, string>) => {
      const raw = await writtenInTerminal([], env);
      expectKept(raw.includes(escape) ? [`${JSON.stringify(env)} no longer leads to lines`] : []);
    },
  );

  it.each([{ LC_ALL: 'C' }, { LC_ALL: '', LC_CTYPE: 'C' }, { LC_ALL: '', LANG: 'C' }, { TERM: 'linux' }])(
    'draws nothing but ASCII signs under %o',
    async (env: Record<string, string>) => {
      const raw = await writtenInTerminal(['--ui', 'prompts'], env);
      expectKept(raw.includes('✔') ? [`${JSON.stringify(env)} is no longer heeded`] : []);
      expect(await writtenInTerminal(['--ui', 'prompts'])).toContain('✔');
    },
  );

  it.each(['--ui ink', '--ui prompts', 'verify'])('has no colours under NO_COLOR: %s', async (args) => {
    const colour = new RegExp(String.raw`${escape}\[(?:\d+;)*(?:3[0-8]|9[0-7])(?:;\d+)*m`);
    expect(await writtenInTerminal(args.split(' '))).toMatch(colour);
    const raw = await writtenInTerminal(args.split(' '), { NO_COLOR: '1' });
    expectKept(colour.test(raw) ? [`NO_COLOR is no longer heeded by ${args}`] : []);
  });
});

/** Something that a program may connect to; tells what it was first sent. */
const listening = async (): Promise<{ port: number; heard: string[] }> => {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      heard.push(data.toString('latin1').split('\r\n')[0] ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, heard };
};

describe('the environment', () => {
  it('still says where the home is', async () => {
    const [folder, done] = [await program.folder(), await program.home('done')];
    await mkdir(path.join(folder, 'state'));
    const args = ['verify', '--practice', '--only', 'root-mfa', '--format', 'json'];
    const byName = await program.run(args, { env: { AWS_FIRST_STEPS_HOME: done } });
    const state = path.join(folder, 'state');
    await program.run(args, { env: { XDG_STATE_HOME: state } });
    await program.run(args, { env: { HOME: folder, USERPROFILE: folder } });
    const made = (...parts: readonly string[]) => existsSync(path.join(folder, ...parts));
    expectKept([
      ...(byName.code === 0 ? [] : [`AWS_FIRST_STEPS_HOME is no longer the home: ${inWords(byName)}`]),
      ...(made('state', 'aws-first-steps', 'practice')
        ? []
        : ['XDG_STATE_HOME/aws-first-steps is no longer it']),
      ...(made('.local', 'state', 'aws-first-steps', 'practice')
        ? []
        : ['~/.local/state/aws-first-steps is no longer it']),
    ]);
  });

  it.each<[string, Record<string, string>, Partial<Record<'key' | 'region', string>>]>([
    ['AWS_ACCESS_KEY_ID', {}, { key: 'ASIAEXAMPLE' }],
    ['AWS_REGION', { AWS_REGION: 'eu-west-1' }, { region: 'eu-west-1' }],
    ['AWS_DEFAULT_REGION', { AWS_DEFAULT_REGION: 'eu-west-2' }, { region: 'eu-west-2' }],
  ])('still says with %s how to sign in', async (name, env, frozen) => {
    const aws = await awsForThisTest();
    const { home } = await runAt(aws, lookOnly, { ...credentials, ...env });
    const [first] = aws.arrived;
    expect(existsSync(home)).toBe(true);
    expectKept(
      Object.entries(frozen).flatMap(([what, value]) =>
        first?.[what as 'key' | 'region'] === value
          ? []
          : [`${name} is no longer heeded: ${JSON.stringify(first)}`],
      ),
    );
  });

  it('still names a profile with AWS_PROFILE, before the keys in it', async () => {
    const aws = await awsForThisTest();
    const folder = await program.folder();
    const file = path.join(folder, 'credentials');
    await writeFile(file, '[work]\naws_access_key_id = ASIAWORK\naws_secret_access_key = example\n');
    const env = { AWS_SHARED_CREDENTIALS_FILE: file, AWS_PROFILE: 'work', ...credentials };
    const { stderr } = await runAt(aws, lookOnly, env);
    expectKept([
      ...(aws.arrived[0]?.key === 'ASIAWORK' ? [] : ['AWS_PROFILE is no longer heeded']),
      ...(/AWS_PROFILE/.test(stderr) ? [] : ['AWS_PROFILE beside a key is no longer said']),
    ]);
  });

  it('still names another place for AWS, and that is said', async () => {
    const aws = await awsForThisTest();
    const env = { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_STS: aws.url, ...credentials, HTTPS_PROXY: '' };
    const whole = await runAt(aws, lookOnly, credentials);
    // Nothing but the first call has a place here; all others go to a proxy that lets nobody through.
    const proxy = await listening();
    const one = await runAt(aws, lookOnly, { ...env, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    expectKept([
      ...(/AWS_ENDPOINT_URL/.test(whole.stderr) ? [] : ['AWS_ENDPOINT_URL is no longer said']),
      ...(/AWS_ENDPOINT_URL_STS/.test(one.stderr) ? [] : ['AWS_ENDPOINT_URL_STS is no longer said']),
      ...(aws.arrived.some(({ userAgent }) => userAgent.includes(`aws-first-steps/${program.version}`))
        ? []
        : ['the user agent no longer names aws-first-steps and its version']),
    ]);
  });

  it.each([
    ['HTTPS_PROXY', 'NO_PROXY'],
    ['https_proxy', 'no_proxy'],
  ])('still names a proxy with %s, and what %s leaves out', async (proxyName, exceptName) => {
    const [proxy, direct] = [await listening(), await listening()];
    const env = {
      ...credentials,
      AWS_ENDPOINT_URL: `https://127.0.0.1:${direct.port}`,
      AWS_MAX_ATTEMPTS: '1',
      [proxyName]: `http://127.0.0.1:${proxy.port}`,
    };
    const args = ['verify', '--only', 'password-policy', '--home', await program.folder()];
    await program.run(args, { env });
    const through = proxy.heard.length;
    expectKept(
      proxy.heard.some((line) => line.startsWith(`CONNECT 127.0.0.1:${direct.port}`))
        ? []
        : [`${proxyName} is no longer heeded`],
    );
    await program.run(args, { env: { ...env, [exceptName]: '127.0.0.1' } });
    expectKept(
      proxy.heard.length === through && direct.heard.length > 0 ? [] : [`${exceptName} is no longer heeded`],
    );
  });
});

describe('the exit code', () => {
  it.each(exitCodes)('of "$name" is still its own', async ({ code, runs }) => {
    expectKept(await brokenByAny(runs.map((run) => ({ ...run, code }))));
  });

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'is still 130 after %s',
    async (signal) => {
      const home = await program.folder();
      const { child, ended } = program.start(['--practice', '--home', home, '--ui', 'lines']);
      await vi.waitFor(() => expect(existsSync(path.join(home, disk.lock.folder))).toBe(true), 60_000);
      child.kill(signal);
      const ran = await ended;
      expectKept(ran.code === 130 ? [] : [`${signal} ended a run with 130, now ${inWords(ran)}`]);
    },
  );
});

describe('the answers file', () => {
  it.each(Object.entries(answers.questions))(
    'may name every frozen question of %s',
    async (step, questions) => {
      const home = await program.home('accounts/new');
      const args = `plan --practice --home {home} --only ${step} --answers {answers}`;
      const naming = async (names: readonly string[]) => {
        const file = { [step]: Object.fromEntries(names.map((name) => [name, ''])) };
        const ran = await runWarmIn(home, { args, answers: file });
        const what = names.length === 1 ? `the question "${names[0]}" of "${step}"` : `the step "${step}"`;
        return ran.code === 64 ? [`${what} may no longer be named: ${inWords(ran)}`] : [];
      };
      const names = Object.keys(questions);
      const all = await naming(names);
      // Only the first name that is not known is told, so that each is tried where one is not.
      const each = all.length === 0 ? [] : (await forEach(names, (name) => naming([name]))).flat();
      expectKept(each.length > 0 ? each : all);
    },
  );

  const heldBy = ({ kind, options = [], min, max }: Question, values: readonly unknown[]): boolean => {
    const all = values.flat();
    if (kind === 'confirm') return values.includes(true) && values.includes(false);
    if (kind === 'count') return values.includes(min) && values.includes(max);
    if (kind === 'text') return values.length > 0 && values.every((value) => typeof value === 'string');
    return (
      options.every((option) => all.includes(option)) && (kind === 'choices') === values.every(Array.isArray)
    );
  };

  it('is tried with every frozen kind and option', () => {
    const untried = Object.entries(answers.questions).flatMap(([step, questions]) =>
      Object.entries(questions)
        .filter(([name, question]) => {
          const given = answers.accepted.filter((one) => one.step === step && name in one.answers);
          return !heldBy(
            question,
            given.map((one) => one.answers[name]),
          );
        })
        .map(([name]) => `${step}.${name}`),
    );
    expect(untried).toEqual([]);
  });

  const brokenFor = async (one: Accepted): Promise<readonly string[]> => {
    const home = await program.home(`accounts/${one.account}`);
    const given = { [one.step]: one.answers };
    const command = one.planned === undefined ? '' : 'plan --format json ';
    const ran = await runWarmIn(home, {
      args: `${command}--practice --home {home} --only ${one.step} --answers {answers}`,
      answers: given,
    });
    const what = `the answers file ${JSON.stringify(given)} (account "${one.account}")`;
    if (ran.code === 64 || ran.code === 2) return [`${what} is refused: ${inWords(ran)}`];
    if (one.planned !== undefined)
      return ran.stdout.includes(one.planned)
        ? []
        : [`${what} no longer leads to a plan with ${one.planned}`];
    type Kept = { steps: Record<string, { answers?: Record<string, unknown>; status?: string } | undefined> };
    const { answers: kept = {}, status } =
      (await jsonIn<Kept>(home, 'practice/progress.json')).steps[one.step] ?? {};
    return [
      ...Object.entries(one.answers)
        .filter(([name]) => !one.notKept?.includes(name))
        .filter(([name, value]) => JSON.stringify(kept[name]) !== JSON.stringify(value))
        .map(([name]) => `${what}: "${name}" is no longer used, or no longer kept under that name`),
      ...(status === one.status ? [] : [`${what} led to "${one.status}", now to "${status}"`]),
    ];
  };

  it('keeps every frozen question with its kind and its options', async () => {
    expectKept((await forEach(answers.accepted, brokenFor)).flat());
  });

  it('of the README is accepted, as the README had it', async () => {
    const args = `--practice --home {home} --only ${theSteps} --answers {answers}`;
    const home = await program.home('');
    const ran = await runWarmIn(home, { args, answers: answers.readme });
    expectKept(ran.code === 64 || ran.code === 2 ? [`it is refused: ${inWords(ran)}`] : []);
    const after = await verified(home);
    const met = ['password-policy', 'billing-access'].filter((step) =>
      after.steps.some(({ id, status }) => id === step && (status === 'met' || status === 'attested')),
    );
    expect(met).toEqual(['password-policy', 'billing-access']);
  });
});

const everyHome = [...practiceHomes, ...accounts];

/** What is said of every home of 0.1.0; and of an account that is no practice account. */
const documentsOf = async (command: 'verify' | 'plan'): Promise<readonly unknown[]> => {
  if (command === 'plan') return forEach(everyHome, planned);
  const ran = await runAt(await awsForThisTest(), lookOnly, credentials);
  return [...(await forEach(everyHome, reported)), parsed(ran, 'verify of a real account')];
};

describe.each(['verify', 'plan'] as const)("%s's JSON", (command) => {
  it('keeps every frozen key, type and value', async () => {
    const documents = await documentsOf(command);
    const what = `${command} --format json`;
    expectKept([
      ...brokenIn(what, documents, reports[command].shape),
      ...valuesGoneFrom(what, documents, reports[command].values),
    ]);
  });
});

const elementsIn = (element: Element): readonly Element[] => [
  element,
  ...element.children.flatMap(elementsIn),
];

const elementsFor = async (name: string): Promise<readonly Element[]> =>
  elementsIn(parseXml((await looked('verify --format junit', name)).stdout));

describe('JUnit', () => {
  const { attributes, inside, values, verdicts } = reports.junit;

  it('keeps every frozen element, attribute and value', async () => {
    const all = (await forEach(everyHome, elementsFor)).flat();
    const named = (name: string) => all.filter((one) => one.name === name);
    expectKept([
      ...Object.entries(attributes).flatMap(([name, keys]) => [
        ...(named(name).length > 0 ? [] : [`the element <${name}> is gone`]),
        ...keys
          .filter((key) => named(name).some((one) => !(key in one.attributes)))
          .map((key) => `<${name}> has no attribute "${key}" any more`),
      ]),
      ...Object.entries(inside).flatMap(([parent, children]) =>
        children
          .filter((child) => !named(parent).some((one) => one.children.some(({ name }) => name === child)))
          .map((child) => `<${child}> is no longer in <${parent}>`),
      ),
      ...Object.entries(values).flatMap(([where, frozen]) => {
        const [element = '', key = ''] = where.split(' ');
        const found = new Set<unknown>(named(element).map((one) => one.attributes[key]));
        return frozen
          .filter((value) => !found.has(value))
          .map((value) => `"${key}" of <${element}> is never "${String(value)}" any more`);
      }),
    ]);
  });

  it('keeps the verdict of every status, and the id before the title', async () => {
    const broken = await forEach(everyHome, async (name) => {
      const cases = (await elementsFor(name)).filter((one) => one.name === 'testcase');
      return (await reported(name)).steps
        .filter(({ id }) => stepIds.includes(id))
        .flatMap(({ id, status, skipped }) => {
          const own = cases.find((one) => one.attributes['name']?.startsWith(`${id}: `));
          if (!own) return [`no <testcase> has a name that begins with "${id}: "`];
          const verdict = verdicts[skipped ? 'skipped' : status];
          return own.children.some((child) => child.name === verdict)
            ? []
            : [`a step that is ${status} was <${verdict}>, now <${own.children[0]?.name}>`];
        });
    });
    expectKept([...new Set(broken.flat())]);
  });
});

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

describe('Markdown', () => {
  const { verify, plan, states } = reports.markdown;

  it('keeps its title, its columns and the words for every state', async () => {
    const broken = await forEach(everyHome, async (name) => {
      const lines = (await looked('verify --format markdown', name)).stdout.split('\n');
      const [header = '', , ...rows] = lines.filter((line) => line.startsWith('|'));
      const columns = cellsOf(header);
      const { steps: found } = await reported(name);
      return [
        ...(lines[0] === verify.title ? [] : [`the title was "${verify.title}", now "${lines[0]}"`]),
        ...verify.columns.filter((one) => !columns.includes(one)).map((one) => `the column "${one}" is gone`),
        ...found.flatMap(({ status, skipped }, index) => {
          const state = states[skipped ? 'skipped' : status];
          const now = cellsOf(rows[index] ?? '')[columns.indexOf('State')];
          return now === state ? [] : [`the state ${status} was "${state}", now "${now}"`];
        }),
      ];
    });
    expectKept([...new Set(broken.flat())]);
  });

  it('keeps the lines of a plan', async () => {
    const lines = (await looked('plan --format markdown', 'accounts/new')).stdout.split('\n');
    const { title, ...patterns } = plan;
    expectKept([
      ...(lines[0] === title ? [] : [`the title was "${title}", now "${lines[0]}"`]),
      ...Object.entries(patterns)
        .filter(([, pattern]) => lines.filter((line) => new RegExp(pattern).test(line)).length === 0)
        .map(([what, pattern]) => `no line of a plan is that of the ${what}: ${pattern}`),
    ]);
  });
});

/** A rehearsal by an answers file that leads to every tag. */
const tagging = {
  'root-access-keys': { 'key-1': '' },
  'admin-user': { name: 'maria' },
  'billing-access': { activated: 'activated' },
  groups: { scope: 'only-me' },
  'password-policy': { length: 14 },
  'billing-alarm': { email: 'maria@example.com', amounts: '5, 20' },
  budget: { amount: '10', email: 'maria@example.com', verified: 'yes' },
};

describe('in the account', () => {
  it('every frozen tag and name is written', async () => {
    const home = await program.home('');
    const args = `--practice --home {home} --only ${theSteps} --answers {answers}`;
    await runWarmIn(home, { args, answers: tagging });
    const written = await jsonIn<PracticeFile>(home, 'practice/account.json');
    const broken = (['users', 'topics'] as const).flatMap((where) =>
      Object.entries(account.tags[where]).flatMap(([key, pattern]) => {
        const tag = written[where].flatMap(({ tags }) => tags).find(({ Key }) => Key === key);
        if (!tag) return [`the tag "${key}" is no longer written`];
        return new RegExp(pattern).test(tag.Value)
          ? []
          : [`the tag "${key}" was ${pattern}, now ${tag.Value}`];
      }),
    );
    expectKept([...broken, ...valuesGoneFrom('what is made in the account', [written], account.names)]);
  });

  it.each(account.read)('$interface is understood', async (frozen) => {
    const statusWith = async (change: (tags: Tag[]) => Tag[]) => {
      const home = await program.home('accounts/not-proven');
      const done = await program.home('done');
      const world = await jsonIn<PracticeFile>(done, 'practice/account.json');
      for (const one of [...world.users, ...world.topics]) one.tags = change(one.tags);
      if (frozen.noPassword) for (const user of world.users) delete user.loginProfile;
      await writeFile(path.join(home, 'practice', 'account.json'), JSON.stringify(world));
      return statusIn(home, frozen.step);
    };
    const { tag, value } = frozen;
    const now = {
      with: await statusWith((tags) =>
        tags.map((one) => (one.Key === tag && value !== undefined ? { ...one, Value: value } : one)),
      ),
      without: await statusWith((tags) => tags.filter(({ Key }) => Key !== tag)),
    };
    expectKept(
      (['with', 'without'] as const)
        .filter((which) => now[which] !== frozen[which])
        .map((which) => `"${frozen.step}" ${which} it was "${frozen[which]}", now "${now[which]}"`),
    );
  });
});

const modesIn = async (home: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  (
    await Promise.all(
      Object.entries(files).map(async ([file, mode]) => {
        const stats = await stat(path.join(home, file)).catch(() => undefined);
        if (!stats) return [`${file} below the home is gone`];
        const now = (stats.mode & 0o777).toString(8);
        return process.platform === 'win32' || now === mode
          ? []
          : [`${file} had the mode ${mode}, now ${now}`];
      }),
    )
  ).flat();

const longer = { 'password-policy': { length: 16 } };

const setUpReal = (aws: FakeAws, home: string): Promise<Ran> =>
  runIn(home, { args: '--home {home} --only password-policy --answers {answers}', answers: longer }, aws);

describe('on the disk', () => {
  it('a rehearsal and a real run keep their files where they were', async () => {
    const [home, real] = [await program.home(''), await program.home('')];
    await program.run(['--practice', '--home', home, '--answers', 'defaults', '--only', 'password-policy']);
    await setUpReal(await awsForThisTest(), real);
    expectKept([...(await modesIn(home, disk.files)), ...(await modesIn(real, disk.realFiles))]);
  });

  it('progress and journal keep every frozen field', async () => {
    const [done, halfWay, word, real] = await Promise.all([
      program.home(''),
      program.home('half-way'),
      program.home(''),
      program.home(''),
    ]);
    await runWarm(['--practice', '--home', done, '--answers', 'defaults', '--only', theSteps]);
    // What was begun and skipped is written again together with all the rest.
    await runWarmIn(halfWay, {
      args: '--practice --home {home} --only root-mfa,billing-access --answers {answers}',
      answers: { 'billing-access': { activated: 'activated' } },
    });
    const onTheirWord = { 'billing-access': { activated: 'activated' }, groups: { scope: 'only-me' } };
    await runWarmIn(word, {
      args: '--practice --home {home} --only root-mfa,billing-access,groups --answers {answers}',
      answers: onTheirWord,
    });
    await setUpReal(await awsForThisTest({ mayChange: false }), real);
    const progress = await Promise.all(
      [done, halfWay, word].map((home) => jsonIn<unknown>(home, 'practice/progress.json')),
    );
    const journal = [
      ...(await linesIn(done, 'practice/journal.jsonl')),
      ...(await linesIn(real, '431209876655/journal.jsonl')),
    ];
    expectKept([
      ...brokenIn('progress.json', progress, disk.progress.shape),
      ...valuesGoneFrom('progress.json', progress, disk.progress.values),
      ...brokenIn('journal.jsonl', journal, disk.journal.shape),
      ...valuesGoneFrom('journal.jsonl', journal, disk.journal.values),
    ]);
  });

  it('a run that goes on from the files of another keeps what it does not ask about', async () => {
    const home = await program.home('half-way');
    type Kept = { steps: Record<string, object> };
    const before = await jsonIn<Kept>(home, 'practice/progress.json');
    await program.run(['--practice', '--home', home, '--answers', 'defaults', '--only', 'budget']);
    const after = await jsonIn<Kept>(home, 'practice/progress.json');
    const {
      status: _status,
      lookedAt: _lookedAt,
      ...groups
    } = before.steps['groups'] as Record<string, unknown>;
    expect(after.steps['groups']).toMatchObject(groups);
    expect(after.steps['password-policy']).toMatchObject({
      skipped: { reason: 'our identity provider does this' },
    });
  });

  it('a run holds the lock under its name, with its holder in it', async () => {
    const home = await program.folder();
    const { child, ended } = program.start(['--practice', '--home', home, '--ui', 'lines']);
    const lock = path.join(home, disk.lock.folder);
    await vi.waitFor(async () => expect(await readdir(lock)).toHaveLength(1), 60_000);
    const [holder = ''] = await readdir(lock);
    child.kill('SIGKILL');
    await ended;
    expectKept(
      new RegExp(disk.lock.holder).test(holder) ? [] : [`the holder of the lock is now named ${holder}`],
    );
  });

  it('a lock of 0.1.0 that is touched every second keeps others out', async () => {
    const home = await program.home('accounts/new');
    const lock = path.join(home, disk.lock.folder);
    await mkdir(lock);
    await writeFile(path.join(lock, '1-0123456789abcdef'), '');
    const touching = setInterval(() => void utimes(lock, new Date(), new Date()), 1000);
    onTestFinished(() => clearInterval(touching));
    const [setup, verify] = await Promise.all([
      program.run(['--practice', '--home', home, '--answers', 'defaults', '--only', 'password-policy']),
      program.run(['verify', '--practice', '--home', home]),
    ]);
    expectKept([
      ...(setup.code === 2 ? [] : [`a lock kept a setup out with exit code 2, now ${inWords(setup)}`]),
      ...(verify.code === 1 ? [] : [`"verify" could be run beside a lock, now ${inWords(verify)}`]),
    ]);
  });

  it.each(Object.entries(disk.damaged))('%s is set aside under its frozen name', async (file, pattern) => {
    const home = await program.home('done');
    await writeFile(path.join(home, file), '{"version":1,');
    await program.run(['verify', '--practice', '--home', home]);
    const names = await readdir(path.join(home, path.dirname(file)));
    expectKept(
      names.some((name) => new RegExp(pattern).test(name))
        ? []
        : [`a damaged ${file} is now in ${names.join(', ')}`],
    );
  });
});

/** What of a report stays as long as the account is the same; what is new in it does not matter. */
const sameReport = (what: string, before: VerifyReport, now: VerifyReport): readonly string[] => [
  ...Object.entries(before.account)
    .map(([key, value]) => [key, value, (now.account as Record<string, unknown>)[key]] as const)
    .filter(([, then, value]) => {
      if (typeof then !== 'object' || then === null) return then !== value;
      return typeof value !== 'object' || !includes(value, then);
    })
    .map(
      ([key, then, value]) =>
        `${what}: account.${key} was ${JSON.stringify(then)}, now ${JSON.stringify(value)}`,
    ),
  ...before.steps.flatMap(({ id, chapter, status, skipped }) => {
    const step = now.steps.find((one) => one.id === id);
    if (!step) return [`${what}: the step "${id}" is gone`];
    return [
      ...(step.status === status ? [] : [`${what}: "${id}" was "${status}", now "${step.status}"`]),
      ...(step.chapter === chapter
        ? []
        : [`${what}: the chapter of "${id}" was "${chapter}", now "${step.chapter}"`]),
      ...(skipped?.reason === step.skipped?.reason && skipped?.on === step.skipped?.on
        ? []
        : [`${what}: "${id}" was skipped (${JSON.stringify(skipped)}), now ${JSON.stringify(step.skipped)}`]),
    ];
  }),
];

const includes = (all: object | null, some: object): boolean =>
  all !== null &&
  Object.entries(some).every(([key, value]: [string, unknown]) => {
    const now = (all as Record<string, unknown>)[key];
    return typeof value === 'object' && value !== null
      ? typeof now === 'object' && includes(now, value)
      : now === value;
  });

describe('files that 0.1.0 has written', () => {
  it.each(everyHome)('still open: verify says of "%s" what it said then', async (name) => {
    const { stderr } = await looked('verify --format json', name);
    const before = await frozenIn<VerifyReport>(`0.1.0/${name}/verify.json`);
    expectKept([
      ...(stderr === '' ? [] : [`${name}: it is no longer opened without a word: ${stderr}`]),
      ...sameReport(name, before, await reported(name)),
    ]);
  });

  it('still say which step was skipped, and when', async () => {
    const { steps: found } = await reported('half-way');
    expect(found.find(({ id }) => id === 'password-policy')?.skipped).toEqual({
      reason: 'our identity provider does this',
      on: '2026-11-27T06:27:42.789Z',
    });
  });

  it("still hold the owner's word where no tag does", async () => {
    const home = await program.home('word');
    const ids = ['billing-access', 'groups', 'budget'];
    const statuses = (await verified(home)).steps.filter(({ id }) => ids.includes(id));
    expectKept(
      statuses
        .filter(({ status }) => status !== 'attested')
        .map(({ id }) => `the word on "${id}" is not read`),
    );
    type Kept = { steps: Record<string, { word?: { said: string } }> };
    const kept = await jsonIn<Kept>(home, 'practice/progress.json');
    for (const one of Object.values(kept.steps)) if (one.word) one.word.said = 'taken-back';
    await writeFile(path.join(home, 'practice', 'progress.json'), JSON.stringify(kept));
    const takenBack = (await verified(home)).steps.filter(({ id }) => ids.includes(id));
    expectKept(
      takenBack
        .filter(({ status }) => status === 'attested')
        .map(({ id }) => `taken-back on "${id}" is not read`),
    );
  });

  it('still say what was begun, with the answers that it was begun with', async () => {
    const plan = await planned('half-way');
    const calls = valuesAt(plan, 'steps[].actions[].calls[]').map((call) => JSON.stringify(call));
    const wanted = [
      ['iam:PutGroupPolicy', '"GroupName":"developers"'],
      ['iam:CreateGroup', '"GroupName":"billing"'],
      ['iam:CreateGroup', '"GroupName":"data-science"'],
      ['iam:AttachGroupPolicy', 'ReadOnlyAccess'],
    ];
    expectKept(
      wanted
        .filter((parts) => !calls.some((call) => parts.every((part) => call.includes(part))))
        .map((parts) => `what was begun no longer leads to ${parts.join(' with ')}`),
    );
  });

  it('still say that a step was begun where the account looks as if it were done', async () => {
    const home = await program.home('half-way');
    type World = { groups: { name: string; attached: string[] }[] };
    const world = await jsonIn<World>(home, 'practice/account.json');
    for (const { name, attached } of world.groups)
      if (name === 'developers') attached.push('arn:aws:iam::aws:policy/PowerUserAccess');
    await writeFile(path.join(home, 'practice', 'account.json'), JSON.stringify(world));
    expect(await statusIn(home, 'groups')).toBe('met');
    const args = 'plan --practice --home {home} --format json --only groups';
    const names = valuesAt(
      parsed(await runIn(home, { args }), args),
      'steps[].actions[].calls[].input.GroupName',
    );
    expectKept(names.includes('billing') ? [] : ['"begun" in progress.json is no longer understood']);
  });

  it('are gone on from, to the same end', async () => {
    const home = await program.home('half-way');
    const before = await readIn(home, 'practice/journal.jsonl');
    const ran = await program.run([
      '--practice',
      '--home',
      home,
      '--answers',
      'defaults',
      '--only',
      'groups',
    ]);
    const after = await readIn(home, 'practice/journal.jsonl');
    const numbers = (await linesIn(home, 'practice/journal.jsonl')).flatMap((line) => valuesAt(line, 'call'));
    const old = before.split('\n').filter(Boolean).length;
    const world = await jsonIn<unknown>(home, 'practice/account.json');
    type Kept = { steps: Record<string, { begun?: boolean }> };
    const kept = await jsonIn<Kept>(home, 'practice/progress.json');
    expectKept([
      ...(ran.code === 0 ? [] : [`what was begun is not brought to its end: ${inWords(ran)}`]),
      ...(after.startsWith(before) ? [] : ['the journal is no longer only added to']),
      ...(numbers[old] === Number(numbers[old - 1]) + 1 ? [] : ['the journal no longer counts on']),
      ...valuesGoneFrom('the account', [world], {
        'groups[].name': ['developers', 'billing', 'data-science'],
      }),
      ...(kept.steps['groups']?.begun ? ['what was begun is still begun after its end'] : []),
    ]);
  });

  it.each(['done/practice', 'half-way/practice', 'word/practice', 'real/431209876655'])(
    'still have a journal that is read as a whole: %s',
    async (name) => {
      const [top = '', folder = ''] = name.split('/');
      const home = await program.home(top);
      const written = await linesIn(home, path.join(folder, 'journal.jsonl'));
      expect(await readJournal(path.join(home, folder))).toEqual(written);
    },
  );

  it('still have a journal in which an unfinished entry is noticed', async () => {
    const home = await program.home('half-way');
    const lines = await readJournal(path.join(home, 'practice'));
    const ended = new Set(lines.filter(({ phase }) => phase !== 'begin').map(({ call }) => call));
    const unfinished = lines.filter(({ call }) => !ended.has(call));
    expect(unfinished).toMatchObject([{ call: 9, operation: 'iam:PutGroupPolicy', phase: 'begin' }]);
  });

  it('still belong to a real account by its number', async () => {
    const home = await program.home('real');
    const aws = await awsForThisTest();
    const env = { ...credentials, AWS_ENDPOINT_URL: aws.url };
    type Kept = { steps: Record<string, object> };
    const file = path.join(home, '431209876655', 'progress.json');
    const kept = await jsonIn<Kept>(home, '431209876655/progress.json');
    const skipped = { reason: 'elsewhere', on: '2026-11-27T06:27:42.789Z' };
    kept.steps['password-policy'] = { ...kept.steps['password-policy'], skipped };
    await writeFile(file, JSON.stringify(kept));
    const args = ['verify', '--home', home, '--only', 'password-policy', '--format', 'json'];
    const found = parsed(await program.run(args, { env }), args.join(' ')) as VerifyReport;
    expectKept(
      found.steps[0]?.skipped?.reason === 'elsewhere' ? [] : ['431209876655/progress.json is no longer read'],
    );
  });
});

describe('operations', () => {
  const gone = (where: keyof typeof operations, found: readonly unknown[]) =>
    operations[where]
      .filter((one) => !found.includes(one))
      .map((one) => `${one} is no longer named in: ${where}`);

  it('keep their names in the journal', async () => {
    const home = await program.home('');
    // By default nobody else works in the account, and so no team is made.
    await runWarmIn(home, {
      args: '--practice --home {home} --only groups --answers {answers}',
      answers: { groups: { scope: 'teams', teams: ['developers'], 'require-mfa': true } },
    });
    await runWarm(['--practice', '--home', home, '--answers', 'defaults', '--only', theSteps]);
    const lines = await linesIn(home, 'practice/journal.jsonl');
    expectKept(
      gone(
        'journal',
        lines.flatMap((line) => valuesAt(line, 'operation')),
      ),
    );
  });

  it('keep their names in plans and in evidence', async () => {
    const plans = await forEach(everyHome, planned);
    const reportsOfAll = await forEach(everyHome, reported);
    expectKept([
      ...gone(
        'plan',
        plans.flatMap((plan) => valuesAt(plan, 'steps[].actions[].calls[].operation')),
      ),
      ...gone(
        'evidence',
        reportsOfAll.flatMap((one) => valuesAt(one, 'steps[].evidence[].operation')),
      ),
    ]);
  });
});
