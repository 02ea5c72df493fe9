import { DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import { CreateGroupCommand, DeleteGroupCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { ListTopicsCommand } from '@aws-sdk/client-sns';
import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AwsClients } from '../../src/aws/clients.ts';
import { explainError } from '../../src/aws/errors/explain.ts';
import { readIdentity } from '../../src/aws/identity.ts';
import { maxAnswerBytes } from '../../src/aws/whole-body.ts';
import { accountThatAnswers } from '../_support/http-account.ts';

const calls: Readonly<Record<string, (aws: AwsClients) => Promise<unknown>>> = {
  'iam:ListUsers': (aws) => aws.iam.send(new ListUsersCommand({})),
  'iam:CreateGroup': (aws) => aws.iam.send(new CreateGroupCommand({ GroupName: 'developers' })),
  'iam:DeleteGroup': (aws) => aws.iam.send(new DeleteGroupCommand({ GroupName: 'developers' })),
  'sns:ListTopics': (aws) => aws.sns.send(new ListTopicsCommand({})),
  'sts:GetCallerIdentity': readIdentity,
  'cloudwatch:DescribeAlarms': (aws) => aws.cloudwatch.send(new DescribeAlarmsCommand({})),
  'cloudwatch:PutMetricAlarm': (aws) =>
    aws.cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'billing',
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    ),
  'budgets:DescribeBudgets': (aws) =>
    aws.budgets.send(new DescribeBudgetsCommand({ AccountId: '431209876655' })),
};

const error =
  '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
const deep = (open: string, close: string) => open.repeat(50_000) + close.repeat(50_000);

const noAnswers: readonly (readonly [name: string, body: string])[] = [
  ['nothing at all', ''],
  ['blanks', ' \n '],
  ['an error document with the status of a success', error],
  ['an error of a JSON service with that status', '{"__type":"AccessDeniedException","message":"no"}'],
  [
    'the answer to another operation',
    '<ListRolesResponse><ListRolesResult><Roles/></ListRolesResult></ListRolesResponse>',
  ],
  ['a web page without a content type', '<!DOCTYPE html><html><body>Sign in</body></html>'],
  ['XML that is cut off', '<ListUsersResponse><ListUsersResult><Users><member>'],
  ['JSON that is cut off', '{"MetricAlarms":[{"AlarmNa'],
  ['other JSON', '{"status":"ok"}'],
  ['a JSON list', '[]'],
  ['an object with nothing in it, without the id of AWS', '{}'],
  ['a word', 'OK'],
  ['elements in elements without end', deep('<a>', '</a>')],
  ['objects in objects without end', deep('{"a":', '}')],
];

const describeOutcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'counted as an answer',
    (failure: unknown) => explainError(failure)?.message ?? `a bug: ${String(failure)}`,
  );

const accountAnswering = async (answer: (response: ServerResponse) => unknown): Promise<AwsClients> =>
  (await accountThatAnswers(answer)).aws;

describe.each(Object.entries(calls))('%s', (_operation, send) => {
  it.each(noAnswers)('is not answered by %s', async (_name, body) => {
    const aws = await accountAnswering((response) => response.end(body));
    expect(await describeOutcome(send(aws))).toMatch(/answered, but not as AWS does \(HTTP 200\)\.$/);
  });
});

describe('the id that AWS gives to a request', () => {
  it.each([
    ['cloudwatch:DescribeAlarms', ''],
    ['cloudwatch:DescribeAlarms', '[]'],
    ['cloudwatch:DescribeAlarms', '7'],
    ['cloudwatch:DescribeAlarms', '"done"'],
    ['cloudwatch:DescribeAlarms', 'null'],
    ['cloudwatch:DescribeAlarms', '{"status":"ok"}'],
    ['cloudwatch:PutMetricAlarm', '[]'],
    ['cloudwatch:PutMetricAlarm', '7'],
    ['cloudwatch:PutMetricAlarm', 'OK'],
    // A change that was refused must not count as made.
    ['cloudwatch:PutMetricAlarm', '{"__type":"AccessDeniedException","message":"no"}'],
  ])('does not make an answer to %s of %j', async (operation, body) => {
    const aws = await accountAnswering((response) => response.setHeader('x-amzn-RequestId', '1').end(body));
    expect(await describeOutcome(calls[operation]?.(aws) ?? Promise.resolve())).toMatch(/not as AWS does/);
  });

  it('is not needed where an answer holds what its operation returns', async () => {
    const aws = await accountAnswering((response) => response.end('{"Budgets":[]}'));
    expect(
      await describeOutcome(calls['budgets:DescribeBudgets']?.(aws) ?? Promise.reject(new Error())),
    ).toBe('counted as an answer');
  });
});

const inResult = (operation: string, result: string) =>
  `<${operation}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${operation}Response>`;

