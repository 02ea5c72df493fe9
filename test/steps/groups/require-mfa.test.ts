import { describe, expect, it } from 'vitest';
import { isRead } from '../../../src/aws/operation-name.ts';
import { requireMfaPolicyDocument } from '../../../src/steps/groups/require-mfa.ts';

type Statement = {
  Effect: string;
  Action?: string[];
  NotAction?: string[];
  Resource: string | string[];
  Condition?: object;
};

const { Version, Statement } = JSON.parse(requireMfaPolicyDocument) as {
  Version: string;
  Statement: Statement[];
};
const denials = Statement.filter(({ Effect }) => Effect === 'Deny');
const [denial] = denials;
const allowed = Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action ?? []);

describe('the policy that requires MFA', () => {
  it('has the version that supports the variable for the name of the user', () => {
    expect(Version).toBe('2012-10-17');
    expect(requireMfaPolicyDocument).toContain(`\${aws:username}`);
  });

  it('fits into a group, whose limit is 5,120 characters without blanks', () => {
    expect(requireMfaPolicyDocument.replaceAll(/\s/g, '').length).toBeLessThan(5120);
  });

  it('denies everything else to a session without MFA, also when the session does not say whether it has MFA', () => {
    expect(denials).toHaveLength(1);
    expect(denial).toMatchObject({
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    });
  });

  it.each([
    ['enrol', ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'iam:ListMFADevices', 'iam:GetUser']],
    ['clean up after an enrolment that was broken off', ['iam:DeleteVirtualMFADevice']],
    ['change a password that must be changed first', ['iam:ChangePassword', 'iam:GetAccountPasswordPolicy']],
  ])('lets a member %s without MFA', (_what, actions) => {
    expect(denial?.NotAction).toEqual(expect.arrayContaining(actions));
    expect(allowed).toEqual(expect.arrayContaining(actions));
  });

  it.each([
    'iam:DeactivateMFADevice',
    'iam:CreateAccessKey',
    'iam:CreateLoginProfile',
    'iam:AttachUserPolicy',
  ])('does not let a member without MFA call %s', (action) => {
    expect(denial?.NotAction).not.toContain(action);
    expect(denial?.NotAction?.some((one) => one.includes('*'))).toBe(false);
  });

  it('allows nothing that changes another user', () => {
    const everywhere = Statement.filter(({ Effect, Resource }) => Effect === 'Allow' && Resource === '*');
    const changing = everywhere.flatMap(({ Action }) => Action ?? []).filter((one) => !isRead(one));
    expect(changing).toEqual([]);
  });
});
