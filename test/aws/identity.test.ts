import { describe, expect, it } from 'vitest';
import { readAccountInfo } from '../../src/aws/account-kind.ts';
import { readIdentity } from '../../src/aws/identity.ts';
import { createAccessDeniedError } from '../../src/practice/faults.ts';
import type { PracticeOptions } from '../../src/practice/account.ts';
import { createScenarioUser } from '../../src/practice/scenarios/scenarios.ts';
import { runScripted, startPracticeRun } from '../_support/practice-run.ts';
import { accountWith } from '../_support/practice-worlds.ts';

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
});
