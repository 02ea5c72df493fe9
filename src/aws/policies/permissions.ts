import { globalRegion } from '../services.ts';
import { judgeDenial, judgeRequest, matchesList, type MaybeDocument, type PolicyRequest } from './decide.ts';
import type { PatternList, PolicyDocument, PolicyStatement } from './document.ts';
import type { RequestContext } from './conditions.ts';
import { allOf, anyOf, matchesPattern, type Certainty } from './patterns.ts';

/** What a user may do: the policies of their own and of their groups, and what limits them. */
export type Permissions = {
  /** `arn:aws:iam::123456789012:user/path/maria`. */
  userArn: string;
  documents: readonly MaybeDocument[];
  /** The permissions boundary. An empty list if there is none. */
  boundary: readonly MaybeDocument[];
};

/** A request by someone who signed in, with MFA or without. */
const createContext = (userArn: string, mfa: readonly string[]): RequestContext => ({
  'aws:multifactorauthpresent': mfa,
  'aws:username': [userArn.split('/').at(-1) ?? ''],
  'aws:principalaccount': [userArn.split(':')[4] ?? ''],
  'aws:principalarn': [userArn],
  'aws:principaltype': ['User'],
  'aws:securetransport': ['true'],
  'aws:viaawsservice': ['false'],
});

/** AWS sets the key to `true` for a session that began with MFA. */
const withMfa = ['true'];

const isAllowed = (permissions: Permissions, action: string, resource: string): Certainty => {
  const context = {
    ...createContext(permissions.userArn, withMfa),
    // IAM has its only endpoint there.
    'aws:requestedregion': [globalRegion],
  };
  const request: PolicyRequest = { action, resource, context };
  const allowed = judgeRequest(permissions.documents, request);
  return permissions.boundary.length === 0
    ? allowed
    : allOf([allowed, judgeRequest(permissions.boundary, request)]);
};

/**
 * Calls with which a user gives themselves every permission: each alone is enough (Rhino Security Labs, "AWS IAM
 * Privilege Escalation Methods", the ones within IAM). Calls that lead there through a service, such as a function with
 * a role of an administrator, are not judged.
 */
const listSelfPromotions = ({ userArn }: Permissions): readonly (readonly [string, string])[] => {
  const arn = (rest: string) => [...userArn.split(':').slice(0, 5), rest].join(':');
  return [
    ['iam:AttachUserPolicy', userArn],
    ['iam:PutUserPolicy', userArn],
    ['iam:AttachGroupPolicy', arn('group/any-group')],
    ['iam:PutGroupPolicy', arn('group/any-group')],
    ['iam:AddUserToGroup', arn('group/any-group')],
    ['iam:CreatePolicyVersion', arn('policy/any-policy')],
    ['iam:CreateAccessKey', arn('user/any-other-user')],
    ['iam:CreateLoginProfile', arn('user/any-other-user')],
    ['iam:UpdateLoginProfile', arn('user/any-other-user')],
  ];
};

/** Whether a document allows any of these calls to anybody, by document: thousands of users have the same few. */
const promotingDocuments = new WeakMap<PolicyDocument, boolean>();

const mayPromote = (document: MaybeDocument, calls: readonly (readonly [string, string])[]): boolean => {
  if (document === undefined) return true;
  const known =
    promotingDocuments.get(document) ??
    document.some(
      ({ effect, actions }) =>
        effect === 'Allow' &&
        calls.some(([action]) => matchesList(actions, action, { ignoreCase: true }) !== 'no'),
    );
  promotingDocuments.set(document, known);
  return known;
};

/**
 * Whether a user can do everything, or make themselves able to. Someone whom a policy denies everything, or keeps within
 * a boundary, cannot.
 */
export const judgeAdministrator = (permissions: Permissions): Certainty => {
  const calls = listSelfPromotions(permissions);
  if (!permissions.documents.some((document) => mayPromote(document, calls))) return 'no';
  return anyOf(calls.map(([action, resource]) => isAllowed(permissions, action, resource)));
};

