import { describe, expect, it } from 'vitest';
import { judgeServiceAccess, type PublishingService } from '../../../src/aws/policies/service-access.ts';

const account = '123456789012';
const topic = `arn:aws:sns:us-east-1:${account}:bill`;
const statement = {
  Effect: 'Allow',
  Principal: { Service: 'budgets.amazonaws.com' },
  Action: 'SNS:Publish',
  Resource: topic,
};

const judge = (
  statements: object | readonly object[],
  service: PublishingService = 'budgets.amazonaws.com',
) =>
  judgeServiceAccess(JSON.stringify({ Statement: statements }), {
    service,
    action: 'sns:Publish',
    resource: topic,
    sourceAccount: account,
    sourceArn:
      service === 'budgets.amazonaws.com'
        ? `arn:aws:budgets::${account}:budget/all`
        : `arn:aws:cloudwatch:us-east-1:${account}:alarm:bill`,
  });

/** The statement that SNS writes into every new topic. */
const defaultStatement = {
  Sid: '__default_statement_ID',
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: ['SNS:GetTopicAttributes', 'SNS:Publish', 'SNS:Subscribe'],
  Resource: topic,
  Condition: { StringEquals: { 'AWS:SourceOwner': account } },
};

describe('the access of a service to a topic', () => {
  it('is there for alarms with the policy of a new topic, and not for budgets', () => {
    expect(judge(defaultStatement, 'cloudwatch.amazonaws.com')).toBe('yes');
    expect(judge(defaultStatement)).toBe('no');
  });

  it.each<[string, object | readonly object[]]>([
    [
      'as AWS documents it',
      {
        ...statement,
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:aws:budgets::${account}:*` },
        },
      },
    ],
    ['without a condition', statement],
    ['to everybody', { ...statement, Principal: '*' }],
    ['with all actions', { ...statement, Action: '*' }],
    ['with all actions of SNS', { ...statement, Action: ['sns:*'] }],
    [
      'by everything it is not',
      {
        Effect: 'Allow',
        NotPrincipal: { Service: 'events.amazonaws.com' },
        NotAction: 'sns:Subscribe',
        NotResource: `${topic}-2`,
      },
    ],
    ['with a question mark in the action', { ...statement, Action: 'sns:Publis?' }],
    [
      'by its service name in other letters',
      { ...statement, Principal: { Service: 'Budgets.AmazonAWS.com' } },
    ],
    [
      'to services of AWS only',
      {
        ...statement,
        Principal: '*',
        Condition: { Bool: { 'aws:PrincipalIsAWSService': true } },
      },
    ],
    [
      'by the account with IfExists and ForAnyValue',
      {
        ...statement,
        Condition: {
          StringEqualsIfExists: { 'aws:SourceOwner': 'anybody' },
          'ForAnyValue:StringLike': { 'AWS:SOURCEACCOUNT': ['9*', '1234*'] },
          Null: { 'aws:SourceArn': 'false' },
        },
      },
    ],
    [
      'for ARNs by StringLike',
      {
        ...statement,
        Condition: { StringLike: { 'aws:SourceArn': `arn:aws:budgets:*${account}:budget/?ll` } },
      },
    ],
    [
      'while it is denied to people only',
      [
        statement,
        {
          ...statement,
          Effect: 'Deny',
          Principal: '*',
          Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
        },
      ],
    ],
    ['on all topics', { ...statement, Resource: '*' }],
    ['on topics that begin so', { ...statement, Resource: `arn:aws:sns:*:${account}:b*` }],
    [
      'in a list with others',
      {
        ...statement,
        Principal: { AWS: '999999999999', Service: ['events.amazonaws.com', 'budgets.amazonaws.com'] },
      },
    ],
  ])('is there when it is given %s', (_, given) => {
    expect(judge(given)).toBe('yes');
  });

  it.each<[string, object | readonly object[]]>([
    ['to another service', { ...statement, Principal: { Service: 'events.amazonaws.com' } }],
    ['to the account only', { ...statement, Principal: { AWS: account } }],
    ['by a part of its name', { ...statement, Principal: { Service: 'budgets.*' } }],
    ['to a user', { ...statement, Principal: { AWS: `arn:aws:iam::${account}:user/budgets.amazonaws.com` } }],
    ['to whom another service signs in', { ...statement, Principal: { Federated: 'budgets.amazonaws.com' } }],
    [
      'to members of an organization',
      { ...statement, Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
    ],
    [
      'and denied to all but another service',
      [
        statement,
        { Effect: 'Deny', NotPrincipal: { Service: 'events.amazonaws.com' }, Action: '*', Resource: '*' },
      ],
    ],
    ['on a policy without statements', []],
    [
      'and denied for all but another topic',
      [statement, { Effect: 'Deny', Principal: '*', NotAction: 'sns:Subscribe', NotResource: `${topic}-2` }],
    ],
    ['for another action', { ...statement, Action: 'SNS:Subscribe' }],
    ['on another topic', { ...statement, Resource: `${topic}-2` }],
    [
      'for budgets of another account',
      {
        ...statement,
        Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } },
      },
    ],
    [
      'for budgets of another account, by ARN',
      {
        ...statement,
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:budgets::999999999999:*' } },
      },
    ],
    ['and denied to everybody', [statement, { ...statement, Effect: 'Deny', Principal: '*' }]],
    [
      'and denied where the account is this one',
      [
        statement,
        {
          ...statement,
          Effect: 'Deny',
          Principal: '*',
          Condition: { StringEquals: { 'aws:SourceAccount': account } },
        },
      ],
    ],
    [
      'for all but publishing',
      { Effect: 'Allow', Principal: '*', NotAction: 'sns:Publish', Resource: topic },
    ],
    ['by a statement without a principal', { Effect: 'Allow', Action: '*', Resource: '*' }],
    [
      'to all but budgets',
      {
        Effect: 'Allow',
        NotPrincipal: { Service: 'budgets.amazonaws.com' },
        Action: '*',
        Resource: '*',
      },
    ],
  ])('is not there when it is given %s', (_, given) => {
    expect(judge(given)).toBe('no');
  });

  it.each<[string, object | readonly object[]]>([
    [
      'on a condition that this program does not know',
      {
        ...statement,
        Condition: { StringEquals: { 'aws:PrincipalTag/a': 'b' } },
      },
    ],
    [
      'and denied on a condition that it does not know',
      [
        statement,
        { ...statement, Effect: 'Deny', Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } },
      ],
    ],
    ['to any service, by a star', { ...statement, Principal: { Service: '*' } }],
    [
      'with a part of an ARN',
      { ...statement, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:budgets:*' } } },
    ],
    ['by a policy that is none', { Effect: 'Perhaps' }],
  ])('is unknown when it is given %s', (_, given) => {
    expect(judge(given)).toBe('unknown');
  });

  it.each([
    'aws:MultiFactorAuthPresent',
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:SourceOwner',
  ])('is not there when it is denied to requests without %s, which those of budgets are', (key) => {
    const denied = { ...statement, Effect: 'Deny', Principal: '*', Condition: { Null: { [key]: 'true' } } };
    expect(judge([statement, denied])).toBe('no');
  });

  it('is there when it is given to the service by the key that names it', () => {
    const given = (name: string) =>
      judge({
        ...statement,
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalServiceName': name } },
      });
    expect(given('budgets.amazonaws.com')).toBe('yes');
    expect(given('cloudwatch.amazonaws.com')).toBe('no');
  });

  it.each<[string, object, string]>([
    ['its number', { AWS: account }, 'unknown'],
    ['its root user', { AWS: `arn:aws:iam::${account}:root` }, 'unknown'],
    ['the number of another', { AWS: '999999999999' }, 'no'],
    ['another kind of principal', { Federated: account }, 'no'],
    ['everybody who is no AWS account', { CanonicalUser: '*' }, 'no'],
  ])('of alarms by way of their account depends on how that is named: %s', (_, Principal, expected) => {
    expect(judge({ ...statement, Principal }, 'cloudwatch.amazonaws.com')).toBe(expected);
  });

  it('stays where something is denied on insecure connections', () => {
    const secure = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'SNS:Publish',
      Resource: topic,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    expect(judge([statement, secure])).toBe('yes');
  });
});
