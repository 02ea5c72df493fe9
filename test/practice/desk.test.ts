import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as iam from '@aws-sdk/client-iam';
import * as sns from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { practise, refusalOf } from '../_support/practice-clients.ts';

const email = 'owner@example.com';
const day = 24 * 60 * 60 * 1000;

const billAlarm = (topicArn: string | undefined, Threshold = 10): cloudwatch.PutMetricAlarmCommandInput => ({
  AlarmName: 'bill',
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
  Statistic: 'Maximum',
  Period: 21_600,
  EvaluationPeriods: 1,
  Threshold,
  ComparisonOperator: 'GreaterThanThreshold',
  AlarmActions: topicArn ? [topicArn] : [],
});

const subscribed = async (options: Parameters<typeof practise>[0] = {}) => {
  const account = practise(options);
  const { TopicArn } = await account.sns.send(new sns.CreateTopicCommand({ Name: 'bills' }));
  const subscribe = () =>
    account.sns.send(new sns.SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: email }));
  await subscribe();
  const arns = async () => {
    const { Subscriptions } = await account.sns.send(new sns.ListSubscriptionsByTopicCommand({ TopicArn }));
    return Subscriptions?.map((one) => one.SubscriptionArn);
  };
  const alarm = async () =>
    (await account.cloudwatch.send(new cloudwatch.DescribeAlarmsCommand({}))).MetricAlarms?.[0];
  return { ...account, TopicArn, subscribe, arns, alarm };
};

describe('the practice mailbox', () => {
  it('gets a mail for each subscription, and a click on its link confirms', async () => {
    const { desk, arns, TopicArn } = await subscribed();
    expect(await arns()).toEqual(['PendingConfirmation']);
    expect(desk.listMails()).toMatchObject([
      { to: email, subject: 'AWS Notification - Subscription Confirmation' },
    ]);
    const [confirmed] = await desk.clickConfirmationLinks(email);
    expect(confirmed).toContain(TopicArn);
    expect(await arns()).toEqual([confirmed]);
  });

  it('confirms nothing for an address that got no mail, and nothing twice', async () => {
    const { desk } = await subscribed();
    expect(await desk.clickConfirmationLinks('somebody@example.com')).toEqual([]);
    expect(await desk.clickConfirmationLinks()).toHaveLength(1);
    expect(await desk.clickConfirmationLinks()).toEqual([]);
  });

  it('gets the mail again when the same address is subscribed again', async () => {
    const { desk, subscribe, arns } = await subscribed();
    await subscribe();
    expect(desk.listMails()).toHaveLength(2);
    expect(await arns()).toEqual(['PendingConfirmation']);
  });

  it('keeps the link valid for two days; then the subscription is gone', async () => {
    const { desk, clock, arns } = await subscribed();
    clock.advance(2 * day);
    expect(await arns()).toEqual([]);
    expect(await desk.clickConfirmationLinks()).toEqual([]);
  });

  it('has mails whose token confirms, too', async () => {
    const { sns: client, practice, TopicArn, arns } = await subscribed();
    const Token = practice.snapshot().subscriptions[0]?.token;
    const { SubscriptionArn } = await client.send(new sns.ConfirmSubscriptionCommand({ TopicArn, Token }));
    expect(await arns()).toEqual([SubscriptionArn]);
  });
});

