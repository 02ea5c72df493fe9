import { DeleteAccessKeyCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { iam, type Action } from '../core/action.ts';
import { readIdentity } from '../aws/identity.ts';
import { readAccountSummary } from '../aws/reads/iam.ts';
import type { TextQuestion } from '../core/question.ts';
import { defineStep, type Finding } from '../core/step.ts';
import { described, listKeys, type Key } from './root-access-keys/keys.ts';
import { securityCredentials } from './shared/root-console.ts';
import { watching } from './shared/watch.ts';

/**
 * `present` is what AWS counts. `keys` are those that it names: nothing where it would not, to an administrator or to
 * temporary credentials of root, and empty where its two answers contradict each other.
 */
type Facts = { present: boolean; asRoot: boolean; keys: readonly Key[] | undefined };

const remedyForAdministrators =
  'Only root can delete them: sign in to the AWS console as root, open CloudShell and run this program there, ' +
  'or delete them under "Security credentials".';

const remedyInTheConsole = `Delete them at ${securityCredentials}, under "Access keys".`;

const unmet = (facts: Facts, summary: string, remedy: string): Finding<Facts> => ({
  status: 'unmet',
  summary,
  facts,
  remedy,
});

const finding = (facts: Facts): Finding<Facts> => {
  const { present, asRoot, keys } = facts;
  if (!present) return { status: 'met', summary: 'None', facts };
  if (!asRoot) return unmet(facts, 'The root user has access keys', remedyForAdministrators);
  if (!keys)
    return unmet(
      facts,
      'The root user has access keys; AWS names them only in the console',
      remedyInTheConsole,
    );
  // Which of the two is right is not known, so the worse one is believed.
  if (keys.length === 0)
    return unmet(
      facts,
      'AWS counts access keys of the root user but lists none; it may still be counting one that was just deleted',
      `Look at ${securityCredentials}, under "Access keys", and delete what is there.`,
    );
  return unmet(
    facts,
    keys.map(described).join('; '),
    'Run this program as root: it deactivates and deletes them.',
  );
};

const lastFour = ({ id }: Key): string => id.slice(-4);

const question = (key: Key): TextQuestion => ({
  kind: 'text',
  message: `Type the last four characters of ${key.id} to delete it`,
  help: key.own
    ? 'Empty keeps it. This program itself runs on this key, so it is deleted last of all. Programs that use it stop working.'
    : 'Empty keeps it. Deleting is final: a program that still uses this key stops working.',
  format: 'confirmation',
  example: lastFour(key),
  pattern: new RegExp(`^(?:${lastFour(key).replaceAll(/\W/g, String.raw`\$&`)})?$`),
  rule: `Type ${lastFour(key)} to delete this key, or nothing to keep it`,
  max: 4,
});

/** The name of the question about the key at this place in the list. */
const questionName = (index: number): string => `key-${index + 1}`;

/** What was typed, now or in an earlier run, about this very key. A plan in advance puts the example in brackets. */
const isToGo = (key: Key, typed: string | undefined): boolean =>
  key.id !== '' && (typed === lastFour(key) || typed === `<${lastFour(key)}>`);

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
    .map((action) => ({ ...action, why: `${action.why}, which this program runs on`, deferred: true }));

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
    (await readAccountSummary(aws, 'AccountAccessKeysPresent'))['AccountAccessKeysPresent'] === 0,
});

/** No access keys of the root user (IAM User Guide, "Deleting access keys for the root user"). */
export const rootAccessKeys = defineStep({
  id: 'root-access-keys',
  title: 'Root access keys',
  why: [
    'An access key of the root user is a password that programs use: it opens everything and asks for no second factor.',
    'Keys leak, in code and in backups. Nothing needs a root key; whatever uses one can use a role or a user instead.',
  ],
  category: 'root',
  performedBy: 'root',
  cost: 'free',
  controls: {
    cis5: ['1.3'],
    cis7: ['2.4'],
    ssb: ['ACCT.02', 'ACCT.13'],
    securityHub: ['IAM.4'],
    prowler: ['iam_no_root_access_key'],
  },
  unavailableIn: {
    project: 'In a project nobody signs in as root, and only root can make an access key of root',
  },
  readPermissions: ['iam:GetAccountSummary', 'iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'],
  check: async (aws): Promise<Finding<Facts>> => {
    const [summary, identity] = await Promise.all([
      readAccountSummary(aws, 'AccountAccessKeysPresent'),
      readIdentity(aws),
    ]);
    const present = summary['AccountAccessKeysPresent'] !== 0;
    const asRoot = identity.kind === 'root';
    return finding({ present, asRoot, keys: present && asRoot ? await listKeys(aws) : undefined });
  },
  questionNames: [questionName(0), questionName(1)],
  questions: ({ keys = [] }) =>
    Object.fromEntries(keys.map((key, index) => [questionName(index), question(key)])),
  plan: ({ present, asRoot, keys = [] }, answers) => {
    if (!present || !asRoot) return [];
    if (keys.length === 0) return [inTheConsole];
    return keys
      .filter((key, index) => isToGo(key, answers[questionName(index)]))
      .toSorted((a, b) => Number(a.own) - Number(b.own))
      .flatMap(deletion);
  },
});
