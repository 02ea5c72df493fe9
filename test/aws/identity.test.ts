import { IAMServiceException } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { readAccountInfo } from '../../src/aws/account-kind.ts';
import {
  describeIdentity,
  formatAccountId,
  getSignInUrl,
  isCredentialsRejection,
  isProjectIdentity,
  parsePermissionSet,
  readAccountAlias,
  readIdentity,
} from '../../src/aws/identity.ts';
import { createAccessDeniedError } from '../../src/practice/faults.ts';
import type { PracticeOptions } from '../../src/practice/account.ts';
import { createScenarioUser } from '../../src/practice/scenarios/scenarios.ts';
import { runScripted, startPracticeRun } from '../_support/practice-run.ts';
import { accountWith } from '../_support/practice-worlds.ts';

const answeringWith = async (Arn: string | undefined) =>
  (await startPracticeRun()).aws.withPlugin(async ({ operation }, next) =>
    operation === 'sts:GetCallerIdentity' ? { Arn } : next(),
  );

const standing = async (options: PracticeOptions) => {
  const { aws } = await startPracticeRun(options);
  return (await readAccountInfo(aws, await readIdentity(aws))).kind;
};

describe('the kind of account', () => {
  it('is read from AWS: standalone, member or management', async () => {
    expect(await standing({ scenario: 'new' })).toBe('standalone');
    expect(await standing({ scenario: 'member' })).toBe('member');
    expect(await standing({ scenario: 'management' })).toBe('management');
  });

  it('is unknown when AWS refuses to tell, which is no reason to stop', async () => {
    const answer = (operation: string) =>
      operation.startsWith('organizations:') ? createAccessDeniedError(operation) : undefined;
    expect(await standing({ faults: { getError: answer } })).toBe('unknown');
  });

  it('is shown at the start, with what it means', async () => {
    expect((await runScripted(await startPracticeRun({ scenario: 'member' }))).said).toContain(
      'a member of an AWS organization',
    );
    expect((await runScripted(await startPracticeRun({ scenario: 'management' }))).said).toContain(
      'the management account',
    );
  });
});

describe('the identity of the caller', () => {
  it('is the user by name, whatever path IAM keeps the user in', async () => {
    const scenario = accountWith((world) => {
      world.users.push(createScenarioUser(world, 'maria', { path: '/staff/berlin/' }));
      world.caller = { kind: 'user', name: 'maria' };
    });
    const { aws } = await startPracticeRun({ scenario });
    expect(await readIdentity(aws)).toMatchObject({ kind: 'user', name: 'maria' });
  });

  it.each([
    ['arn:aws:iam::431209876655:root', { kind: 'root', name: '' }],
    ['arn:aws:iam::431209876655:user/staff/maria', { kind: 'user', name: 'maria' }],
    ['arn:aws:sts::431209876655:assumed-role/Admin/maria', { kind: 'role', name: 'Admin' }],
    [
      'arn:aws:sts::431209876655:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/maria',
      { kind: 'single-sign-on', name: 'Admin' },
    ],
    // A session may be called like anything, also like the role of a project or with a colon.
    ['arn:aws:sts::431209876655:assumed-role/Admin/AccountFullAccessRole:1', { kind: 'role', name: 'Admin' }],
  ])('is read from %s', async (Arn, identity) => {
    const { aws } = await startPracticeRun();
    const answering = aws.withPlugin(async ({ operation }, next) =>
      operation === 'sts:GetCallerIdentity' ? { Arn } : next(),
    );
    expect(await readIdentity(answering)).toMatchObject({ ...identity, accountId: '431209876655' });
  });

  it('is a temporary federated user by name', async () => {
    const Arn = 'arn:aws:sts::431209876655:federated-user/maria';
    expect(await readIdentity(await answeringWith(Arn))).toMatchObject({
      kind: 'federated-user',
      name: 'maria',
    });
  });

  it.each([
    [undefined, 'AWS answered without saying who is signed in.'],
    ['arn:aws:iam::431209876655:robot/7', 'an identity that this program does not know: arn:aws:iam::'],
  ])('is refused, with what may be in between, where AWS says %s', async (Arn, sentence) => {
    const refused = readIdentity(await answeringWith(Arn));
    await expect(refused).rejects.toThrow(sentence);
    await expect(refused).rejects.toMatchObject({ nextSteps: [expect.stringContaining('proxy')] });
  });

  it('is described with its name where it has one', () => {
    const base = { accountId: '431209876655', arn: '', partition: 'aws' };
    expect(describeIdentity({ ...base, kind: 'root', name: '' })).toBe('root user');
    expect(describeIdentity({ ...base, kind: 'single-sign-on', name: 'Admin' })).toBe(
      'single sign-on role Admin',
    );
  });

  it('is that of a project only with the very role that projects use', () => {
    const base = { accountId: '431209876655', arn: '', partition: 'aws' };
    const name = 'AccountFullAccessRole';
    expect(isProjectIdentity({ ...base, kind: 'role', name })).toBe(true);
    expect(isProjectIdentity({ ...base, kind: 'user', name })).toBe(false);
    expect(isProjectIdentity({ ...base, kind: 'role', name: 'Admin' })).toBe(false);
  });

  it('is that of a permission set only with a role that IAM Identity Center has made', () => {
    expect(parsePermissionSet('AWSReservedSSO_Power_User_0123456789abcdef')).toBe('Power_User');
    for (const role of [
      'xAWSReservedSSO_Admin_0123456789abcdef',
      'AWSReservedSSO_Admin_0123456789abcdef0',
      'AWSReservedSSO_Admin_0123456789abcde',
      'AWSReservedSSO__0123456789abcdef',
      'Admin',
    ]) {
      expect(parsePermissionSet(role)).toBeUndefined();
    }
  });
});

describe('the number of an account', () => {
  it('is written in groups of four digits', () => {
    expect(formatAccountId('431209876655')).toBe('4312-0987-6655');
  });

  it.each(['4312098766551', '43120987665', 'x431209876655', ''])(
    'stays as it is when it is none: "%s"',
    (id) => {
      expect(formatAccountId(id)).toBe(id);
    },
  );

  it('is in the address at which its users sign in, unless the account has an alias', () => {
    const accountId = '431209876655';
    expect(getSignInUrl({ accountId })).toBe('https://431209876655.signin.aws.amazon.com/console');
    expect(getSignInUrl({ accountId, alias: 'acme' })).toBe('https://acme.signin.aws.amazon.com/console');
  });
});

describe('the alias of an account', () => {
  const readWith = async (answer: () => Promise<object>) => {
    const { aws } = await startPracticeRun();
    return readAccountAlias(aws.withPlugin(() => answer()));
  };

  it('is the first that AWS names, and missing where AWS names none or refuses to', async () => {
    expect(await readWith(() => Promise.resolve({ AccountAliases: ['acme'] }))).toBe('acme');
    expect(await readWith(() => Promise.resolve({ AccountAliases: [] }))).toBeUndefined();
    expect(await readWith(() => Promise.resolve({}))).toBeUndefined();
    expect(
      await readWith(() => Promise.reject(createAccessDeniedError('iam:ListAccountAliases'))),
    ).toBeUndefined();
  });

  it('is an error where AWS rejects the credentials themselves', async () => {
    const error = new IAMServiceException({
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
      $fault: 'client',
      $metadata: {},
    });
    expect(isCredentialsRejection(error)).toBe(true);
    await expect(readWith(() => Promise.reject(error))).rejects.toBe(error);
  });
});