describe('an answer of AWS', () => {
  const withId = (body: string) => (response: ServerResponse) =>
    response.setHeader('x-amzn-RequestId', '1').end(body);

  it.each([
    ['an empty list', 'iam:ListUsers', inResult('ListUsers', '<Users/><IsTruncated>false</IsTruncated>')],
    [
      'a declaration before it',
      'sns:ListTopics',
      `<?xml version="1.0"?>\n<!-- x -->${inResult('ListTopics', '<Topics/>')}`,
    ],
    [
      'no result where there is none',
      'iam:DeleteGroup',
      '<DeleteGroupResponse><ResponseMetadata/></DeleteGroupResponse>',
    ],
    ['lists that are left out in JSON', 'cloudwatch:DescribeAlarms', '{}'],
    ['no body where there is nothing to say', 'cloudwatch:PutMetricAlarm', ''],
    ['an empty list in JSON', 'budgets:DescribeBudgets', '{"Budgets":[]}'],
  ])('is recognized: %s', async (_name, operation, body) => {
    const aws = await accountAnswering(withId(body));
    expect(await describeOutcome(calls[operation]?.(aws) ?? Promise.reject(new Error(operation)))).toBe(
      'counted as an answer',
    );
  });

  it.each([
    ['iam:ListUsers', inResult('ListUsers', '<IsTruncated>false</IsTruncated>')],
    ['iam:CreateGroup', inResult('CreateGroup', '')],
    ['sns:ListTopics', '<ListTopicsResponse><ResponseMetadata/></ListTopicsResponse>'],
  ])('must hold what %s returns', async (operation, body) => {
    const aws = await accountAnswering(withId(body));
    expect(await describeOutcome(calls[operation]?.(aws) ?? Promise.resolve())).toMatch(/not as AWS does/);
  });

  it.each([
    ['', 'AWS answered without saying who is signed in.'],
    ['<Arn></Arn>', 'AWS answered without saying who is signed in.'],
    ['<Account>431209876655</Account>', 'AWS answered without saying who is signed in.'],
    ['<Arn>nobody</Arn>', 'AWS answered with an identity that this program does not know: nobody.'],
  ])('must say who is signed in: %j', async (result, sentence) => {
    const aws = await accountAnswering(withId(inResult('GetCallerIdentity', result)));
    expect(await describeOutcome(readIdentity(aws))).toBe(sentence);
  });

  it.each([
    ['cloudwatch:DescribeAlarms', '{"MetricAlarms":"hello"}'],
    ['cloudwatch:DescribeAlarms', '{"MetricAlarms":[null]}'],
    ['cloudwatch:DescribeAlarms', '{"MetricAlarms":{"a":1}}'],
    ['budgets:DescribeBudgets', '{"Budgets":7}'],
  ])('has lists where %s returns lists: %s', async (operation, body) => {
    const aws = await accountAnswering(withId(body));
    expect(await describeOutcome(calls[operation]?.(aws) ?? Promise.resolve())).toMatch(/not as AWS does/);
  });

  it('says nothing with a list that is null, unless AWS gave it an id', async () => {
    const send = calls['budgets:DescribeBudgets'];
    const without = await accountAnswering((response) => response.end('{"Budgets":null}'));
    expect(await describeOutcome(send?.(without) ?? Promise.resolve())).toMatch(/not as AWS does/);
    const aws = await accountAnswering(withId('{"Budgets":null}'));
    expect(await describeOutcome(send?.(aws) ?? Promise.resolve())).toBe('counted as an answer');
  });

  it('is read up to sixteen million bytes, and not beyond', async () => {
    const aws = await accountAnswering((response) => {
      const part = Buffer.alloc(1024 * 1024, ' ');
      let left = 500;
      const more = (): void => {
        while (left > 0 && response.write(part)) left -= 1;
        if (left > 0) response.once('drain', more);
      };
      more();
    });
    expect(await describeOutcome(calls['iam:ListUsers']?.(aws) ?? Promise.resolve())).toMatch(
      /sent an answer of more than 16 million bytes, so it was not read\.$/,
    );
    const tooLarge: unknown = await calls['iam:ListUsers']?.(aws).catch((failure: unknown) => failure);
    expect(tooLarge).toMatchObject({ nextSteps: [expect.stringContaining('proxy')] });
    const large = `${' '.repeat(maxAnswerBytes - 500)}${inResult('ListUsers', '<Users/>')}`;
    const other = await accountAnswering((response) => response.end(large));
    expect(await describeOutcome(calls['iam:ListUsers']?.(other) ?? Promise.resolve())).toBe(
      'counted as an answer',
    );
  });

  it('is given up when its body drips for half a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    let begun = (): void => undefined;
    const beginning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const aws = await accountAnswering((response) => {
      response.write('<ListUsersResponse>');
      setImmediate(begun);
    });
    const outcome = describeOutcome(calls['iam:ListUsers']?.(aws) ?? Promise.resolve());
    await beginning;
    // Until the client has the head of the answer, and waits for the rest.
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(30_000);
    expect(await outcome).toMatch(/began to answer but did not finish within 30 seconds\.$/);
  });
});
