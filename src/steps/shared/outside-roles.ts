import { createTimeContext, type RequestContext } from '../../aws/policies/conditions.ts';
import { judgeRequest } from '../../aws/policies/decide.ts';
import {
  parsePolicyDocument,
  type PatternList,
  type PolicyDocument,
  type PolicyStatement,
} from '../../aws/policies/document.ts';
import { anyOf, not, toCertainty, type Certainty } from '../../aws/policies/patterns.ts';
import { parsePermissionSet } from '../../aws/identity.ts';
import type { IamRole, UsersAndGroups } from '../../aws/reads/iam.ts';
import { judgeRole } from './iam-permissions.ts';

/** A role with which people from outside the account are its administrators, or may be, and who they are. */
export type OutsideRole = { name: string; description: string; isOpenToAnybody: boolean };

/** Somebody without any relation to the account. No account has this number. */
const strangersAccount = '000000000000';

const createStranger = (): RequestContext => ({
  'aws:principalaccount': [strangersAccount],
  'aws:principalarn': [`arn:aws:iam::${strangersAccount}:user/stranger`],
  'aws:principaltype': ['User'],
  'aws:username': ['stranger'],
  'aws:principalorgid': ['o-stranger00'],
  'aws:principalorgpaths': ['o-stranger00/r-0000/'],
  'aws:principalisawsservice': ['false'],
  'aws:multifactorauthpresent': ['true'],
  'aws:securetransport': ['true'],
  ...createTimeContext(),
});

/** Who signs in at one of these may be anybody: the address is the same for all their customers. */
const publicProviders: Readonly<Record<string, { sub: string; aud: string }>> = {
  'token.actions.githubusercontent.com': {
    sub: 'repo:stranger/stranger:ref:refs/heads/main',
    aud: 'sts.amazonaws.com',
  },
  'gitlab.com': { sub: 'project_path:stranger/stranger:ref_type:branch:ref:main', aud: 'https://gitlab.com' },
  'app.terraform.io': {
    sub: 'organization:stranger:project:stranger:workspace:stranger:run_phase:apply',
    aud: 'aws.workload.identity',
  },
  'agent.buildkite.com': { sub: 'organization:stranger:pipeline:stranger', aud: 'sts.amazonaws.com' },
  'cognito-identity.amazonaws.com': { sub: 'us-east-1:stranger', aud: 'us-east-1:stranger' },
  'accounts.google.com': { sub: 'stranger', aud: 'stranger' },
  'graph.facebook.com': { sub: 'stranger', aud: 'stranger' },
  'www.amazon.com': { sub: 'stranger', aud: 'stranger' },
};

const splitPrincipal = (principal: string): { kind: string; value: string } => {
  const [kind = '', ...rest] = principal.split(':');
  return { kind, value: rest.join(':') };
};

/** `token.actions.githubusercontent.com`, or the name of a SAML provider. */
const getProvider = (value: string): string => value.replace(/^.*?:(?:oidc|saml)-provider\//, '');

const createPrincipalJudge =
  (isStranger: (principal: { kind: string; value: string }) => boolean) =>
  (principals: PatternList | undefined): Certainty => {
    if (principals === undefined) return 'no';
    const named = anyOf(principals.patterns.map((one) => toCertainty(isStranger(splitPrincipal(one)))));
    return principals.negated ? not(named) : named;
  };

/** Whether anybody with an account of AWS may take a role. */
const isOpenToAwsUsers = (document: PolicyDocument, resource: string): Certainty =>
  judgeRequest(
    [document],
    { action: 'sts:AssumeRole', resource, context: createStranger() },
    createPrincipalJudge(({ kind, value }) => kind === 'AWS' && value === '*'),
  );

/** Whether anybody who signs in at a public provider may take a role. */
const isOpenToProvider = (document: PolicyDocument, resource: string, provider: string): Certainty => {
  const token = publicProviders[provider];
  if (!token) return 'no';
  const context = {
    ...createStranger(),
    [`${provider}:sub`]: [token.sub],
    [`${provider}:aud`]: [token.aud],
  };
  return judgeRequest(
    [document],
    { action: 'sts:AssumeRoleWithWebIdentity', resource, context },
    createPrincipalJudge(({ kind, value }) => kind === 'Federated' && getProvider(value) === provider),
  );
};

const getAccountId = (principal: string): string =>
  /^\d{12}$/.test(principal) ? principal : (principal.split(':')[4] ?? '');

/** Whether a statement for everybody lets in only who belongs to the account itself. */
const isLimitedTo = (ownAccountId: string, { conditions }: PolicyStatement): boolean =>
  conditions.some(
    ({ operator, key, values }) =>
      ['aws:principalaccount', 'aws:principalarn'].includes(key) &&
      /^(?:string|arn)(?:equals|like)$/i.test(operator) &&
      values.every((value) => getAccountId(value) === ownAccountId),
  );

/** Whom outside the account a statement lets in, in words. */
const listOutsiders = (statement: PolicyStatement, ownAccountId: string): readonly string[] => {
  if (statement.principals?.negated) return ['everybody but a few'];
  return (statement.principals?.patterns ?? []).flatMap((principal) => {
    const { kind, value } = splitPrincipal(principal);
    if (kind === 'Federated') return [`those who sign in through ${getProvider(value)}`];
    if (kind !== 'AWS') return [];
    if (value === '*')
      return isLimitedTo(ownAccountId, statement) ? [] : ['everybody who meets its conditions'];
    const account = getAccountId(value);
    return account === ownAccountId || account === '' ? [] : [`the account ${account}`];
  });
};

/** Everybody who may take the role without any condition that they could not meet. */
const findAnybody = (document: PolicyDocument, { arn }: IamRole): string | undefined => {
  if (isOpenToAwsUsers(document, arn) === 'yes') return 'everybody';
  const provider = Object.keys(publicProviders).find((one) => isOpenToProvider(document, arn, one) === 'yes');
  return provider && `everybody with an account at ${provider}`;
};

const describeRole = (role: IamRole, trusts: string, rights: Certainty): string => {
  const permissionSet = parsePermissionSet(role.name);
  const what = permissionSet === undefined ? `role ${role.name}` : `permission set ${permissionSet}`;
  const who = permissionSet === undefined ? trusts : 'those who sign in through IAM Identity Center';
  return `${who} (${what}${rights === 'yes' ? '' : ', which may allow everything'})`;
};

const toOutsideRole = (role: IamRole, rights: Certainty): readonly OutsideRole[] => {
  const { name } = role;
  const document = parsePolicyDocument(role.trustPolicy);
  if (document === undefined) {
    const trusts = 'somebody, by a trust policy that cannot be read';
    return [{ name, description: describeRole(role, trusts, rights), isOpenToAnybody: false }];
  }
  const anybody = findAnybody(document, role);
  if (anybody !== undefined) {
    const what = rights === 'yes' ? 'and do everything' : 'and perhaps do everything';
    return [{ name, description: `${anybody} may take the role ${name} ${what}`, isOpenToAnybody: true }];
  }
  const outsiders = document
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => listOutsiders(statement, role.arn.split(':')[4] ?? ''));
  const trusts = [...new Set(outsiders)].join(' and ');
  return trusts === ''
    ? []
    : [{ name, description: describeRole(role, trusts, rights), isOpenToAnybody: false }];
};

/** The roles with which people from outside the account are administrators of it, or may be. */
export const findOutsideRoles = (everyone: UsersAndGroups): readonly OutsideRole[] =>
  everyone.roles.flatMap((role) => {
    const rights = judgeRole(everyone, role);
    return rights === 'no' ? [] : toOutsideRole(role, rights);
  });
