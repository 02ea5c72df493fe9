import { DeleteAccessKeyCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { iam, type Action } from '../aws/action.ts';
import { whoAmI } from '../aws/identity.ts';
import { accountSummary } from '../aws/reads.ts';
import type { Text } from '../question.ts';
import { step, type Finding } from '../step.ts';
import { described, listKeys, type Key } from './root-access-keys/keys.ts';
import { watching } from './watch.ts';

/** `listed` is false where AWS would not name the keys: to an administrator, or to temporary credentials of root. */
type Facts = { present: boolean; asRoot: boolean; listed: boolean; keys: readonly Key[] };

const securityCredentials = 'https://console.aws.amazon.com/iam/home#/security_credentials';

const remedyForAdministrators =
  'Only root can delete them: sign in to the AWS console as root, open CloudShell and run this program there, ' +
  'or delete them under "Security credentials".';

const finding = (facts: Facts): Finding<Facts> => {
  if (!facts.present) return { status: 'met', summary: 'None', facts };
  if (!facts.asRoot) {
    return {
      status: 'unmet',
      summary: 'The root user has access keys',
      facts,
      remedy: remedyForAdministrators,
    };
  }
  if (!facts.listed) {
    const remedy = `Delete them at ${securityCredentials}, under "Access keys".`;
    return {
      status: 'unmet',
      summary: 'The root user has access keys; AWS names them only in the console',
      facts,
      remedy,
    };
  }
  const summary = facts.keys.map(described).join('; ');
  return {
    status: 'unmet',
    summary,
    facts,
    remedy: 'Run this program as root: it deactivates and deletes them.',
  };
};

const question = (key: Key): Text => ({
  kind: 'text',
  message: `Type the last four characters of ${key.id} to delete it`,
  help: key.own
    ? 'This program itself runs on this key, so it is deleted last of all. Programs that use it stop working.'
    : 'Deleting is final. A program that still uses this key stops working.',
  format: 'confirmation',
  example: key.id.slice(-4),
  pattern: new RegExp(`^${key.id.slice(-4).replaceAll(/\W/g, String.raw`\$&`)}$`),
  rule: `Type ${key.id.slice(-4)} to delete this key, or go back to leave it`,
  max: 4,
});

const deletion = (key: Key): readonly Action[] => {
  const actions = [
    ...(key.active
      ? [iam(new UpdateAccessKeyCommand({ AccessKeyId: key.id, Status: 'Inactive' }), `deactivate ${key.id}`)]
      : []),
    iam(new DeleteAccessKeyCommand({ AccessKeyId: key.id }), `delete ${key.id}`),
  ];
  return key.own ? ownKeyDeletion(actions) : actions;
};

/** A key cannot delete itself once it is inactive, so the key that signs our calls is deleted while it is active. */
const ownKeyDeletion = (actions: readonly Action[]): readonly Action[] =>
  actions
    .slice(-1)
    .map((action) => ({ ...action, why: `${action.why}, which this program runs on`, last: true }));

const inTheConsole = watching({
  why: 'you delete the keys in the console',
  errand: 'root-access-keys',
  url: securityCredentials,
  instructions: [
    'Open the page below as the root user.',
    'Under "Access keys", choose each key, then Actions, Deactivate; and then Actions, Delete.',
  ],
  message: 'Waiting until the root user has no access keys',
  name: 'wait',
  done: async ({ aws }) =>
    (await accountSummary(aws, 'AccountAccessKeysPresent'))['AccountAccessKeysPresent'] === 0,
});

/** No access keys of the root user (IAM User Guide, "Deleting access keys for the root user"). */
export const rootAccessKeys = step({
  id: 'root-access-keys',
  title: 'Root access keys',
  why: [
    'An access key of the root user is a password that programs use: it opens everything and asks for no second factor.',
    'Keys leak, in code and in backups. Nothing needs a root key; whatever uses one can use a role or a user instead.',
  ],
  chapter: 'root',
  actor: 'root',
  cost: 'free',
  controls: {
    cis5: ['1.3'],
    cis7: ['2.4'],
    ssb: ['ACCT.02', 'ACCT.13'],
    securityHub: ['IAM.4'],
    prowler: ['iam_no_root_access_key'],
  },
  notIn: {
    project: 'In a project nobody signs in as root, and only root can make an access key of root',
  },
  reads: ['iam:GetAccountSummary', 'iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'],
  check: async (aws): Promise<Finding<Facts>> => {
    const [summary, identity] = await Promise.all([
      accountSummary(aws, 'AccountAccessKeysPresent'),
      whoAmI(aws),
    ]);
    const present = summary['AccountAccessKeysPresent'] !== 0;
    const asRoot = identity.kind === 'root';
    const keys = present && asRoot ? await listKeys(aws) : undefined;
    // The summary can lag behind a deletion; an empty list from root itself is the fresher answer.
    return finding({
      present: present && keys?.length !== 0,
      asRoot,
      listed: keys !== undefined,
      keys: keys ?? [],
    });
  },
  answerable: ['key-1', 'key-2'],
  asks: ({ keys }) => Object.fromEntries(keys.map((key, index) => [`key-${index + 1}`, question(key)])),
  plan: ({ asRoot, listed, keys }) => {
    if (!asRoot) return [];
    return listed ? keys.toSorted((a, b) => Number(a.own) - Number(b.own)).flatMap(deletion) : [inTheConsole];
  },
});
