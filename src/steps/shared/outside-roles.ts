import { parsePolicyDocument, type PolicyStatement } from '../../aws/policies/document.ts';
import type { IamRole, UsersAndGroups } from '../../aws/reads/iam.ts';
import { judgeRole } from './iam-permissions.ts';

/** A role that makes people from outside the account administrators, and who may take it. */
export type OutsideRole = { name: string; trusts: string; isOpenToAnybody: boolean };

const getAccountId = (principal: string): string =>
  /^\d{12}$/.test(principal) ? principal : (principal.split(':')[4] ?? '');

/** Who outside the account a statement lets in: an account, everybody, or those who sign in elsewhere. */
const listOutsiders = (statement: PolicyStatement, ownAccountId: string): readonly string[] =>
  (statement.principals?.patterns ?? []).flatMap((principal) => {
    const [kind = '', ...rest] = principal.split(':');
    const value = rest.join(':');
    if (kind === 'Federated') return [`those who sign in through ${value.split(/[/:]/).at(-1)}`];
    if (kind !== 'AWS') return [];
    if (value === '*')
      return [statement.conditions.length > 0 ? 'everybody who meets its conditions' : 'everybody'];
    const account = getAccountId(value);
    return account === ownAccountId || account === '' ? [] : [`the account ${account}`];
  });

const toOutsideRole = (role: IamRole): readonly OutsideRole[] => {
  const statements = parsePolicyDocument(role.trustPolicy);
  if (statements === undefined)
    return [
      { name: role.name, trusts: 'somebody (its trust policy cannot be read)', isOpenToAnybody: false },
    ];
  const allowed = statements.filter(({ effect }) => effect === 'Allow');
  const outsiders = allowed.flatMap((statement) =>
    statement.principals?.negated
      ? ['everybody but a few']
      : listOutsiders(statement, role.arn.split(':')[4] ?? ''),
  );
  const trusts = [...new Set(outsiders)];
  if (trusts.length === 0) return [];
  const isOpenToAnybody = trusts.some((one) => one === 'everybody' || one === 'everybody but a few');
  return [{ name: role.name, trusts: trusts.join(' and '), isOpenToAnybody }];
};

/** The roles with which people from outside the account are administrators of it. */
export const findOutsideRoles = (everyone: UsersAndGroups): readonly OutsideRole[] =>
  everyone.roles.filter((role) => judgeRole(everyone, role) === 'yes').flatMap(toOutsideRole);
