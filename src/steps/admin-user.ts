import { AddUserToGroupCommand, AttachGroupPolicyCommand, CreateGroupCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import { iam, type Action } from '../aws/action.ts';
import { accountFacts, signInUrl, whoAmI } from '../aws/identity.ts';
import { passwordPolicy, people, virtualDevices, type People } from '../aws/reads.ts';
import type { Choice, Text } from '../question.ts';
import { step, type Finding } from '../step.ts';
import { administratorAccess, administratorGroups, candidates, isReady, ourTag, type Candidate } from './administrators.ts';
import { enrolPhone, serialOf } from './enrol-phone.ts';
import { givePassword } from './give-password.ts';

type Facts = {
  accountId: string;
  url: string;
  candidates: readonly Candidate[];
  userNames: readonly string[];
  /** A group that makes administrators, or the name of one to be made or completed. */
  group: { name: string; exists: boolean; attached: boolean };
  /** ARNs of virtual devices that belong to nobody. */
  unassigned: readonly string[];
  passwordLength: number;
};

/** Longer than any policy of ours asks for, and still typed in a minute. */
const usualPasswordLength = 20;

const newUser = 'someone new';

/**
 * The group for administrators: one that has the policy already, else an empty one of ours from an interrupted run,
 * else a new one. A group with members is never given the policy: they would all become administrators.
 */
const groupFor = ({ groups, users }: People): Facts['group'] => {
  const [existing] = administratorGroups(groups);
  if (existing) return { name: existing, exists: true, attached: true };
  const named = (name: string) => groups.find((group) => group.name.toLowerCase() === name.toLowerCase());
  const members = new Set(users.flatMap((user) => user.groups));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'Administrators' : `Administrators-${number}`;
    const group = named(name);
    if (!group) return { name, exists: false, attached: false };
    const untouched = group.attached.length === 0 && group.inline.length === 0 && !members.has(group.name);
    if (untouched) return { name: group.name, exists: true, attached: false };
  }
};

const lacks = (candidate: Candidate): string =>
  [!candidate.inGroup && 'not in the group', !candidate.mfa && 'no MFA', !candidate.password && 'no console password']
    .filter(Boolean)
    .join(', ');

const finding = (facts: Facts): Finding<Facts> => {
  const ready = facts.candidates.filter(isReady).map((candidate) => candidate.name);
  if (ready.length > 0) {
    const more = ready.length > 2 ? ` and ${ready.length - 2} more` : '';
    return { status: 'met', summary: `${ready.slice(0, 2).join(', ')}${more}, with MFA`, facts };
  }
  const remedy = 'Run the setup: it makes an administrator with MFA, or completes one.';
  if (facts.candidates.length > 0) {
    const summary = facts.candidates.map((one) => `${one.name}: ${lacks(one)}`).join('; ');
    return { status: 'unmet', summary: `No administrator is complete (${summary})`, facts, remedy };
  }
  const summary = facts.userNames.length === 0 ? 'No IAM user exists' : 'No user is an administrator through a group';
  return { status: 'unmet', summary, facts, remedy };
};

const userName = ({ userNames }: Facts): Text => ({
  kind: 'text',
  message: 'User name',
  help: 'The name that you sign in with from tomorrow on.',
  default: userNames.some((name) => name.toLowerCase() === 'admin') ? 'first-steps-admin' : 'admin',
  example: 'maria',
  pattern: /^[A-Za-z0-9_+=,.@-]+$/,
  rule: 'Use only letters without accents, digits and _ + = , . @ -',
  max: 64,
  refused: userNames.map((value) => ({ value, because: `A user named ${value} exists already; choose another name.` })),
});

const who = (open: readonly Candidate[]): Choice => ({
  kind: 'choice',
  message: 'Who is to be the daily administrator?',
  help: 'A person with their own user: do not complete a user that a program uses.',
  options: [
    ...open.map((one) => ({ value: one.name, label: one.name, hint: lacks(one) })),
    { value: newUser, label: 'Someone new' },
  ],
  default: open.find((one) => one.ours)?.name ?? newUser,
});

