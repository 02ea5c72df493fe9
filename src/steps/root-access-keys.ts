import { DeleteAccessKeyCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { call, type Action } from '../core/action.ts';
import { readAccountSummary } from '../aws/reads/iam.ts';
import type { TextQuestion } from '../core/question.ts';
import { rootAccessKeysHelp } from './root-access-keys/help.ts';
import { defineStep, type CheckContext, type Finding } from '../core/step.ts';
import { describeRootKey, listRootKeys, type RootKey } from './root-access-keys/keys.ts';
import { securityCredentialsUrl } from './shared/root-console.ts';
import { watchTask } from './shared/watch.ts';

/**
 * `present` is AWS's count. `keys` is missing if AWS refuses to list them, as it does for an administrator or for
 * temporary credentials of root. It is empty if AWS's count and list contradict each other.
 */
type RootAccessKeysFacts = {
  hasKeys: boolean;
  signedInAsRoot: boolean;
  keys: readonly RootKey[] | undefined;
};

const remedyForAdministrators = `Only root can delete them: sign in as root at ${securityCredentialsUrl}, and look under "Access keys".`;

const remedyInConsole = `Delete them at ${securityCredentialsUrl}, under "Access keys".`;

const describeKeys = (keys: readonly RootKey[]): string =>
  `${keys.length === 1 ? 'One key exists' : `${keys.length} keys exist`}: ${keys.map(describeRootKey).join('; ')}`;

const createUnmetFinding = (
  facts: RootAccessKeysFacts,
  summary: string,
  remedy: string,
): Finding<RootAccessKeysFacts> => ({
  status: 'unmet',
  summary,
  facts,
  remedy,
});

const judgeRootAccessKeys = (facts: RootAccessKeysFacts): Finding<RootAccessKeysFacts> => {
  const { hasKeys, signedInAsRoot, keys } = facts;
  if (!hasKeys) return { status: 'met', summary: 'No key exists', facts };
  if (!signedInAsRoot)
    return createUnmetFinding(facts, 'The root user has access keys', remedyForAdministrators);
  if (!keys)
    return createUnmetFinding(
      facts,
      'The root user has access keys, which AWS names only in the console',
      remedyInConsole,
    );
  // It is unknown which of the two is right, so the program assumes the worse.
  if (keys.length === 0)
    return createUnmetFinding(
      facts,
      'AWS counts access keys of the root user but lists none. It may still count one that was just deleted',
      `Delete what you find at ${securityCredentialsUrl}, under "Access keys".`,
    );
  return createUnmetFinding(
    facts,
    describeKeys(keys),
    'Run the setup: it deactivates and deletes what you name.',
  );
};

const getLastFourCharacters = ({ id }: RootKey): string => id.slice(-4);

/** Typed to keep a key. Enter alone neither deletes nor keeps one. */
const keepAnswer = 'keep';

const createKeyQuestion = (key: RootKey): TextQuestion => ({
  kind: 'text',
  message: `Type the last four characters of ${key.id} to delete it`,
  help: key.usedByThisProgram
    ? 'Or type keep. Programs that use it stop working. This program runs on this key, so it goes last.'
    : 'Or type keep. Deleting is final: a program that still uses this key stops working.',
  format: 'confirmation',
  example: getLastFourCharacters(key),
  pattern: new RegExp(
    `^(?:${getLastFourCharacters(key).replaceAll(/\W/g, String.raw`\$&`)}|${keepAnswer})$`,
    'i',
  ),
  rule: `Type ${getLastFourCharacters(key)} to delete this key, or keep to keep it for now`,
  max: 4,
  emptyInFile: keepAnswer,
});

/**
 * What the owner typed about this key, now or in an earlier run. A plan made in advance uses the example in brackets.
 */
const isConfirmedForDeletion = (key: RootKey, typed: string | undefined): boolean =>
  key.id !== '' &&
  [getLastFourCharacters(key), `<${getLastFourCharacters(key)}>`].some(
    (wanted) => wanted.toUpperCase() === typed?.toUpperCase(),
  );

const planKeyDeletion = (key: RootKey): readonly Action[] => {
  const actions = [
    ...(key.active
      ? [
          call(
            'iam',
            new UpdateAccessKeyCommand({ AccessKeyId: key.id, Status: 'Inactive' }),
            `deactivate ${key.id}`,
          ),
        ]
      : []),
    call('iam', new DeleteAccessKeyCommand({ AccessKeyId: key.id }), `delete ${key.id}`),
  ];
  return key.usedByThisProgram ? deferOwnKeyDeletion(actions) : actions;
};

/** An inactive key cannot delete itself, so the key that signs this program's calls is deleted while it is active. */
const deferOwnKeyDeletion = (actions: readonly Action[]): readonly Action[] =>
  actions
    .slice(-1)
    .map((action) => ({ ...action, why: `${action.why}, which this program runs on`, deferred: true }));

const deleteKeysInConsoleAction = watchTask({
  why: 'you delete the keys in the console',
  manualTask: 'root-access-keys',
  url: securityCredentialsUrl,
  instructions: [
    'Open the page below as the root user.',
    'Under "Access keys", choose each key, then Actions, Deactivate; and then Actions, Delete.',
  ],
  message: 'Waiting until the root user has no access keys',
  questionName: 'wait',
  isDone: async ({ aws }) =>
    (await readAccountSummary(aws, 'AccountAccessKeysPresent'))['AccountAccessKeysPresent'] === 0,
});

/** No access keys of the root user (IAM User Guide, "Deleting access keys for the root user"). */
export const rootAccessKeysStep = defineStep({
  id: 'root-access-keys',
  title: 'Root access keys',
  why: [
    'A root access key opens the whole account to any program, without a second factor.',
    'Keys leak, in code and in backups. A program can use a role or a user instead.',
  ],
  leftOpenNotice:
    'Kept: a key of root still opens everything, without a second factor. You are asked again next time.',
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
  controlRules: [
    {
      controls: { cis5: ['1.3'], cis7: ['2.4'], securityHub: ['IAM.4'] },
      // AWS's count and its list can contradict each other for a while.
      holds: ({ hasKeys, keys }) => (hasKeys && keys?.length === 0 ? undefined : !hasKeys),
    },
    {
      // Prowler lets inactive keys pass.
      controls: { prowler: ['iam_no_root_access_key'] },
      holds: ({ hasKeys, keys = [] }) =>
        hasKeys && keys.length === 0 ? undefined : !keys.some(({ active }) => active),
    },
  ],
  unavailableIn: {
    project: 'In a project nobody signs in as root, and only root can make an access key of root',
  },
  minutes: 1,
  help: rootAccessKeysHelp,
  readPermissions: ['iam:GetAccountSummary', 'iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'],
  check: async ({ aws, identity }: CheckContext): Promise<Finding<RootAccessKeysFacts>> => {
    const summary = await readAccountSummary(aws, 'AccountAccessKeysPresent');
    const present = summary['AccountAccessKeysPresent'] !== 0;
    const asRoot = identity.kind === 'root';
    return judgeRootAccessKeys({
      hasKeys: present,
      signedInAsRoot: asRoot,
      keys: present && asRoot ? await listRootKeys(aws) : undefined,
    });
  },
  // AWS allows two keys at most (IAM and STS quotas, "Access keys assigned to the AWS account root user").
  questions: {
    'key-1': ({ keys: [first] = [] }) => first && createKeyQuestion(first),
    'key-2': ({ keys: [, second] = [] }) => second && createKeyQuestion(second),
  },
  plan: ({ hasKeys, signedInAsRoot, keys = [] }, answers) => {
    if (!hasKeys) return [];
    // Only root sees its keys, but everybody sees whether there are any.
    if (!signedInAsRoot || keys.length === 0) return [deleteKeysInConsoleAction];
    const typed = [answers['key-1'], answers['key-2']];
    return keys
      .filter((key, index) => isConfirmedForDeletion(key, typed[index]))
      .toSorted((a, b) => Number(a.usedByThisProgram) - Number(b.usedByThisProgram))
      .flatMap(planKeyDeletion);
  },
});
