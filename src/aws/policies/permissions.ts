import { globalRegion } from '../services.ts';
import { judgeDenial, judgeRequest, matchesList, type MaybeDocument, type PolicyRequest } from './decide.ts';
import type { PolicyDocument, PolicyStatement } from './document.ts';
import { createTimeContext, judgeCondition, type RequestContext } from './conditions.ts';
import { allOf, anyOf, judgeAll, judgeAny, matchesPattern, type Certainty } from './patterns.ts';

/** What a user may do: the policies of their own and of their groups, and what limits them. */
export type Permissions = {
  /** `arn:aws:iam::123456789012:user/path/maria`, or the ARN of a role. */
  userArn: string;
  documents: readonly MaybeDocument[];
  /** The permissions boundary. An empty list if there is none. */
  boundary: readonly MaybeDocument[];
  /** The groups of the user. Undefined if they are not known: then the user may be in any group. */
  groupArns?: readonly string[] | undefined;
  /** The account's own managed policies that the user has. Undefined if they are not known. */
  policyArns?: readonly string[] | undefined;
  /** What the user's policies would be with another version of one of them in effect. */
  otherVersions?: readonly { policyArn: string; documents: readonly MaybeDocument[] }[];
};

const isRole = (arn: string): boolean => arn.split(':')[5]?.startsWith('role/') ?? false;

/** AWS sets the key to `true` for a session that began with MFA, and says how many seconds ago that was. */
const withMfa = ['true'];

/** A request by someone who signed in, with MFA or without. */
export const createContext = (userArn: string, mfa: readonly string[]): RequestContext => ({
  'aws:multifactorauthpresent': mfa,
  'aws:multifactorauthage': mfa === withMfa ? ['60'] : [],
  'aws:username': isRole(userArn) ? [] : [userArn.split('/').at(-1) ?? ''],
  'aws:principalaccount': [userArn.split(':')[4] ?? ''],
  'aws:principalarn': [userArn],
  'aws:principaltype': [isRole(userArn) ? 'AssumedRole' : 'User'],
  'aws:principalisawsservice': ['false'],
  'aws:securetransport': ['true'],
  'aws:viaawsservice': ['false'],
  ...createTimeContext(),
});

/** A call with its condition keys, if it has any of its own. */
type Call = { action: string; resource: string; context?: RequestContext };

/** Whether users may make a call that they have signed in for with MFA. */
export const judgeCall = (permissions: Permissions, { action, resource, context }: Call): Certainty => {
  const request: PolicyRequest = {
    action,
    resource,
    context: {
      ...createContext(permissions.userArn, withMfa),
      // IAM has its only endpoint there.
      'aws:requestedregion': [globalRegion],
      ...context,
    },
  };
  const allowed = judgeRequest(permissions.documents, request);
  return permissions.boundary.length === 0
    ? allowed
    : allOf([allowed, judgeRequest(permissions.boundary, request)]);
};

const makeArn = ({ userArn }: Permissions, rest: string): string =>
  [...userArn.split(':').slice(0, 5), rest].join(':');

/** In the partition of the user: `arn:aws:iam::aws:policy/AdministratorAccess`. */
const makeAwsPolicyArn = ({ userArn }: Permissions, name: string): string =>
  [...userArn.split(':').slice(0, 4), 'aws', `policy/${name}`].join(':');

/** The calls that give everything to a user, a group or a role. Whoever calls chooses the policy, and no boundary. */
const listGrants = (
  kind: 'User' | 'Group' | 'Role',
  arn: string,
  permissions: Permissions,
): readonly Call[] => {
  const policies = [
    makeAwsPolicyArn(permissions, 'AdministratorAccess'),
    makeAwsPolicyArn(permissions, 'IAMFullAccess'),
    makeArn(permissions, 'policy/any-policy'),
  ];
  return [
    { action: `iam:Put${kind}Policy`, resource: arn, context: { 'iam:permissionsboundary': [] } },
    ...policies.map((policy) => ({
      action: `iam:Attach${kind}Policy`,
      resource: arn,
      context: { 'iam:permissionsboundary': [], 'iam:policyarn': [policy] },
    })),
  ];
};

/** Every call of one list with every call of the other. */
const combine = (
  routes: readonly (readonly Call[])[],
  calls: readonly Call[],
): readonly (readonly Call[])[] => routes.flatMap((route) => calls.map((call) => [...route, call]));

const toRoutes = (calls: readonly Call[]): readonly (readonly Call[])[] => calls.map((call) => [call]);