const asks = (facts: Facts): { who?: Choice; name: Text & { when: (soFar: Readonly<Record<string, unknown>>) => boolean } } => ({
  ...(facts.candidates.length > 0 && { who: who(facts.candidates) }),
  name: { ...userName(facts), when: (soFar) => soFar['who'] === undefined || soFar['who'] === newUser },
});

const groupActions = ({ group }: Facts): readonly Action[] => [
  ...(group.exists ? [] : [iam(new CreateGroupCommand({ GroupName: group.name }), `make the group ${group.name}`)]),
  ...(group.attached
    ? []
    : [
        iam(
          new AttachGroupPolicyCommand({ GroupName: group.name, PolicyArn: administratorAccess }),
          `let the group ${group.name} do everything (the policy AdministratorAccess)`,
        ),
      ]),
];

const make = (user: string): Action =>
  iam(
    new CreateUserCommand({ UserName: user, Tags: [{ Key: ourTag, Value: 'administrator' }] }),
    `make the user ${user}, tagged as made by this program`,
  );

const fresh = (name: string): Candidate => ({ name, ours: true, inGroup: false, mfa: false, password: false });

const plan = (facts: Facts, answers: { who?: string | undefined; name?: string | undefined }): readonly Action[] => {
  const known = facts.candidates.find((one) => one.name === (answers.who ?? answers.name) || one.name === answers.name);
  const user = known ?? fresh(answers.name ?? '');
  const { accountId, url } = facts;
  return [
    ...(user.inGroup ? [] : groupActions(facts)),
    ...(known ? [] : [make(user.name)]),
    ...(user.inGroup
      ? []
      : [
          iam(
            new AddUserToGroupCommand({ GroupName: facts.group.name, UserName: user.name }),
            `put ${user.name} into the group ${facts.group.name}`,
          ),
        ]),
    ...(user.mfa
      ? []
      : [
          enrolPhone({
            accountId,
            user: user.name,
            leftover: facts.unassigned.includes(serialOf(accountId, user.name)),
          }),
        ]),
    ...(user.password || !user.ours ? [] : [givePassword({ user: user.name, url, length: facts.passwordLength })]),
  ];
};

/** A daily administrator: a user in an administrators' group, with MFA (IAM User Guide, "Security best practices"). */
export const adminUser = step({
  id: 'admin-user',
  title: 'Daily administrator',
  why: [
    'The root user cannot be limited, and nothing shows who used it. Work as an administrator instead: one that is lost or stolen can be locked out, root cannot.',
    'The administrator gets a second factor before it gets a password, and no access key at all.',
  ],
  chapter: 'people',
  actor: 'administrator',
  cost: 'free',
  controls: {
    cis5: ['1.9', '1.10'],
    cis7: ['2.10'],
    ssb: ['ACCT.03', 'ACCT.05'],
    securityHub: ['IAM.5', 'IAM.19'],
    prowler: ['iam_user_mfa_enabled_console_access', 'iam_administrator_access_with_mfa'],
  },
  reads: [
    'iam:GetAccountAuthorizationDetails',
    'iam:ListVirtualMFADevices',
    'iam:ListMFADevices',
    'iam:GetLoginProfile',
    'iam:GetAccountPasswordPolicy',
    'iam:ListAccountAliases',
  ],
  check: async (aws): Promise<Finding<Facts>> => {
    const [identity, account, everyone, devices, policy] = await Promise.all([
      whoAmI(aws),
      accountFacts(aws),
      people(aws),
      virtualDevices(aws),
      passwordPolicy(aws),
    ]);
    return finding({
      accountId: identity.accountId,
      url: signInUrl({ accountId: identity.accountId, alias: account.alias }),
      candidates: await candidates(aws, everyone, devices),
      userNames: everyone.users.map((user) => user.name),
      group: groupFor(everyone),
      unassigned: devices.filter((device) => !device.User).flatMap((device) => device.SerialNumber ?? []),
      passwordLength: Math.max(usualPasswordLength, policy?.MinimumPasswordLength ?? 0),
    });
  },
  answerable: ['who', 'name'],
  asks,
  plan,
});
