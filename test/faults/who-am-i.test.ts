import { afterAll, describe, expect, it } from 'vitest';
import { newAccount, scenarios, type Scenario } from '../../src/practice/scenarios.ts';
import { large } from '../../src/practice/large-account.ts';
import type { World } from '../../src/practice/world.ts';
import { steps } from '../../src/steps/index.ts';
import { verify } from '../../src/verify.ts';
import { changesIn, lookAt, play, rehearse, sessionOf, stepNamed } from '../rehearse.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { plantAdministrator } from '../worlds.ts';
import { plantIn, runHere } from './in-process.ts';
import { tally } from './tally.ts';

const now = new Date('2026-11-23T12:00:00.000Z');

let tried = 0;
let survived = 0;
afterAll(() => tally('who am I', tried, survived, 'identities'));

const counted = async (work: () => Promise<void>): Promise<void> => {
  tried += 1;
  await work();
  survived += 1;
};

describe.each<[Scenario, RegExp, RegExp]>([
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
    counted(async () => {
      const home = await temporaryFolder();
      const world = scenarios[scenario](newAccount(new Date()));
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
    counted(async () => {
      const rehearsal = await rehearse({ scenario });
      await expect(sessionOf(rehearsal)).rejects.toThrow(why);
      expect(changesIn(rehearsal)).toEqual([]);
      expect(rehearsal.practice.log.map(({ operation }) => operation)).not.toContain('iam:GetAccountSummary');
    }));
});

const member = (world: World): World => scenarios.member(world);
const livedIn = (world: World): World => {
  const account = { ...world.account, createdAt: '2019-05-01T08:00:00.000Z' };
  const old = large({ ...world, account }, { users: 400, groups: 40 });
  plantAdministrator(old, 'grace');
  return { ...old, caller: { kind: 'user', name: 'grace' } };
};

const welcomes: readonly (readonly [string, (world: World) => World, RegExp, readonly string[]])[] = [
  ['root', scenarios.clean, /signed in as the root user of the account 4312-0987-6655/, []],
  ['root on its own access key', scenarios['on-root-key'], /signed in as the root user of the account/, []],
  [
    'root of the account at the head of an organization',
    scenarios.management,
    /signed in as the root user/,
    [],
  ],
  [
    'a role',
    (world) => ({ ...world, caller: { kind: 'role', name: 'Deployer' } }),
    /signed in as the role Deployer .*What only root can do, this program shows you/,
    [],
  ],
  [
    'a role of single sign-on',
    scenarios['single-sign-on'],
    /the single sign-on role AdministratorAccess of .*nobody needs an IAM user.*an IAM administrator is the way in/,
    [],
  ],
  [
    'a role in a member account without a root password',
    member,
    /the role OrganizationAccountAccessRole/,
    ['root-mfa', 'billing-access'],
  ],
  [
    'the one person of a project of the newer sign-up',
    scenarios.project,
    /the role AccountFullAccessRole .*It is a project of the newer AWS sign-up.*settings\.aws\.com/,
    ['root-mfa', 'root-access-keys', 'admin-user', 'billing-access', 'groups', 'billing-alarm'],
  ],
  [
    'the administrator of an account that is not new',
    livedIn,
    /the user grace of .* made on 2019-05-01.*not a new account/,
    [],
  ],
];

describe.each(welcomes)('%s', (_, from, words, notApplicable) => {
  const begun = () => rehearse({ scenario: from(newAccount(now)) });

  it('is told in plain words who they are', () =>
    counted(async () => {
      const { said } = await play(await begun());
      expect(said.replaceAll('\n', ' ')).toMatch(words);
    }));

  it('sees only the steps not needed whose premise does not hold, with the reason', () =>
    counted(async () => {
      const { steps: seen } = await verify(await sessionOf(await begun()), steps);
      const notNeeded = seen.filter(({ status }) => status === 'not-applicable');
      expect(notNeeded.map(({ id }) => id)).toEqual(notApplicable);
      for (const { summary } of notNeeded) expect(summary).toMatch(/no password|project/);
      expect(seen.filter(({ status }) => status === 'unknown')).toEqual([]);
    }));
});

describe('an account that is not new', () => {
  it('keeps everybody and everything that is in it', () =>
    counted(async () => {
      const rehearsal = await rehearse({ scenario: livedIn(newAccount(now)) });
      const before = rehearsal.practice.snapshot();
      await play(rehearsal);
      const after = rehearsal.practice.snapshot();
      const tagless = (world: World) => world.users.map(({ tags: _tags, ...user }) => user);
      expect(tagless(after)).toEqual(tagless(before));
      expect(after.groups).toEqual(expect.arrayContaining(before.groups));
    }));

  it('says that its administrator is there already, out of hundreds of users', () =>
    counted(async () => {
      const rehearsal = await rehearse({ scenario: livedIn(newAccount(now)) });
      const { finding } = await lookAt(stepNamed('admin-user'), rehearsal);
      expect(finding).toMatchObject({ status: 'met', summary: 'grace, with MFA' });
    }));
});