/** Ways in which users give themselves every permission. All calls of a way are needed. */
const listSelfPromotions = (permissions: Permissions): readonly (readonly Call[])[] => {
  const { userArn, groupArns, policyArns } = permissions;
  const anyGroup = makeArn(permissions, 'group/any-group');
  const joinGroup = { action: 'iam:AddUserToGroup', resource: anyGroup };
  return [
    ...toRoutes(listGrants(isRole(userArn) ? 'Role' : 'User', userArn, permissions)),
    ...toRoutes((groupArns ?? [anyGroup]).flatMap((group) => listGrants('Group', group, permissions))),
    ...combine([[joinGroup]], listGrants('Group', anyGroup, permissions)),
    ...toRoutes(
      (policyArns ?? [makeArn(permissions, 'policy/any-policy')]).map((resource) => ({
        action: 'iam:CreatePolicyVersion',
        resource,
      })),
    ),
  ];
};

/** Ways to somebody else with every permission, whom no boundary of one's own limits: a new user, or a role. */
const listNewAdministrators = (permissions: Permissions): readonly (readonly Call[])[] => {
  const role = makeArn(permissions, 'role/any-role');
  const user = makeArn(permissions, 'user/any-other-user');
  const create = { action: 'iam:CreateUser', resource: user, context: { 'iam:permissionsboundary': [] } };
  const signIns = ['iam:CreateAccessKey', 'iam:CreateLoginProfile'].map((action) => [
    create,
    { action, resource: user },
  ]);
  const roles = ['iam:CreateRole', 'iam:UpdateAssumeRolePolicy'].map((action) => [
    { action, resource: role, context: { 'iam:permissionsboundary': [] } },
  ]);
  return [
    ...combine(roles, listGrants('Role', role, permissions)),
    ...combine(signIns, listGrants('User', user, permissions)),
  ];
};

/** Calls that make an administrator of somebody only if there is another one to take the place of. */
const listTakeovers = (permissions: Permissions): readonly Call[] => {
  const user = makeArn(permissions, 'user/any-other-user');
  return [
    { action: 'iam:AddUserToGroup', resource: makeArn(permissions, 'group/any-group') },
    { action: 'iam:CreateAccessKey', resource: user },
    { action: 'iam:CreateLoginProfile', resource: user },
    { action: 'iam:UpdateLoginProfile', resource: user },
  ];
};

/** The first calls of the ways above. A policy that allows none of them makes nobody an administrator. */
const promotingActions: readonly string[] = [
  ...['User', 'Group', 'Role'].flatMap((kind) => [`iam:Put${kind}Policy`, `iam:Attach${kind}Policy`]),
  'iam:AddUserToGroup',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:UpdateLoginProfile',
];

/** Whether a document allows any of these to anybody, by document: thousands of users have the same few. */
const promotingDocuments = new WeakMap<PolicyDocument, boolean>();

const mayPromote = (document: MaybeDocument): boolean => {
  if (document === undefined) return true;
  const known =
    promotingDocuments.get(document) ??
    document.some(
      ({ effect, actions }) =>
        effect === 'Allow' &&
        promotingActions.some((action) => matchesList(actions, action, { ignoreCase: true }) !== 'no'),
    );
  promotingDocuments.set(document, known);
  return known;
};

const judgeRoutes = (permissions: Permissions, routes: readonly (readonly Call[])[]): Certainty =>
  judgeAny(routes, (route) => judgeAll(route, (call) => judgeCall(permissions, call)));

/** Whether users can raise themselves: as far as their boundary reaches, or after they have taken it off. */
const judgeSelfPromotion = (permissions: Permissions): Certainty => {
  const { userArn, boundary } = permissions;
  const routes = listSelfPromotions(permissions);
  if (boundary.length === 0) return judgeRoutes(permissions, routes);
  const isBoundless = judgeEverything({ ...permissions, documents: boundary, boundary: [] });
  const kind = isRole(userArn) ? 'Role' : 'User';
  const canLeave = anyOf([
    judgeCall(permissions, { action: `iam:Delete${kind}PermissionsBoundary`, resource: userArn }),
    judgeCall(permissions, {
      action: `iam:Put${kind}PermissionsBoundary`,
      resource: userArn,
      context: { 'iam:permissionsboundary': [makeAwsPolicyArn(permissions, 'AdministratorAccess')] },
    }),
  ]);
  return anyOf([
    allOf([isBoundless, judgeRoutes(permissions, routes)]),
    allOf([canLeave, judgeRoutes({ ...permissions, boundary: [] }, routes)]),
  ]);
};

/** Whether users can put another version of one of their policies into effect that makes administrators of them. */
const judgeOtherVersions = ({ otherVersions = [], ...permissions }: Permissions): Certainty =>
  judgeAny(otherVersions, ({ policyArn, documents }) =>
    judgeAll(
      [
        () => judgeCall(permissions, { action: 'iam:SetDefaultPolicyVersion', resource: policyArn }),
        () => judgeAdministrator({ ...permissions, documents }),
      ],
      (judge) => judge(),
    ),
  );

