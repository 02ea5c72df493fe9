import { afterAll, describe, expect, it } from 'vitest';
import { createNewAccount, scenarios, type ScenarioName } from '../../src/practice/scenarios/scenarios.ts';
import { createLargeAccount } from '../../src/practice/scenarios/large-account.ts';
import type { World } from '../../src/practice/world/world.ts';
import { allSteps } from '../../src/steps/index.ts';
import { verifySteps } from '../../src/commands/verify.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  openSession,
  findStep,
} from '../_support/practice-run.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { plantAdministrator } from '../_support/practice-worlds.ts';
import { plantIn, runHere } from './_support/in-process.ts';
import { tally } from './_support/tally.ts';

const now = new Date('2026-11-23T12:00:00.000Z');

/** Each kind of caller or account, and whether everything that was tried with it went well so far. */
const kinds = new Map<string, boolean>();
afterAll(() => tally('who am I', kinds.size, [...kinds.values()].filter(Boolean).length, 'identities'));

const counted = async (kind: string, work: () => Promise<void>): Promise<void> => {
  const before = kinds.get(kind) ?? true;
  kinds.set(kind, false);
  await work();
  kinds.set(kind, before);
};

describe.each<[ScenarioName, RegExp, RegExp]>([
  ['federated', /temporary federated user alice/, /Sign in as root or as an IAM user/],
  ['session', /does not let this session call IAM/, /made with an MFA code/],
  ['china', /partition aws-cn/, /standard AWS accounts/],
  ['govcloud', /partition aws-us-gov/, /standard AWS accounts/],
])('whoever comes as in "%s"', (scenario, why, instead) => {
  it.each([
    ['setup', '--answers', 'defaults'],
    ['setup', '--ui', 'lines'],
    ['verify', '--format', 'json'],
    ['plan', '--format', 'table'],
  ])('is told so at once by %s %s %s, and what to do instead', (...args) =>
    counted(scenario, async () => {
      const home = await temporaryFolder();
      const world = scenarios[scenario](createNewAccount(new Date()));
      await plantIn(home, world);
      const { code, stdout, stderr } = await runHere(home, ...args);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(why);
      expect(stderr).toMatch(instead);
      expect(stderr).toContain('Nothing was changed.');
      expect(stderr).not.toMatch(/\n\s+at |mistake in aws-first-steps|Root MFA/);
    }),
  );

  it('is refused before anything is looked at or changed', () =>
    counted(scenario, async () => {
      const rehearsal = await startPracticeRun({ scenario });
      await expect(openSession(rehearsal)).rejects.toThrow(why);
      expect(listChanges(rehearsal)).toEqual([]);
      expect(rehearsal.practice.log.map(({ operation }) => operation)).not.toContain('iam:GetAccountSummary');
    }));
});

const livedIn = (world: World): World => {
  const account = { ...world.account, createdAt: '2019-05-01T08:00:00.000Z' };
  const old = createLargeAccount({ ...world, account }, { users: 400, groups: 40 });
  plantAdministrator(old, 'grace');
  return { ...old, caller: { kind: 'user', name: 'grace' } };
};

/** The head of an organization, and its members, are told what belonging to it means. */
const organized = /It is (?:the management account|a member) of an AWS organization/;

/** What each kind of caller is told, what they must not be told, and which steps they have no need of. */
type Welcome = {
  from: (world: World) => World;
  words: RegExp;
  never?: RegExp;
  notApplicable?: readonly string[];
};

const welcomes: Readonly<Record<string, Welcome>> = {
  root: {
    from: scenarios.new,
    words: /signed in as the root user of the account 4312-0987-6655, .*made on 2026-11-23\./,
    never: /It is (?:the management account|a member) of an AWS organization|which this program runs on/,
  },
  'root on its own access key': {
    from: scenarios['on-root-key'],
    words:
      /signed in as the root user of the account .*delete AKIA\w+, which this program runs on.*can no longer look into the account/,
    never: organized,
  },
  'root of the account at the head of an organization': {
    from: scenarios.management,
    words:
      /signed in as the root user of .*It is the management account of an AWS organization: its bill is that of all member accounts/,
    never: /It is a member/,
  },
  'a role': {
    from: (world) => ({ ...world, caller: { kind: 'role', name: 'Deployer' } }),
    words: /signed in as the role Deployer .*Some steps need root: this program shows you/,
    never: organized,
  },
  'a role of single sign-on': {
    from: scenarios['single-sign-on'],
    words:
      /the single sign-on role AdministratorAccess of .*nobody needs an IAM user.*an IAM administrator is the way in/,
    never: organized,
  },
  'a role in a member account without a root password': {
    from: scenarios.member,
    words:
      /the role OrganizationAccountAccessRole of .*It is a member of an AWS organization: .*The management account pays its bill/,
    never: /It is the management account/,
    notApplicable: ['root-mfa', 'billing-access'],
  },
  'the one person of a project of the newer sign-up': {
    from: scenarios.project,
    words: /the role AccountFullAccessRole .*It is a project of the newer AWS sign-up.*settings\.aws\.com/,
    never: organized,
    notApplicable: [
      'root-mfa',
      'root-access-keys',
      'admin-user',
      'billing-access',
      'groups',
      'billing-alarm',
    ],
  },
  'the administrator of an account that is not new': {
    from: livedIn,
    words: /the user grace of .* made on 2019-05-01.*not a new account/,
    never: organized,
  },
};

describe.each(Object.entries(welcomes))('%s', (kind, { from, words, never = /^\b$/, notApplicable = [] }) => {
  const begun = () => startPracticeRun({ scenario: from(createNewAccount(now)) });

  it('is told in plain words who they are', () =>
    counted(kind, async () => {
      const said = (await runScripted(await begun())).said.replaceAll('\n', ' ');
      expect(said).toMatch(words);
      expect(said).not.toMatch(never);
    }));

  it('sees only the steps not needed whose premise does not hold, with the reason', () =>
    counted(kind, async () => {
      const { steps: seen } = await verifySteps(await openSession(await begun()), allSteps);
      const notNeeded = seen.filter(({ status }) => status === 'not-applicable');
      expect(notNeeded.map(({ id }) => id)).toEqual(notApplicable);
      for (const { summary } of notNeeded) expect(summary).toMatch(/no password|project/);
      expect(seen.filter(({ status }) => status === 'unknown')).toEqual([]);
    }));
});

const notNew = 'the administrator of an account that is not new';

describe('an account that is not new', () => {
  it('keeps everybody and everything that is in it', () =>
    counted(notNew, async () => {
      const rehearsal = await startPracticeRun({ scenario: livedIn(createNewAccount(now)) });
      const before = rehearsal.practice.snapshot();
      await runScripted(rehearsal);
      const after = rehearsal.practice.snapshot();
      const tagless = (world: World) => world.users.map(({ tags: _tags, ...user }) => user);
      expect(tagless(after)).toEqual(tagless(before));
      expect(after.groups).toEqual(expect.arrayContaining(before.groups));
    }));

  it('says that its administrator is there already, out of hundreds of users', () =>
    counted(notNew, async () => {
      const rehearsal = await startPracticeRun({ scenario: livedIn(createNewAccount(now)) });
      const { finding } = await checkIn(findStep('admin-user'), rehearsal);
      expect(finding).toMatchObject({ status: 'met', summary: 'grace, with MFA' });
    }));
});
