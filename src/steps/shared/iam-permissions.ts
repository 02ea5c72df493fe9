import type { MaybeDocument } from '../../aws/policies/decide.ts';
import { parsePolicyDocument, type PolicyDocument } from '../../aws/policies/document.ts';
import { judgeAdministrator, judgeEverything, type Permissions } from '../../aws/policies/permissions.ts';
import { judgeRolePassing } from '../../aws/policies/role-passing.ts';
import { judgeRoleTaking } from '../../aws/policies/role-taking.ts';
import type { Certainty } from '../../aws/policies/patterns.ts';
import { formatNameList } from './name-list.ts';
import type { IamEntity, IamGroup, IamRole, IamUser, UsersAndGroups } from '../../aws/reads/iam.ts';

const createStatement = (Effect: 'Allow' | 'Deny', Action: string): PolicyDocument =>
  parsePolicyDocument(JSON.stringify({ Statement: { Effect, Action, Resource: '*' } })) ?? [];

/** What AdministratorAccess says. */
export const allowEverything = createStatement('Allow', '*');

/**
 * AWS's own policies whose meaning does not change, for answers of AWS without their documents. Nobody else can make an
 * ARN like theirs.
 */
const knownAwsPolicies: ReadonlyMap<string, PolicyDocument> = new Map([
  ['AdministratorAccess', allowEverything],
  ['IAMFullAccess', createStatement('Allow', 'iam:*')],
  ['AWSDenyAll', createStatement('Deny', '*')],
]);

const getKnownAwsPolicy = (arn: string): MaybeDocument =>
  knownAwsPolicies.get(/:iam::aws:policy\/(.+)$/.exec(arn)?.[1] ?? '');

/** Each text is read once, however many users have the policy. */
const parsedDocuments = new WeakMap<UsersAndGroups, Map<string, MaybeDocument>>();

const parseOnce = (everyone: UsersAndGroups, text: string): MaybeDocument => {
  const known = parsedDocuments.get(everyone) ?? new Map<string, MaybeDocument>();
  parsedDocuments.set(everyone, known);
  if (!known.has(text)) known.set(text, parsePolicyDocument(text));
  return known.get(text);
};

const getManagedDocument = (everyone: UsersAndGroups, arn: string): MaybeDocument => {
  const text = everyone.policyDocuments.get(arn);
  return text === undefined ? getKnownAwsPolicy(arn) : parseOnce(everyone, text);
};

/** A policy by the name that the owner knows, and what it says. */
export type NamedDocument = { name: string; document: MaybeDocument; arn?: string };

/** The policies of a user, a group or a role itself. */
const listPolicies = (everyone: UsersAndGroups, entity: IamEntity): readonly NamedDocument[] => [
  ...entity.attached.map(({ name, arn }) => ({ name, arn, document: getManagedDocument(everyone, arn) })),
  ...entity.inline.map(({ name, document }) => ({ name, document: parseOnce(everyone, document) })),
];

export const listDocuments = (everyone: UsersAndGroups, entity: IamEntity): readonly MaybeDocument[] =>
  listPolicies(everyone, entity).map(({ document }) => document);

const findGroups = ({ groups }: UsersAndGroups, user: IamUser): readonly IamGroup[] =>
  groups.filter(({ name }) => user.groups.includes(name));

/** The policies of a user and of their groups. */
export const listAllPolicies = (everyone: UsersAndGroups, user: IamUser): readonly NamedDocument[] =>
  [user, ...findGroups(everyone, user)].flatMap((entity) => listPolicies(everyone, entity));

/** AWS's own policies are nobody's to change. */
const listOwnPolicyArns = (entities: readonly IamEntity[]): readonly string[] =>
  entities.flatMap(({ attached }) => attached.map(({ arn }) => arn)).filter((arn) => !arn.includes('::aws:'));

/** What a user's permissions never reach beyond. An empty list if there is no such limit. */
export const getBoundary = (
  everyone: UsersAndGroups,
  { boundary }: { boundary: string | undefined },
): readonly MaybeDocument[] => (boundary === undefined ? [] : [getManagedDocument(everyone, boundary)]);

/** What these policies would say with another version of one of them in effect. */
const listOtherVersions = (
  everyone: UsersAndGroups,
  policies: readonly NamedDocument[],
): NonNullable<Permissions['otherVersions']> =>
  policies.flatMap(({ arn }) =>
    (arn === undefined ? [] : (everyone.otherVersions?.get(arn) ?? [])).map((version) => ({
      policyArn: arn ?? '',
      documents: policies.map((one) => (one.arn === arn ? parseOnce(everyone, version) : one.document)),
    })),
  );

const getPermissions = (everyone: UsersAndGroups, user: IamUser): Permissions => ({
  userArn: user.arn,
  groupArns: findGroups(everyone, user).map(({ arn }) => arn),
  policyArns: listOwnPolicyArns([user, ...findGroups(everyone, user)]),
  documents: listAllPolicies(everyone, user).map(({ document }) => document),
  boundary: getBoundary(everyone, user),
  otherVersions: listOtherVersions(everyone, listAllPolicies(everyone, user)),
});