describe('a link in a practice mail', () => {
  const confirmWith = async (AuthenticateOnUnsubscribe?: 'true') => {
    const account = await subscribed();
    const Token = account.practice.snapshot().subscriptions[0]?.token;
    const lock = AuthenticateOnUnsubscribe && { AuthenticateOnUnsubscribe };
    const { SubscriptionArn } = await account.sns.send(
      new sns.ConfirmSubscriptionCommand({ TopicArn: account.TopicArn, Token, ...lock }),
    );
    await account.sns.send(new sns.PublishCommand({ TopicArn: account.TopicArn, Message: 'hello' }));
    const { Attributes } = await account.sns.send(
      new sns.GetSubscriptionAttributesCommand({ SubscriptionArn }),
    );
    return { ...account, locked: Attributes?.['ConfirmationWasAuthenticated'] };
  };

  it('has the form of AWS: a token in the confirmation, the subscription in every other mail', async () => {
    const { desk, practice, TopicArn } = await confirmWith();
    const [asked, hello] = desk.listMails().map(({ text }) => text);
    const { token = '', arn = '' } = practice.snapshot().subscriptions[0] ?? {};
    const host = 'https://sns.us-east-1.amazonaws.com';
    expect(asked).toContain(
      `\n${host}/confirmation.html?TopicArn=${TopicArn}&Token=${token}&Endpoint=${email}\n`,
    );
    expect(hello).toContain(`\n${host}/unsubscribe.html?SubscriptionArn=${arn}&Endpoint=${email}\n`);
  });

  it('ends the subscription when a mail scanner opens it', async () => {
    const { desk, arns, locked } = await confirmWith();
    expect(locked).toBe('false');
    await desk.openEveryMailLink();
    expect(await arns()).toEqual([]);
  });

  it('does not end a subscription that was confirmed so that only a signed-in user can end it', async () => {
    const { desk, arns, locked } = await confirmWith('true');
    expect(locked).toBe('true');
    await desk.openEveryMailLink();
    expect(await arns()).toHaveLength(1);
  });

  it('lets a scanner confirm by opening it', async () => {
    const { desk, arns, TopicArn } = await subscribed();
    await desk.openEveryMailLink();
    expect(await arns()).toEqual([expect.stringContaining(`${TopicArn}:`)]);
  });
});

describe('a practice billing alarm', () => {
  it('has no figures until billing alerts are turned on', async () => {
    const { desk, cloudwatch: client, alarm, TopicArn } = await subscribed();
    const metrics = async () => {
      const { Metrics } = await client.send(new cloudwatch.ListMetricsCommand({ Namespace: 'AWS/Billing' }));
      return Metrics?.map((one) => one.MetricName);
    };
    await client.send(new cloudwatch.PutMetricAlarmCommand(billAlarm(TopicArn)));
    expect(await metrics()).toEqual([]);
    expect((await alarm())?.StateValue).toBe('INSUFFICIENT_DATA');
    await desk.turnOnBillingAlerts();
    expect(await metrics()).toEqual(['EstimatedCharges']);
    expect((await alarm())?.StateValue).toBe('OK');
  });

  it('sends a mail when its state is set, and falls back to its true state', async () => {
    const { desk, clock, cloudwatch: client, alarm, TopicArn } = await subscribed();
    await desk.turnOnBillingAlerts();
    await desk.clickConfirmationLinks();
    await client.send(new cloudwatch.PutMetricAlarmCommand(billAlarm(TopicArn)));
    await client.send(
      new cloudwatch.SetAlarmStateCommand({ AlarmName: 'bill', StateValue: 'ALARM', StateReason: 'a test' }),
    );
    expect(await alarm()).toMatchObject({ StateValue: 'ALARM', StateReason: 'a test' });
    expect(desk.listMails().at(-1)).toMatchObject({
      to: email,
      subject: expect.stringContaining('ALARM: "bill"'),
    });
    clock.advance(10_000);
    expect((await alarm())?.StateValue).toBe('OK');
  });

  it.each([
    ['nobody has confirmed', 'unconfirmed'],
    ['its actions are off', 'off'],
    ['its topic is encrypted with a key that CloudWatch cannot use', 'encrypted'],
  ])('reaches nobody as long as %s', async (_why, fault) => {
    const { desk, cloudwatch: client, sns: topics, TopicArn } = await subscribed();
    if (fault !== 'unconfirmed') await desk.clickConfirmationLinks();
    const ActionsEnabled = fault !== 'off';
    await client.send(new cloudwatch.PutMetricAlarmCommand({ ...billAlarm(TopicArn), ActionsEnabled }));
    const key = { TopicArn, AttributeName: 'KmsMasterKeyId', AttributeValue: 'alias/aws/sns' };
    if (fault === 'encrypted') await topics.send(new sns.SetTopicAttributesCommand(key));
    await client.send(
      new cloudwatch.SetAlarmStateCommand({ AlarmName: 'bill', StateValue: 'ALARM', StateReason: 'x' }),
    );
    expect(desk.listMails()).toHaveLength(1);
  });

  it('sends nothing when it is set to the state that it is in already', async () => {
    const { desk, cloudwatch: client, TopicArn } = await subscribed();
    await desk.clickConfirmationLinks();
    await client.send(new cloudwatch.PutMetricAlarmCommand(billAlarm(TopicArn)));
    const set = (StateValue: cloudwatch.StateValue) =>
      client.send(new cloudwatch.SetAlarmStateCommand({ AlarmName: 'bill', StateValue, StateReason: 'x' }));
    await set('ALARM');
    await set('ALARM');
    expect(desk.listMails()).toHaveLength(2);
    await set('OK');
    await set('ALARM');
    expect(desk.listMails()).toHaveLength(3);
  });

  it('replaces an alarm with the same name, and keeps its state', async () => {
    const { cloudwatch: client, alarm, TopicArn } = await subscribed();
    await client.send(new cloudwatch.PutMetricAlarmCommand(billAlarm(TopicArn)));
    await client.send(new cloudwatch.PutMetricAlarmCommand(billAlarm(undefined, 20)));
    expect(await alarm()).toMatchObject({ Threshold: 20, AlarmActions: [], StateValue: 'INSUFFICIENT_DATA' });
    const metric = { Namespace: 'AWS/Billing', MetricName: 'EstimatedCharges' };
    const found = await client.send(
      new cloudwatch.DescribeAlarmsForMetricCommand({
        ...metric,
        Dimensions: [{ Name: 'Currency', Value: 'USD' }],
      }),
    );
    expect(found.MetricAlarms).toHaveLength(1);
    expect((await client.send(new cloudwatch.DescribeAlarmsForMetricCommand(metric))).MetricAlarms).toEqual(
      [],
    );
  });
});

