import { GetAccountInformationCommand } from '@aws-sdk/client-account';
import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { Problem } from '../problem.ts';
import type { Account } from './account.ts';

/** Who is calling: the kinds of principal that AWS tells apart in an ARN. */
export type IdentityKind = 'root' | 'user' | 'role' | 'federated-user';

/** Who is calling, in which account. `name` is the user's or the role's name, and empty for root. */
export type Identity = {
  accountId: string;
  arn: string;
  partition: string;
  kind: IdentityKind;
  name: string;
};

/** What can be read of an account besides who is calling; what AWS would not tell is left out. */
export type AccountFacts = { alias?: string; name?: string; createdOn?: Date };

/**
 * Reads an identity from the ARN that sts:GetCallerIdentity answers. Forms: `:root`, `:user/PATH/NAME`,
 * `:assumed-role/ROLE/SESSION`, `:federated-user/NAME` (IAM User Guide, "IAM identifiers").
 */
export const parseIdentity = (arn: string): Identity => {
  const [, partition = '', , , accountId = '', ...rest] = arn.split(':');
  const [kind = '', ...path] = rest.join(':').split('/');
  const base = { accountId, arn, partition };
  switch (kind) {
    case 'root':
      return { ...base, kind: 'root', name: '' };
    case 'user':
      return { ...base, kind: 'user', name: path.at(-1) ?? '' };
    case 'assumed-role':
      return { ...base, kind: 'role', name: path[0] ?? '' };
    case 'federated-user':
      return { ...base, kind: 'federated-user', name: path.at(-1) ?? '' };
    default:
      throw new Problem(`AWS answered with an identity that this program does not know: ${arn}`);
  }
};

/** The identity in words: `root user`, `user maria`, `role Admin`. */
export const identityInWords = ({ kind, name }: Identity): string =>
  kind === 'root' ? 'root user' : `${kind === 'federated-user' ? 'federated user' : kind} ${name}`;

/** Asks AWS who is calling. Needs no permission, so it is also the test that the credentials work. */
export const whoAmI = async (aws: Account): Promise<Identity> => {
  const { Arn } = await aws.sts.send(new GetCallerIdentityCommand({}));
  return parseIdentity(Arn ?? '');
};

const orNothing = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined);

/** What else can be told of the account at the start. Nothing here is essential, so a refusal is no error. */
export const accountFacts = async (aws: Account): Promise<AccountFacts> => {
  const [aliases, information] = await Promise.all([
    orNothing(aws.iam.send(new ListAccountAliasesCommand({}))),
    orNothing(aws.account.send(new GetAccountInformationCommand({}))),
  ]);
  const alias = aliases?.AccountAliases?.[0];
  return {
    ...(alias && { alias }),
    ...(information?.AccountName && { name: information.AccountName }),
    ...(information?.AccountCreatedDate && { createdOn: information.AccountCreatedDate }),
  };
};

/** Account ids are easier to compare in groups of four: `4312-0987-6655`. */
export const grouped = (accountId: string): string =>
  accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');

/** Where an IAM user signs in; with an alias, the alias is part of it. */
export const signInUrl = (account: { accountId: string; alias?: string | undefined }): string =>
  `https://${account.alias ?? account.accountId}.signin.aws.amazon.com/console`;
