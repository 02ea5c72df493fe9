import { describe, expect, it } from 'vitest';
import { parsePolicyDocument } from '../../../src/aws/policies/document.ts';
import { judgeRoleTaking } from '../../../src/aws/policies/role-taking.ts';

const userArn = 'arn:aws:iam::123456789012:user/maria';
const role = 'arn:aws:iam::123456789012:role/Deploy';
const documentOf = (statement: object) =>
  parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));

const trust = (more: object) => documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', ...more });
const may = documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: role });
const mayNot = documentOf({ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' });
const mayReadOnly = documentOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });

type Documents = readonly ReturnType<typeof documentOf>[];
const judge = (trustPolicy: Documents[number], documents: Documents = [], boundary: Documents = []) =>
  judgeRoleTaking({ userArn, documents, boundary }, { arn: role, trustPolicy });

const trustsUser = trust({ Principal: { AWS: userArn } });
const trustsAccount = trust({ Principal: { AWS: '123456789012' } });

describe('whether a user can take a role without MFA', () => {
  it.each<[string, ReturnType<typeof judge>]>([
    ['its trust policy names the user', judge(trustsUser)],
    ['its trust policy names the user, whatever the boundary', judge(trustsUser, [], [mayReadOnly])],
    ['it trusts the account, and the user is allowed it', judge(trustsAccount, [may])],
    [
      'it trusts the root user of the account, and the user is allowed it',
      judge(trust({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } }), [may]),
    ],
    ['it trusts everybody, and the user is allowed it', judge(trust({ Principal: { AWS: '*' } }), [may])],
    ['the boundary allows it too', judge(trustsAccount, [may], [may])],
  ])('is yes where %s', (_what, judged) => {
    expect(judged).toBe('yes');
  });

  it.each<[string, ReturnType<typeof judge>]>([
    ['it trusts the account, and nothing allows it to the user', judge(trustsAccount)],
    ['it trusts the account, and the boundary does not allow it', judge(trustsAccount, [may], [mayReadOnly])],
    ['it is denied to the user whom it names', judge(trustsUser, [mayNot])],
    [
      'it trusts another user',
      judge(trust({ Principal: { AWS: 'arn:aws:iam::123456789012:user/anna' } }), [may]),
    ],
    ['it trusts another account', judge(trust({ Principal: { AWS: '210987654321' } }), [may])],
    ['it trusts a service', judge(trust({ Principal: { Service: 'ec2.amazonaws.com' } }), [may])],
    ['its trust policy names nobody', judge(trust({}), [may])],
    [
      'its trust policy asks for MFA',
      judge(
        trust({
          Principal: { AWS: userArn },
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        }),
        [may],
      ),
    ],
  ])('is no where %s', (_what, judged) => {
    expect(judged).toBe('no');
  });
});
