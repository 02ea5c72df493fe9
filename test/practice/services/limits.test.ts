import { GetAccountInformationCommand } from '@aws-sdk/client-account';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as iam from '@aws-sdk/client-iam';
import * as sns from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { createLargeAccount } from '../../../src/practice/scenarios/large-account.ts';
import { createNewAccount } from '../../../src/practice/scenarios/scenarios.ts';
import { clientsOf, handClock, practise, refusalOf } from '../../_support/practice-clients.ts';

const maria = { UserName: 'maria' };
const scenario = createLargeAccount(createNewAccount(handClock().now()), {
  users: 250,
  groups: 300,
  devices: 101,
  topics: 101,
  alarms: 120,
});

const withMaria = async () => {
  const account = practise();
  await account.iam.send(new iam.CreateUserCommand(maria));
  return account;
};

describe('a long list of the practice account', () => {
  it('comes in pages from IAM', async () => {
    const { iam: client } = practise({ scenario });
    const sizes = { users: 0, devices: 0, details: 0 };
    for await (const page of iam.paginateListUsers({ client }, {})) sizes.users += page.Users?.length ?? 0;
    for await (const page of iam.paginateListVirtualMFADevices({ client, pageSize: 7 }, {}))
      sizes.devices += page.VirtualMFADevices?.length ?? 0;
    for await (const page of iam.paginateGetAccountAuthorizationDetails({ client }, {})) {
      sizes.details += (page.UserDetailList?.length ?? 0) + (page.GroupDetailList?.length ?? 0);
    }
    expect(sizes).toEqual({ users: 250, devices: 101, details: 550 });
    expect((await client.send(new iam.ListUsersCommand({}))).Users).toHaveLength(100);
  });

  it('comes in pages from SNS and CloudWatch', async () => {
    const { sns: topics, cloudwatch: alarms } = practise({ scenario });
    const first = await topics.send(new sns.ListTopicsCommand({}));
    const second = await topics.send(new sns.ListTopicsCommand({ NextToken: first.NextToken }));
    expect([first.Topics?.length, second.Topics?.length, second.NextToken]).toEqual([100, 1, undefined]);
    let count = 0;
    for await (const page of cloudwatch.paginateDescribeAlarms({ client: alarms }, {}))
      count += page.MetricAlarms?.length ?? 0;
    expect(count).toBe(120);
  });
});

describe('a quota of the practice account', () => {
  it('for groups is answered in a way that the SDK retries before it gives up', async () => {
    const { iam: client, practice } = practise({ scenario });
    expect(await refusalOf(client.send(new iam.CreateGroupCommand({ GroupName: 'one-more' })))).toMatchObject(
      {
        name: 'LimitExceededException',
        code: 'LimitExceeded',
        status: 409,
      },
    );
    expect(practice.log).toHaveLength(3);
  });

  it('limits the groups of each user', async () => {
    const account = practise({ scenario });
    const user = { UserName: 'user-0001' };
    const names = Array.from({ length: 11 }, (_, index) => `group-${String(index + 1).padStart(4, '0')}`);
    const last = names.pop();
    for (const GroupName of names)
      await account.iam.send(new iam.AddUserToGroupCommand({ ...user, GroupName }));
    const eleventh = new iam.AddUserToGroupCommand({ ...user, GroupName: last });
    expect(await refusalOf(account.iam.send(eleventh))).toMatchObject({ code: 'LimitExceeded' });
  });
});

