import { describe, expect, it } from 'vitest';
import { checkStep } from '../../src/run/check.ts';
import { startPracticeRun, openSession, findStep } from '../_support/practice-run.ts';

describe('the evidence of a check', () => {
  it('has no call of the session when the check does not use what the session knows', async () => {
    const { evidence } = await checkStep(
      findStep('password-policy'),
      await openSession(await startPracticeRun()),
    );
    expect(evidence.map(({ operation }) => operation)).toEqual(['iam:GetAccountPasswordPolicy']);
  });

  it('has the call that identified the caller, without a second one, when the check uses the identity', async () => {
    const practiceRun = await startPracticeRun();
    const session = await openSession(practiceRun);
    const before = practiceRun.practice.log.length;
    const { evidence } = await checkStep(findStep('root-access-keys'), session);
    expect(evidence.slice(0, 1)).toEqual(session.evidence.identity);
    expect(evidence[0]).toMatchObject({ operation: 'sts:GetCallerIdentity' });
    const asked = practiceRun.practice.log.slice(before).map(({ operation }) => operation);
    expect(asked).not.toContain('sts:GetCallerIdentity');
  });

  it('has all calls about the account when the check uses the account', async () => {
    const session = await openSession(await startPracticeRun());
    const { evidence } = await checkStep(findStep('billing-alarm'), session);
    expect(evidence.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['iam:ListAccountAliases', 'organizations:DescribeOrganization']),
    );
  });
});
