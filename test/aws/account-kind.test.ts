import { describe, expect, it } from 'vitest';
import { readAccountInfo } from '../../src/aws/account-kind.ts';
import { readIdentity } from '../../src/aws/identity.ts';
import { createAccessDeniedError } from '../../src/practice/faults.ts';
import { openSession, startPracticeRun } from '../_support/practice-run.ts';

const accountWhere = async (information: () => Promise<object>) => {
  const practiceRun = await startPracticeRun();
  const aws = practiceRun.aws.withPlugin(({ operation }, next) =>
    operation === 'account:GetAccountInformation' ? information() : next(),
  );
  return (await openSession({ ...practiceRun, aws })).account;
};

describe('an account', () => {
  it('is known by the name and the day that AWS tells', async () => {
    const made = new Date('2026-11-01T00:00:00Z');
    expect(
      await accountWhere(() => Promise.resolve({ AccountName: 'shop', AccountCreatedDate: made })),
    ).toMatchObject({ name: 'shop', createdOn: made });
  });

  it.each<[string, () => Promise<object>]>([
    ['tells neither', () => Promise.resolve({})],
    ['refuses to tell', () => Promise.reject(createAccessDeniedError('account:GetAccountInformation'))],
  ])('has no name and no day where AWS %s', async (_, information) => {
    const account = await accountWhere(information);
    expect(account).not.toHaveProperty('name');
    expect(account).not.toHaveProperty('createdOn');
    expect(account.kind).toBe('standalone');
  });
});

describe('the kind of an account', () => {
  const kindWhere = async (Organization: object | undefined, Arn?: string) => {
    const practiceRun = await startPracticeRun();
    const aws = practiceRun.aws.withPlugin(async ({ operation }, next) => {
      if (operation === 'organizations:DescribeOrganization') return { Organization };
      return operation === 'sts:GetCallerIdentity' && Arn ? { Arn } : next();
    });
    return (await readAccountInfo(aws, await readIdentity(aws))).kind;
  };
  const role = (name: string) => `arn:aws:sts::431209876655:assumed-role/${name}/maria`;

  it('is unknown where AWS names no management account', async () => {
    expect(await kindWhere(undefined)).toBe('unknown');
    expect(await kindWhere({})).toBe('unknown');
  });

  it('is that of the organization in which it is, and a project with the role of projects', async () => {
    const MasterAccountId = '111122223333';
    expect(await kindWhere({ MasterAccountId: '431209876655' })).toBe('management');
    expect(await kindWhere({ MasterAccountId })).toBe('member');
    expect(await kindWhere({ MasterAccountId }, role('Admin'))).toBe('member');
    expect(await kindWhere({ MasterAccountId }, role('AccountFullAccessRole'))).toBe('project');
  });
});

describe('the plan of an account', () => {
  const planWhere = async (answer: object) => {
    const practiceRun = await startPracticeRun();
    const aws = practiceRun.aws.withPlugin(({ operation }, next) =>
      operation === 'freetier:GetAccountPlanState' ? Promise.resolve(answer) : next(),
    );
    return (await readAccountInfo(aws, await readIdentity(aws))).plan;
  };
  const free = { accountPlanType: 'FREE', accountPlanStatus: 'ACTIVE' };

  it('has credits and an end only where AWS tells them in full', async () => {
    const until = new Date('2027-05-01T00:00:00Z');
    const credits = { amount: 100, unit: 'USD' };
    const base = { type: 'FREE', status: 'ACTIVE' };
    expect(await planWhere(free)).toEqual(base);
    expect(
      await planWhere({ ...free, accountPlanRemainingCredits: credits, accountPlanExpirationDate: until }),
    ).toEqual({ ...base, credits, until });
    expect(await planWhere({ ...free, accountPlanRemainingCredits: { amount: 100 } })).toEqual(base);
    expect(await planWhere({ ...free, accountPlanRemainingCredits: { unit: 'USD' } })).toEqual(base);
  });

  it('still has credits when none are left', async () => {
    const credits = { amount: 0, unit: 'USD' };
    expect(await planWhere({ ...free, accountPlanRemainingCredits: credits })).toMatchObject({ credits });
  });

  it.each([{}, { accountPlanType: 'FREE' }, { accountPlanStatus: 'ACTIVE' }])(
    'is missing where AWS does not tell type and status: %j',
    async (answer) => {
      expect(await planWhere(answer)).toBeUndefined();
    },
  );
});
