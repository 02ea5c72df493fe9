// Expectations recorded against real AWS by the LocalStack test suite, 2023-2026, and written out here by hand.
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as sns from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { practise, refusalOf } from '../../_support/practice-clients.ts';

const id = '431209876655';
const arn = `arn:aws:sns:us-east-1:${id}:bills`;
const alarmInput: cloudwatch.PutMetricAlarmCommandInput = {
  AlarmName: 'bill',
  Namespace: 'Some/Namespace',
  MetricName: 'metric1',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 30,
  ComparisonOperator: 'GreaterThanThreshold',
};

const withTopic = async () => {
  const account = practise();
  await account.sns.send(new sns.CreateTopicCommand({ Name: 'bills', Tags: [{ Key: 'a', Value: '1' }] }));
  return account;
};

/** One line of the table below: the call, and what AWS answered. */
const refuses = (
  call: (client: sns.SNSClient) => Promise<unknown>,
  code: string,
  status: number,
  message: string,
) => {
  it(`${code} ${status}: ${message}`, async () => {
    const account = await withTopic();
    expect(await refusalOf(call(account.sns))).toEqual({ name: `${code}Exception`, code, status, message });
  });
};

const longToken = 'ab'.repeat(144);

describe('a refusal of the practice SNS', () => {
  refuses(
    (client) => client.send(new sns.GetTopicAttributesCommand({ TopicArn: `${arn}x` })),
    'NotFound',
    404,
    'Topic does not exist',
  );
  refuses(
    (client) => client.send(new sns.GetTopicAttributesCommand({ TopicArn: 'bills' })),
    'InvalidParameter',
    400,
    'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
  );
  refuses(
    (client) =>
      client.send(
        new sns.SetTopicAttributesCommand({
          TopicArn: arn.replace('east', 'west'),
          AttributeName: 'DisplayName',
        }),
      ),
    'InvalidParameter',
    400,
    'Invalid parameter: TopicArn',
  );
  refuses(
    (client) => client.send(new sns.CreateTopicCommand({ Name: '' })),
    'InvalidParameter',
    400,
    'Invalid parameter: Topic Name',
  );
  refuses(
    (client) => client.send(new sns.CreateTopicCommand({ Name: 'a.b' })),
    'InvalidParameter',
    400,
    'Invalid parameter: Topic Name',
  );
  refuses(
    (client) => client.send(new sns.CreateTopicCommand({ Name: 'bills', Tags: [{ Key: 'b', Value: '2' }] })),
    'InvalidParameter',
    400,
    'Invalid parameter: Tags Reason: Topic already exists with different tags',
  );
  refuses(
    (client) => client.send(new sns.CreateTopicCommand({ Name: 'bills', Attributes: { DisplayName: 'b' } })),
    'InvalidParameter',
    400,
    'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
  );
  refuses(
    (client) =>
      client.send(
        new sns.TagResourceCommand({
          ResourceArn: arn,
          Tags: [
            { Key: 'k', Value: '1' },
            { Key: 'k', Value: '2' },
          ],
        }),
      ),
    'InvalidParameter',
    400,
    'Invalid parameter: Duplicated keys are not allowed.',
  );
  refuses(
    (client) =>
      client.send(new sns.SubscribeCommand({ TopicArn: arn, Protocol: 'test-protocol', Endpoint: 'x' })),
    'InvalidParameter',
    400,
    'Invalid parameter: Amazon SNS does not support this protocol string: test-protocol',
  );
  refuses(
    (client) =>
      client.send(new sns.SubscribeCommand({ TopicArn: 'a:b:c:d:e', Protocol: 'email', Endpoint: 'x' })),
    'InvalidParameter',
    400,
    'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 5',
  );
  refuses(
    (client) => client.send(new sns.GetSubscriptionAttributesCommand({ SubscriptionArn: `${arn}:none` })),
    'NotFound',
    404,
    'Subscription does not exist',
  );
  refuses(
    (client) => client.send(new sns.ConfirmSubscriptionCommand({ TopicArn: arn, Token: 'short' })),
    'InvalidParameter',
    400,
    'Invalid token',
  );
  refuses(
    (client) => client.send(new sns.ConfirmSubscriptionCommand({ TopicArn: arn, Token: longToken })),
    'InvalidParameter',
    400,
    'Invalid parameter: Token',
  );
  refuses(
    (client) => client.send(new sns.UnsubscribeCommand({ SubscriptionArn: 'PendingConfirmation' })),
    'InvalidParameter',
    400,
    'Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1',
  );
  refuses(
    (client) => client.send(new sns.UnsubscribeCommand({ SubscriptionArn: '' })),
    'InvalidParameter',
    400,
    'Invalid parameter: SubscriptionArn Reason: no value for required parameter',
  );
  refuses(
    (client) => client.send(new sns.PublishCommand({ TopicArn: arn, Message: '' })),
    'InvalidParameter',
    400,
    'Invalid parameter: Empty message',
  );
  refuses(
    (client) => client.send(new sns.PublishCommand({ TopicArn: arn, Message: 'x', Subject: '' })),
    'InvalidParameter',
    400,
    'Invalid parameter: Subject',
  );
});