describe('user names and passwords of the practice account', () => {
  it('are compared without regard to case', async () => {
    const { iam: client } = await withMaria();
    expect(await refusalOf(client.send(new iam.CreateUserCommand({ UserName: 'MARIA' })))).toMatchObject({
      code: 'EntityAlreadyExists',
    });
  });

  it.each(['', 'a'.repeat(65), 'maría', 'two words'])('cannot be %o', async (UserName) => {
    const { iam: client } = practise();
    expect(await refusalOf(client.send(new iam.CreateUserCommand({ UserName })))).toMatchObject({
      code: 'ValidationError',
      status: 400,
    });
  });

  it.each(['short1!', 'onlylowercase', 'lower4digits'])('cannot be %o by default', async (Password) => {
    const { iam: client } = await withMaria();
    const refusal = await refusalOf(client.send(new iam.CreateLoginProfileCommand({ ...maria, Password })));
    expect(refusal).toMatchObject({ name: 'PasswordPolicyViolationException', status: 400 });
  });

  it('follow the password policy of the account, and are kept nowhere', async () => {
    const { iam: client, practice } = await withMaria();
    await client.send(
      new iam.UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14, RequireSymbols: true }),
    );
    const profile = (Password: string) =>
      client.send(new iam.CreateLoginProfileCommand({ ...maria, Password }));
    expect(await refusalOf(profile('Correct-horse'))).toMatchObject({ code: 'PasswordPolicyViolation' });
    expect(await refusalOf(profile('Correct0horse0battery'))).toMatchObject({
      code: 'PasswordPolicyViolation',
    });
    await profile('correct-horse-battery');
    expect(JSON.stringify(practice.snapshot())).not.toContain('correct-horse');
  });
});

describe('the practice account', () => {
  it('reports its number and when it was made', async () => {
    const { account } = practise();
    const { AccountId, AccountCreatedDate } = await account.send(new GetAccountInformationCommand({}));
    expect({ AccountId, AccountCreatedDate }).toEqual({
      AccountId: '431209876655',
      AccountCreatedDate: new Date('2026-11-23T10:00:10.000Z'),
    });
  });

  it('returns an inline policy as AWS writes it: URL-encoded', async () => {
    const { iam: client } = await withMaria();
    const PolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
    await client.send(new iam.PutUserPolicyCommand({ ...maria, PolicyName: 'p', PolicyDocument }));
    const { UserDetailList } = await client.send(new iam.GetAccountAuthorizationDetailsCommand({}));
    const [answer] = UserDetailList?.[0]?.UserPolicyList ?? [];
    expect(answer?.PolicyDocument).toMatch(/^%7B%22Version/);
    expect(decodeURIComponent(answer?.PolicyDocument ?? '')).toBe(PolicyDocument);
  });

  it('knows the managed policies that it can attach', async () => {
    const { iam: client } = await withMaria();
    const PolicyArn = 'arn:aws:iam::aws:policy/job-function/Billing';
    await client.send(new iam.AttachUserPolicyCommand({ ...maria, PolicyArn }));
    const { UserDetailList } = await client.send(new iam.GetAccountAuthorizationDetailsCommand({}));
    expect(UserDetailList?.[0]?.AttachedManagedPolicies).toEqual([{ PolicyName: 'Billing', PolicyArn }]);
  });

  it('names an operation or policy that it does not know', async () => {
    const { iam: client, cloudwatch: alarms, practice } = practise();
    await expect(client.send(new iam.ListRolesCommand({}))).rejects.toThrow(
      'The practice account does not know iam:ListRoles.',
    );
    const input = {
      AlarmName: 'a',
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Metrics: [],
    } as const;
    await expect(
      alarms.send(new cloudwatch.PutMetricAlarmCommand({ ...input, Metrics: [] })),
    ).rejects.toThrow('knows only alarms on one metric');
    expect(practice.log).toHaveLength(2);
  });

  it('keeps the topics and alarms of each Region separate', async () => {
    const { practice } = practise();
    const there = clientsOf(practice, 'eu-central-1');
    const { TopicArn } = await there.sns.send(new sns.CreateTopicCommand({ Name: 'bills' }));
    expect(TopicArn).toBe('arn:aws:sns:eu-central-1:431209876655:bills');
    const here = clientsOf(practice);
    expect((await here.sns.send(new sns.ListTopicsCommand({}))).Topics).toEqual([]);
    expect(
      (await there.cloudwatch.send(new cloudwatch.ListMetricsCommand({ Namespace: 'AWS/Billing' }))).Metrics,
    ).toEqual([]);
  });
});
