import { describe, expect, it } from 'vitest';
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
