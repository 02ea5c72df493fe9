import { describe, expect, it } from 'vitest';
import { judgeRequest } from '../../../src/aws/policies/decide.ts';
import { parsePolicyDocument } from '../../../src/aws/policies/document.ts';
import { isRead } from '../../../src/aws/operation-name.ts';
import { requireMfaPolicyDocument } from '../../../src/steps/groups/require-mfa.ts';

type Statement = {
  Effect: string;
  Action?: string | string[];
  NotAction?: string[];
  Resource: string | string[];
  Condition?: object;
};

const { Version, Statement } = JSON.parse(requireMfaPolicyDocument) as {
  Version: string;
  Statement: Statement[];
};
const denial = Statement.find(({ NotAction }) => NotAction);
const allowed = Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action ?? []);

/** Whether a member may make a call: with a password (and MFA or not), or with an access key, whose requests do not say. */
const judge = (action: string, resource: string, mfa: readonly string[]) =>
  judgeRequest([parsePolicyDocument(requireMfaPolicyDocument)], {
    action,
    resource,
    context: {
      'aws:username': ['jo'],
      // Nothing in the list: the request does not say.
      'aws:multifactorauthpresent': mfa,
    },
  });

const own = { user: 'arn:aws:iam::431209876655:user/jo', device: 'arn:aws:iam::431209876655:mfa/jo' };

describe('the policy that requires MFA', () => {
  it('has the version that supports the variable for the name of the user', () => {
    expect(Version).toBe('2012-10-17');
    expect(requireMfaPolicyDocument).toContain(`\${aws:username}`);
  });

  it('fits into a group, whose limit is 5,120 characters without blanks', () => {
    expect(requireMfaPolicyDocument.replaceAll(/\s/g, '').length).toBeLessThan(5120);
  });

  it('denies everything else to a session without MFA, also when the session does not say whether it has MFA', () => {
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

  it.each([
    ['iam:CreateVirtualMFADevice', own.device],
    ['iam:EnableMFADevice', own.user],
    ['iam:ResyncMFADevice', own.user],
    ['iam:DeleteVirtualMFADevice', own.device],
  ])(
    'lets a member call %s after a sign-in with the password, and not with an access key',
    (action, resource) => {
      expect(judge(action, resource, ['false'])).toBe('yes');
      expect(judge(action, resource, ['true'])).toBe('yes');
      expect(judge(action, resource, [])).toBe('no');
    },
  );

  it('lets a member delete a device of that name only', () => {
    expect(judge('iam:DeleteVirtualMFADevice', 'arn:aws:iam::431209876655:mfa/maria', ['false'])).toBe('no');
  });

  it('allows nothing that changes another user', () => {
    const everywhere = Statement.filter(({ Effect, Resource }) => Effect === 'Allow' && Resource === '*');
    const changing = everywhere.flatMap(({ Action }) => Action ?? []).filter((one) => !isRead(one));
    expect(changing).toEqual([]);
  });
});
