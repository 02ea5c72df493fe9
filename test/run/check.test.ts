import { describe, expect, it } from 'vitest';
import { checkStep } from '../../src/run/check.ts';
import { rehearse, sessionOf, stepNamed } from '../_support/rehearse.ts';

describe('a check', () => {
  it('has no call of the session as evidence where it makes no use of what that told', async () => {
    const { evidence } = await checkStep(stepNamed('password-policy'), await sessionOf(await rehearse()));
    expect(evidence.map(({ operation }) => operation)).toEqual(['iam:GetAccountPasswordPolicy']);
  });

  it('does not ask who is calling again, and has the call that told so as evidence', async () => {
    const rehearsal = await rehearse();
    const session = await sessionOf(rehearsal);
    const before = rehearsal.practice.log.length;
    const { evidence } = await checkStep(stepNamed('root-access-keys'), session);
    expect(evidence.slice(0, 1)).toEqual(session.evidence.identity);
    expect(evidence[0]).toMatchObject({ operation: 'sts:GetCallerIdentity' });
    const asked = rehearsal.practice.log.slice(before).map(({ operation }) => operation);
    expect(asked).not.toContain('sts:GetCallerIdentity');
  });

  it('rests on all that the session was told of the account where it makes use of that', async () => {
    const session = await sessionOf(await rehearse());
    const { evidence } = await checkStep(stepNamed('billing-alarm'), session);
    expect(evidence.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['iam:ListAccountAliases', 'organizations:DescribeOrganization']),
    );
  });
});
