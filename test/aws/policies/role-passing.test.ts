import { describe, expect, it } from 'vitest';
import { parsePolicyDocument } from '../../../src/aws/policies/document.ts';
import { judgeRolePassing } from '../../../src/aws/policies/role-passing.ts';

const userArn = 'arn:aws:iam::123456789012:user/maria';
const arn = 'arn:aws:iam::123456789012:role/Deploy';
const documentOf = (...statements: readonly object[]) =>
  parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }));

const allow = (Action: string | readonly string[], Resource = '*', more: object = {}) =>
  documentOf({ Effect: 'Allow', Action, Resource, ...more });
const trust = (more: object) => documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', ...more });

const pass = allow('iam:PassRole', arn);
const lambda = trust({ Principal: { Service: 'lambda.amazonaws.com' } });
const ec2 = trust({ Principal: { Service: 'ec2.amazonaws.com' } });
const runInstances = allow('ec2:RunInstances');

type Documents = readonly ReturnType<typeof documentOf>[];
const judge = (trustPolicy: Documents[number], documents: Documents, boundary: Documents = []) =>
  judgeRolePassing({ userArn, documents, boundary }, { arn, trustPolicy });

describe('whether a user can have a service act with a role', () => {
  it.each<[string, ReturnType<typeof judge>]>([
    ['a machine may be started with it', judge(ec2, [pass, runInstances])],
    [
      'a function may be made with it and called',
      judge(lambda, [pass, allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])]),
    ],
    [
      'a function may be made with it and opened to others',
      judge(lambda, [pass, allow(['lambda:CreateFunction', 'lambda:AddPermission'])]),
    ],
    [
      'it may be passed to this service only',
      judge(ec2, [
        allow('iam:PassRole', arn, {
          Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
        }),
        runInstances,
      ]),
    ],
    [
      'it trusts every service but another one',
      judge(trust({ NotPrincipal: { Service: 'lambda.amazonaws.com' } }), [pass, runInstances]),
    ],
    [
      'it trusts one of several services',
      judge(trust({ Principal: { AWS: userArn, Service: ['glue.amazonaws.com', 'ec2.amazonaws.com'] } }), [
        pass,
        runInstances,
      ]),
    ],
    [
      'it trusts services that act for this account',
      judge(
        trust({
          Principal: { Service: 'ec2.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': '123456789012' },
            Bool: { 'aws:PrincipalIsAWSService': 'true' },
          },
        }),
        [pass, runInstances],
      ),
    ],
    [
      'machines may be started in this account only',
      judge(ec2, [pass, allow('ec2:RunInstances', 'arn:aws:ec2:*:123456789012:*')]),
    ],
    ['the boundary allows it too', judge(ec2, [pass, runInstances], [allow(['iam:PassRole', 'ec2:*'])])],
  ])('is yes where %s', (_what, judged) => {
    expect(judged).toBe('yes');
  });

  it.each<[string, ReturnType<typeof judge>]>([
    ['the role may not be passed', judge(ec2, [runInstances])],
    ['only another role may be passed', judge(ec2, [allow('iam:PassRole', `${arn}-2`), runInstances])],
    ['nothing may be started', judge(ec2, [pass])],
    ['a function may be made, but not called', judge(lambda, [pass, allow('lambda:CreateFunction')])],
    ['a function may be called, but not made', judge(lambda, [pass, allow('lambda:InvokeFunction')])],
    ['the role trusts another service', judge(lambda, [pass, runInstances])],
    [
      'the role trusts no service that runs things',
      judge(trust({ Principal: { AWS: userArn } }), [pass, runInstances]),
    ],
    ['the trust policy names nobody', judge(trust({}), [pass, runInstances])],
    [
      'it trusts every service but this one',
      judge(trust({ NotPrincipal: { Service: 'ec2.amazonaws.com' } }), [pass, runInstances]),
    ],
    [
      'it trusts services that act for another account',
      judge(
        trust({
          Principal: { Service: 'ec2.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '210987654321' } },
        }),
        [pass, runInstances],
      ),
    ],
    [
      'it may be passed to another service only',
      judge(ec2, [
        allow('iam:PassRole', arn, {
          Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
        }),
        runInstances,
      ]),
    ],
    ['the boundary does not allow it', judge(ec2, [pass, runInstances], [allow('s3:*')])],
  ])('is no where %s', (_what, judged) => {
    expect(judged).toBe('no');
  });

  it('is unknown where the trust policy cannot be read', () => {
    expect(judge(undefined, [pass, runInstances])).toBe('unknown');
  });
});