/** Several steps ask about the same users of the same answer of AWS. */
const judgedUsers = new WeakMap<IamUser, Certainty>();

/** Whether a user can do everything, or make themselves able to, by whatever policies. */
export const judgeUser = (everyone: UsersAndGroups, user: IamUser): Certainty => {
  const verdict = judgedUsers.get(user) ?? judgeAdministrator(getPermissions(everyone, user));
  judgedUsers.set(user, verdict);
  return verdict;
};

const dropDenials = (document: MaybeDocument): MaybeDocument =>
  document?.filter(({ effect }) => effect === 'Allow');

const isAdministratorWith = (permissions: Permissions): boolean => judgeAdministrator(permissions) === 'yes';

/**
 * What keeps users from everything that their policies otherwise allow, in words: `locked out by AWSDenyAll`. Undefined if
 * nothing does.
 */
export const findLock = (everyone: UsersAndGroups, user: IamUser): string | undefined => {
  const policies = listAllPolicies(everyone, user);
  const denying = policies.filter(({ document }) => document?.some(({ effect }) => effect === 'Deny'));
  const permissions = getPermissions(everyone, user);
  const { boundary } = permissions;
  if (denying.length === 0 && boundary.length === 0) return undefined;
  const drop = (dropped: readonly NamedDocument[]) =>
    policies.map((one) => (dropped.includes(one) ? dropDenials(one.document) : one.document));
  if (!isAdministratorWith({ ...permissions, documents: drop(denying), boundary: [] })) return undefined;
  const single = denying.find((one) => isAdministratorWith({ ...permissions, documents: drop([one]) }));
  if (single) return `locked out by ${single.name}`;
  if (isAdministratorWith({ ...permissions, boundary: [] })) return 'limited by its permissions boundary';
  const names = formatNameList([...new Set(denying.map(({ name }) => name))]);
  return `locked out by ${names}${boundary.length > 0 ? ' and its permissions boundary' : ''}`;
};

/** Whether AdministratorAccess would make an administrator of this user. */
export const canBecomeAdministrator = (everyone: UsersAndGroups, user: IamUser): boolean => {
  const permissions = getPermissions(everyone, user);
  return isAdministratorWith({ ...permissions, documents: [...permissions.documents, allowEverything] });
};

/** The permissions of somebody who is only in this group. */
const getMemberPermissions = (everyone: UsersAndGroups, group: IamGroup): Permissions => ({
  userArn: group.arn.replace(':group/', ':user/'),
  groupArns: [group.arn],
  policyArns: listOwnPolicyArns([group]),
  documents: listDocuments(everyone, group),
  boundary: [],
  otherVersions: listOtherVersions(everyone, listPolicies(everyone, group)),
});

/** Whether a group alone makes its members administrators. */
export const judgeGroup = (everyone: UsersAndGroups, group: IamGroup): Certainty =>
  judgeAdministrator(getMemberPermissions(everyone, group));

/** Whether a group alone lets its members do everything as they are. */
export const allowsEverything = (everyone: UsersAndGroups, group: IamGroup): boolean =>
  judgeEverything(getMemberPermissions(everyone, group)) === 'yes';

/** Whether a role can do everything. Whoever has it can promote it, or make somebody else an administrator. */
export const judgeRole = (everyone: UsersAndGroups, role: IamRole): Certainty =>
  judgeAdministrator({
    userArn: role.arn,
    groupArns: [],
    policyArns: listOwnPolicyArns([role]),
    documents: listDocuments(everyone, role),
    boundary: getBoundary(everyone, role),
    otherVersions: listOtherVersions(everyone, listPolicies(everyone, role)),
  });

/** The roles that can do everything, by the answer of AWS that has them. */
const administratorRoles = new WeakMap<UsersAndGroups, readonly IamRole[]>();

const findAdministratorRoles = (everyone: UsersAndGroups): readonly IamRole[] => {
  const roles =
    administratorRoles.get(everyone) ?? everyone.roles.filter((role) => judgeRole(everyone, role) === 'yes');
  administratorRoles.set(everyone, roles);
  return roles;
};

/** A role that can do everything, and how a user comes to act with it: by taking it, or by passing it to a service. */
export type UsableRole = { name: string; how: 'taking' | 'passing' };

/** A role that can do everything and that a user can act with without MFA, or nothing. */
export const findUsableRole = (everyone: UsersAndGroups, user: IamUser): UsableRole | undefined => {
  const roles = findAdministratorRoles(everyone);
  if (roles.length === 0) return undefined;
  const permissions = getPermissions(everyone, user);
  const find = (judge: typeof judgeRoleTaking, how: UsableRole['how']): UsableRole | undefined => {
    const role = roles.find(
      ({ arn, trustPolicy }) =>
        judge(permissions, { arn, trustPolicy: parseOnce(everyone, trustPolicy) }) === 'yes',
    );
    return role && { name: role.name, how };
  };
  return find(judgeRoleTaking, 'taking') ?? find(judgeRolePassing, 'passing');
};