/**
 * Whether a user can do everything, or make themselves able to (Rhino Security Labs, "AWS IAM Privilege Escalation
 * Methods", the ones within IAM). Someone whom a policy denies everything, or keeps within a boundary, cannot. Ways
 * through a role of an administrator are judged by `judgeRoleTaking` and `judgeRolePassing`.
 */
export const judgeAdministrator = (permissions: Permissions): Certainty => {
  if (!permissions.documents.some(mayPromote)) return 'no';
  const alone = judgeAny(
    [
      () => judgeSelfPromotion(permissions),
      () => judgeRoutes(permissions, listNewAdministrators(permissions)),
      () => judgeOtherVersions(permissions),
    ],
    (judge) => judge(),
  );
  if (alone !== 'no') return alone;
  const byOthers = judgeAny(listTakeovers(permissions), (call) => judgeCall(permissions, call));
  return byOthers === 'no' ? 'no' : 'unknown';
};

/** Actions with which people only look after their own sign-in. */
const signInPatterns = [
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
];

/** Besides, a program that only sends mail does no work: AWS SES makes a group for it. */
const noWorkPatterns = [...signInPatterns, 'ses:sendrawemail', 'ses:sendemail'];

/** An action that a pattern of a policy matches and that no other pattern names by chance. */
const toSample = (pattern: string): string => pattern.toLowerCase().replaceAll(/[*?]/g, 'x');

/** Whether an action, or the sample of a pattern, is none of these. */
const isBeyond = (patterns: readonly string[], action: string): boolean =>
  patterns.every((one) => matchesPattern(one, action) !== 'yes');

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
  allOf(ordinaryRequests.map(([action, resource]) => judgeCall(permissions, { action, resource })));

/** A request by any member of a group: who that is, is not known. */
const createMemberContext = (mfa: readonly string[]): RequestContext => {
  const {
    'aws:username': _name,
    'aws:principalarn': _arn,
    'aws:principalaccount': _account,
    ...rest
  } = createContext('arn:aws:iam::123456789012:user/any-user', mfa);
  return rest;
};

const someThing = 'arn:aws:any-service:us-east-1:123456789012:any/thing';

const listRead = (documents: readonly MaybeDocument[]): readonly PolicyDocument[] =>
  documents.filter((one) => one !== undefined);

/** Samples of what the policies deny everything but. */
const listExceptions = (documents: readonly MaybeDocument[]): readonly string[] =>
  listRead(documents)
    .flat()
    .filter(({ effect, actions }) => effect === 'Deny' && actions.negated)
    .flatMap(({ actions }) => actions.patterns.map(toSample));

const isEverythingDenied = (documents: readonly MaybeDocument[], mfa: readonly string[]): Certainty => {
  const exceptions = listExceptions(documents).filter((action) => isBeyond(signInPatterns, action));
  const requests = [...ordinaryRequests, ...exceptions.map((action) => [action, someThing] as const)];
  return allOf(
    requests.map(([action, resource]) =>
      judgeDenial(documents, { action, resource, context: createMemberContext(mfa) }),
    ),
  );
};

/** Whether a statement is only about the users themselves, whatever it lets them do. */
const isAboutSelf = ({ resources }: PolicyStatement): boolean =>
  !resources.negated &&
  resources.patterns.every((pattern) => pattern.toLowerCase().includes('${aws:username}'));

/** Whether a statement allows work that no policy denies in every case: a Region or an address can be chosen. */
const allowsWork = (statement: PolicyStatement, documents: readonly PolicyDocument[]): boolean => {
  const { effect, actions, resources, conditions } = statement;
  const context = createMemberContext(withMfa);
  if (effect === 'Deny' || conditions.some((one) => judgeCondition(one, context) === 'no')) return false;
  const samples = [
    ...(actions.negated ? [] : actions.patterns.map(toSample)),
    ...ordinaryRequests.map(([action]) => action),
    ...listExceptions(documents),
  ].filter((action) => matchesList(actions, action, { ignoreCase: true }) === 'yes');
  const places = resources.negated
    ? [someThing].filter((one) => matchesList(resources, one, {}) !== 'no')
    : resources.patterns;
  return samples.some(
    (action) =>
      isBeyond(noWorkPatterns, action) &&
      !(isAboutSelf(statement) && action.startsWith('iam:')) &&
      places.some((resource) => judgeDenial(documents, { action, resource, context }) !== 'yes'),
  );
};

/** Whether policies let their holder do any work: more than look after their own sign-in, and not denied again. */
export const judgeWork = (documents: readonly MaybeDocument[]): Certainty => {
  const read = listRead(documents);
  if (read.flat().some((statement) => allowsWork(statement, read))) return 'yes';
  // What could not be read may allow work, unless the rest denies everything.
  return read.length === documents.length || isEverythingDenied(read, withMfa) === 'yes' ? 'no' : 'unknown';
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