describe('the practice SNS answers like AWS', () => {
  it('with the same ARN for an existing topic when the request has its tags, some of them or none', async () => {
    const account = await withTopic();
    const again = (Tags?: sns.Tag[]) =>
      account.sns.send(new sns.CreateTopicCommand({ Name: 'bills', ...(Tags && { Tags }) }));
    expect((await again()).TopicArn).toBe(arn);
    expect((await again([{ Key: 'a', Value: '1' }])).TopicArn).toBe(arn);
    expect(account.practice.snapshot().topics).toHaveLength(1);
  });

  it('with the eight attributes of a topic', async () => {
    const account = await withTopic();
    const { Attributes = {} } = await account.sns.send(new sns.GetTopicAttributesCommand({ TopicArn: arn }));
    const { EffectiveDeliveryPolicy = '', Policy = '', ...rest } = Attributes;
    expect(rest).toEqual({
      DisplayName: '',
      Owner: id,
      SubscriptionsConfirmed: '0',
      SubscriptionsDeleted: '0',
      SubscriptionsPending: '0',
      TopicArn: arn,
    });
    expect(JSON.parse(EffectiveDeliveryPolicy)).toHaveProperty(
      'http.defaultHealthyRetryPolicy.numRetries',
      3,
    );
    expect(JSON.parse(Policy)).toHaveProperty('Statement.0.Condition.StringEquals.AWS:SourceOwner', id);
  });

  it('with "pending confirmation" for an unconfirmed subscription, or with its ARN when the request asks for it', async () => {
    const account = await withTopic();
    const input = { TopicArn: arn, Protocol: 'email', Endpoint: 'a@example.com' };
    const first = await account.sns.send(new sns.SubscribeCommand(input));
    expect(first.SubscriptionArn).toBe('pending confirmation');
    const second = await account.sns.send(
      new sns.SubscribeCommand({ ...input, ReturnSubscriptionArn: true }),
    );
    expect(second.SubscriptionArn).toMatch(new RegExp(`^${arn}:[0-9a-f-]{36}$`));
  });

  it('with nothing to an unsubscription, the first and the second time', async () => {
    const account = await withTopic();
    const gone = new sns.UnsubscribeCommand({
      SubscriptionArn: `${arn}:11111111-1111-1111-1111-111111111111`,
    });
    await expect(account.sns.send(gone)).resolves.toBeDefined();
    await expect(account.sns.send(gone)).resolves.toBeDefined();
  });
});

describe('the practice CloudWatch acts like AWS', () => {
  it('in the fields of a new alarm', async () => {
    const account = practise();
    await account.cloudwatch.send(new cloudwatch.PutMetricAlarmCommand(alarmInput));
    const { MetricAlarms, CompositeAlarms } = await account.cloudwatch.send(
      new cloudwatch.DescribeAlarmsCommand({}),
    );
    expect(CompositeAlarms).toEqual([]);
    expect(MetricAlarms).toEqual([
      {
        ...alarmInput,
        ActionsEnabled: true,
        AlarmActions: [],
        AlarmArn: `arn:aws:cloudwatch:us-east-1:${id}:alarm:bill`,
        AlarmConfigurationUpdatedTimestamp: expect.any(Date),
        Dimensions: [],
        InsufficientDataActions: [],
        OKActions: [],
        StateReason: 'Unchecked: Initial alarm creation',
        StateTransitionedTimestamp: expect.any(Date),
        StateUpdatedTimestamp: expect.any(Date),
        StateValue: 'INSUFFICIENT_DATA',
      },
    ]);
  });

  it('in the refusal of a state that does not exist', async () => {
    const { cloudwatch: client } = practise();
    // From JSON, because the SDK's types do not allow such a state.
    const input: cloudwatch.SetAlarmStateCommandInput = JSON.parse(
      '{"StateValue":"INVALID","StateReason":"test"}',
    );
    const command = new cloudwatch.SetAlarmStateCommand({ ...input, AlarmName: 'bill' });
    expect(await refusalOf(client.send(command))).toEqual({
      name: 'ValidationException',
      code: 'ValidationError',
      status: 400,
      message:
        "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]",
    });
  });

  it('in the refusal of an alarm that does not exist', async () => {
    const { cloudwatch: client } = practise();
    const input = { AlarmName: 'none', StateValue: 'OK' as const, StateReason: 'test' };
    const refusal = await refusalOf(client.send(new cloudwatch.SetAlarmStateCommand(input)));
    expect(refusal).toMatchObject({ name: 'ResourceNotFound', code: 'ResourceNotFound', status: 404 });
  });

  it('in keeping the tags of an alarm when it is put again', async () => {
    const { cloudwatch: client, practice } = practise();
    const Tags = [{ Key: 'a', Value: '1' }];
    await client.send(new cloudwatch.PutMetricAlarmCommand({ ...alarmInput, Tags }));
    await client.send(new cloudwatch.PutMetricAlarmCommand(alarmInput));
    expect(practice.snapshot().alarms.map(({ tags }) => tags)).toEqual([Tags]);
  });
});

describe('the practice STS answers like AWS', () => {
  it('for a user and for an assumed role', async () => {
    const user = practise({ scenario: 'used', identity: { user: 'alice' } });
    const { Arn, Account, UserId } = await user.sts.send(new GetCallerIdentityCommand({}));
    expect({ Arn, Account }).toEqual({ Arn: `arn:aws:iam::${id}:user/alice`, Account: id });
    expect(UserId).toMatch(/^AIDA/);
    const role = practise({ scenario: 'member' });
    const answer = await role.sts.send(new GetCallerIdentityCommand({}));
    expect(answer.Arn).toBe(`arn:aws:sts::${id}:assumed-role/OrganizationAccountAccessRole/practice`);
  });
});