describe('the practice console of root', () => {
  it('turns on MFA for root, which AWS then reports', async () => {
    const { desk, iam: client } = practise();
    await desk.turnOnRootMfa();
    const { SummaryMap } = await client.send(new iam.GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({ AccountMFAEnabled: 1, MFADevicesInUse: 1 });
    const { VirtualMFADevices } = await client.send(
      new iam.ListVirtualMFADevicesCommand({ AssignmentStatus: 'Assigned' }),
    );
    expect(VirtualMFADevices?.[0]?.User?.Arn).toBe('arn:aws:iam::431209876655:root');
  });

  it('deletes the access keys of root', async () => {
    const { desk, iam: client } = practise({ scenario: 'new' });
    const { AccessKeyMetadata } = await client.send(new iam.ListAccessKeysCommand({}));
    expect(AccessKeyMetadata).toHaveLength(1);
    await desk.deleteRootAccessKeys();
    const { SummaryMap } = await client.send(new iam.GetAccountSummaryCommand({}));
    expect(SummaryMap?.['AccountAccessKeysPresent']).toBe(0);
  });

  it('opens billing to IAM, which no API reports', async () => {
    const { desk, practice } = practise();
    await desk.activateIamBillingAccess();
    expect(practice.snapshot().billing.openToIam).toBe(true);
  });
});

describe('the practice caller', () => {
  it('is root at first, and an administrator after signing in as one', async () => {
    const { desk, sts, iam: client } = practise({ scenario: 'used' });
    const who = async () => (await sts.send(new GetCallerIdentityCommand({}))).Arn;
    expect(await who()).toBe('arn:aws:iam::431209876655:root');
    await desk.signInAs({ user: 'alice' });
    expect(await who()).toBe('arn:aws:iam::431209876655:user/alice');
    await expect(client.send(new iam.ListUsersCommand({}))).resolves.toBeDefined();
    await desk.signInAs('root');
    expect(await who()).toBe('arn:aws:iam::431209876655:root');
  });

  it('may do nothing without AdministratorAccess except ask for its identity', async () => {
    const { desk, sts, iam: client } = practise({ scenario: 'used' });
    await desk.signInAs({ user: 'carol' });
    await expect(sts.send(new GetCallerIdentityCommand({}))).resolves.toBeDefined();
    expect(await refusalOf(client.send(new iam.ListUsersCommand({})))).toMatchObject({
      code: 'AccessDenied',
      status: 403,
    });
  });

  it('can only be switched to a user who exists', async () => {
    await expect(practise().desk.signInAs({ user: 'nobody' })).rejects.toThrow('There is no user nobody');
  });

  it('loses access after deleting the root access key that signs its calls', async () => {
    const { practice, iam: client, sts } = practise({ scenario: 'on-root-key' });
    const { accessKeyId } = await practice.credentials();
    await client.send(new iam.DeleteAccessKeyCommand({ AccessKeyId: accessKeyId }));
    expect(await refusalOf(sts.send(new GetCallerIdentityCommand({})))).toEqual({
      name: 'InvalidClientTokenId',
      code: 'InvalidClientTokenId',
      status: 403,
      message: 'The security token included in the request is invalid.',
    });
  });
});