/** Actions with which people only look after their own sign-in, or a program sends mail (the group of AWS SES). */
const noWorkPatterns = [
  'iam:changepassword',
  'iam:*mfadevice*',
  'iam:getaccountpasswordpolicy',
  'iam:getaccountsummary',
  'iam:listaccountaliases',
  'iam:getuser',
  'iam:listusers',
  'iam:*accesskey*',
  'iam:*loginprofile*',
  'iam:*sshpublickey*',
  'iam:*servicespecificcredential*',
  'iam:*signingcertificate*',
  'iam:listgroupsforuser',
  'iam:listuserpolicies',
  'iam:listattacheduserpolicies',
  'iam:listusertags',
  'sts:getsessiontoken',
  'sts:getcalleridentity',
  'signin:*',
  'ses:sendrawemail',
  'ses:sendemail',
];

/** Whether a pattern of a policy reaches further than all of `noWorkPatterns`. A wildcard in it stands for any letter. */
const isWorkAction = (pattern: string): boolean => {
  const action = pattern.toLowerCase().replaceAll(/[*?]/g, 'x');
  return noWorkPatterns.every((one) => matchesPattern(one, action) !== 'yes');
};

const isWorkList = ({ patterns, negated }: PatternList): boolean => negated || patterns.some(isWorkAction);

const isWork = ({ effect, actions }: PolicyStatement): boolean => effect === 'Allow' && isWorkList(actions);

/** Actions that stand for all: where each is denied, everything is. */
const ordinaryRequests: readonly (readonly [string, string])[] = [
  ['s3:GetObject', 'arn:aws:s3:::any-bucket/any-key'],
  ['ec2:RunInstances', 'arn:aws:ec2:us-east-1:123456789012:instance/*'],
  ['iam:CreateUser', 'arn:aws:iam::123456789012:user/any-user'],
  ['lambda:InvokeFunction', 'arn:aws:lambda:us-east-1:123456789012:function:any-function'],
  ['cloudwatch:DescribeAlarms', 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:any-alarm'],
  // No service of AWS: only a statement about every service, or everything but some actions, is about it.
  ['any-service:AnyAction', 'arn:aws:any-service:us-east-1:123456789012:any/thing'],
];

/** Whether a user can do everything as they are. Whoever is an administrator may still have to promote themselves first. */
export const judgeEverything = (permissions: Permissions): Certainty =>
  allOf(ordinaryRequests.map(([action, resource]) => isAllowed(permissions, action, resource)));

const someone = 'arn:aws:iam::123456789012:user/any-user';

const isEverythingDenied = (documents: readonly MaybeDocument[], mfa: readonly string[]): Certainty =>
  allOf(
    ordinaryRequests.map(([action, resource]) =>
      judgeDenial(documents, { action, resource, context: createContext(someone, mfa) }),
    ),
  );

const listRead = (documents: readonly MaybeDocument[]): readonly PolicyDocument[] =>
  documents.filter((one) => one !== undefined);

/** Whether policies let their holder do any work: more than look after their own sign-in, and not denied again. */
export const judgeWork = (documents: readonly MaybeDocument[]): Certainty => {
  const granted = anyOf(
    documents.map((document) => {
      if (document === undefined) return 'unknown';
      return document.some(isWork) ? 'yes' : 'no';
    }),
  );
  return isEverythingDenied(listRead(documents), withMfa) === 'yes' ? 'no' : granted;
};

/**
 * Whether policies deny everything but one's own sign-in without MFA. `console only`: with an access key, everything is
 * still allowed, since a condition without `IfExists` does not apply to requests that say nothing of MFA (IAM User
 * Guide, "AWS global condition context keys": aws:MultiFactorAuthPresent).
 */
export const judgeMfaRequirement = (documents: readonly MaybeDocument[]): Certainty | 'console only' => {
  const inConsole = isEverythingDenied(documents, ['false']);
  if (inConsole !== 'yes') return inConsole;
  // Something that is denied with MFA as well is no requirement.
  const always = isEverythingDenied(listRead(documents), withMfa);
  if (always !== 'no') return always === 'yes' ? 'no' : 'unknown';
  const withKey = isEverythingDenied(documents, []);
  return withKey === 'no' ? 'console only' : withKey;
};
