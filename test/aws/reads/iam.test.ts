import { IAMServiceException } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import {
  readAccountSummary,
  readIamRoom,
  readPasswordPolicy,
  readUsersAndGroups,
  readVirtualMfaDevices,
} from '../../../src/aws/reads/iam.ts';
import { startPracticeRun } from '../../_support/practice-run.ts';

const answering = async (...answers: readonly object[]) => {
  let nth = -1;
  return (await startPracticeRun()).aws.withPlugin(async () => {
    nth += 1;
    return answers[Math.min(nth, answers.length - 1)] ?? {};
  });
};
const own = 'arn:aws:iam::123456789012:policy/Own';
const aws = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const version = (VersionId: string, IsDefaultVersion: boolean | undefined, Document?: string) => ({
  VersionId,
  IsDefaultVersion,
  Document,
});

describe('the users and groups of an account', () => {
  it('are those of all pages', async () => {
    const read = await readUsersAndGroups(
      await answering(
        { UserDetailList: [{ UserName: 'maria' }], IsTruncated: true, Marker: 'next' },
        {
          UserDetailList: [
            { UserName: 'anna', GroupList: ['developers'], Tags: [{ Key: 'team', Value: 'web' }] },
          ],
          GroupDetailList: [{ GroupName: 'developers' }],
          RoleDetailList: [{ RoleName: 'Deploy', AssumeRolePolicyDocument: '%7B%7D' }],
        },
      ),
    );
    expect(read.users.map(({ name }) => name)).toEqual(['maria', 'anna']);
    expect(read.users).toMatchObject([
      { groups: [], tags: {}, attached: [], inline: [] },
      { groups: ['developers'], tags: { team: 'web' } },
    ]);
    expect(read.groups.map(({ name }) => name)).toEqual(['developers']);
    expect(read.roles).toMatchObject([{ name: 'Deploy', trustPolicy: '{}' }]);
  });

  it('have policies with the document in effect, URL-encoded or not', async () => {
    const { policyDocuments } = await readUsersAndGroups(
      await answering({
        Policies: [
          {
            Arn: own,
            DefaultVersionId: 'v2',
            PolicyVersionList: [version('v1', false, 'old'), version('v2', true, '%7B%22a%22%3A1%7D')],
          },
          { Arn: aws, DefaultVersionId: 'v9', PolicyVersionList: [version('v9', undefined, '{"b":"100%"}')] },
          { Arn: `${own}Unread`, DefaultVersionId: 'v1', PolicyVersionList: [version('v1', true)] },
          { Arn: `${own}Empty` },
        ],
      }),
    );
    expect([...policyDocuments]).toEqual([
      [own, '{"a":1}'],
      [aws, '{"b":"100%"}'],
    ]);
  });

  it('have other versions of the own policies of the account, and of no policy of AWS', async () => {
    const PolicyVersionList = [
      version('v1', false, '%7B%7D'),
      version('v2', true, 'in effect'),
      version('v3', undefined, 'in effect too'),
      version('v4', false),
    ];
    const { otherVersions } = await readUsersAndGroups(
      await answering({
        Policies: [
          { Arn: own, DefaultVersionId: 'v3', PolicyVersionList },
          { Arn: aws, DefaultVersionId: 'v2', PolicyVersionList },
        ],
      }),
    );
    expect([...(otherVersions ?? [])]).toEqual([[own, ['{}']]]);
  });
});

describe('the figures of an account', () => {
  it('are refused when the one that was asked for is not there: that is not "no access keys"', async () => {
    const refused = readAccountSummary(
      await answering({ SummaryMap: { Users: 3 } }),
      'AccountAccessKeysPresent',
    );
    await expect(refused).rejects.toThrow('without the figure AccountAccessKeysPresent');
    await expect(readAccountSummary(await answering({}), 'AccountMFAEnabled')).rejects.toMatchObject({
      nextSteps: [expect.stringContaining('proxy')],
    });
  });

  it('count when they are 0', async () => {
    const SummaryMap = { AccountAccessKeysPresent: 0 };
    expect(await readAccountSummary(await answering({ SummaryMap }), 'AccountAccessKeysPresent')).toEqual(
      SummaryMap,
    );
  });

  it.each([
    ['what is left of the quotas', { UsersQuota: 10, Users: 7, GroupsQuota: 5, Groups: 0 }, 3, 5],
    [
      'nothing where more is there than the quota',
      { UsersQuota: 5, Users: 7, GroupsQuota: 5, Groups: 5 },
      0,
      0,
    ],
    ['no limit where AWS names no quota or no count', { Users: 7, GroupsQuota: 5 }, Infinity, Infinity],
  ])('say how much room there is: %s', async (_what, figures, users, groups) => {
    const SummaryMap = { AccountMFAEnabled: 1, ...figures };
    expect(await readIamRoom(await answering({ SummaryMap }))).toEqual({ users, groups });
  });
});

describe('the password policy of an account', () => {
  const failing = async (name: string) =>
    (await startPracticeRun()).aws.withPlugin(() =>
      Promise.reject(new IAMServiceException({ name, $fault: 'client', $metadata: {} })),
    );

  it('is missing where AWS has none, and an error where AWS refuses to tell', async () => {
    const PasswordPolicy = { MinimumPasswordLength: 14 };
    expect(await readPasswordPolicy(await answering({ PasswordPolicy }))).toEqual(PasswordPolicy);
    expect(await readPasswordPolicy(await failing('NoSuchEntityException'))).toBeUndefined();
    await expect(readPasswordPolicy(await failing('AccessDenied'))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });
});

describe('the virtual MFA devices of an account', () => {
  it('are those of all pages', async () => {
    const devices = await readVirtualMfaDevices(
      await answering(
        { VirtualMFADevices: [{ SerialNumber: 'a' }], IsTruncated: true, Marker: 'next' },
        { VirtualMFADevices: [{ SerialNumber: 'b' }] },
      ),
    );
    expect(devices.map(({ SerialNumber }) => SerialNumber)).toEqual(['a', 'b']);
  });
});
