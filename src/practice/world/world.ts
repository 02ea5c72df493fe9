import * as v from 'valibot';
import { budgeting } from './budgets.ts';
import { alarm, arn, instant, mail, subscription, tag, topic } from './money.ts';

const inlinePolicy = v.object({ name: v.string(), document: v.string() });

const accessKey = v.object({
  id: v.string(),
  createdAt: instant,
  active: v.boolean(),
  lastUsed: v.exactOptional(v.object({ at: instant, service: v.string(), region: v.string() })),
});

const group = v.object({
  name: v.string(),
  id: v.string(),
  path: v.string(),
  createdAt: instant,
  attached: v.array(v.string()),
  inline: v.array(inlinePolicy),
});

const user = v.object({
  ...group.entries,
  tags: v.array(tag),
  groups: v.array(v.string()),
  accessKeys: v.array(accessKey),
  loginProfile: v.exactOptional(v.object({ createdAt: instant, resetRequired: v.boolean() })),
});

/** A secret in base32. */
const seed = v.pipe(v.string(), v.regex(/^[A-Z2-7]+=*$/));

const device = v.object({
  serial: arn,
  seed,
  createdAt: instant,
  owner: v.exactOptional(
    v.variant('kind', [
      v.object({ kind: v.literal('root') }),
      v.object({ kind: v.literal('user'), name: v.string() }),
    ]),
  ),
  enabledAt: v.exactOptional(instant),
  /** The 30-second window of the newest code that was used: neither it nor an older one is taken again. */
  lastWindow: v.exactOptional(v.number()),
});

const passwordPolicy = v.object({
  MinimumPasswordLength: v.number(),
  RequireSymbols: v.boolean(),
  RequireNumbers: v.boolean(),
  RequireUppercaseCharacters: v.boolean(),
  RequireLowercaseCharacters: v.boolean(),
  AllowUsersToChangePassword: v.boolean(),
  MaxPasswordAge: v.exactOptional(v.number()),
  PasswordReusePrevention: v.exactOptional(v.number()),
  HardExpiry: v.exactOptional(v.boolean()),
});

const caller = v.variant('kind', [
  v.object({ kind: v.literal('root') }),
  v.object({ kind: v.literal('root-key'), accessKeyId: v.string() }),
  /** A `session` came from GetSessionToken without an MFA code: it may call everything but IAM. */
  v.object({ kind: v.literal('user'), name: v.string(), session: v.exactOptional(v.literal(true)) }),
  v.object({ kind: v.literal('role'), name: v.string() }),
  v.object({ kind: v.literal('federated-user'), name: v.string() }),
]);

/** Everything that is kept of a practice account, in the file too: a file that does not fit is damaged. */
export const worldSchema = v.object({
  version: v.literal(1),
  account: v.object({
    id: v.string(),
    name: v.string(),
    email: v.string(),
    createdAt: instant,
    /** `aws` if not said; only who is calling is told in it. */
    partition: v.exactOptional(v.picklist(['aws-cn', 'aws-us-gov'])),
  }),
  caller,
  organization: v.exactOptional(
    v.object({
      managementAccount: v.string(),
      /** It is the one that AWS manages for the newer sign-up, with its policies. */
      project: v.exactOptional(v.literal(true)),
    }),
  ),
  root: v.object({ passwordPresent: v.boolean(), accessKeys: v.array(accessKey) }),
  billing: v.object({
    openToIam: v.boolean(),
    alertsSince: v.exactOptional(instant),
    /** So many minutes pass between turning billing alerts on and the first figures; none if not said. */
    figuresAfter: v.exactOptional(v.number()),
    /** How AWS behaves when asked for the preference of billing alerts, if not as usual. */
    preferences: v.exactOptional(v.picklist(['refused', 'empty', 'strange'])),
  }),
  /** Accounts from before July 2025 have none. */
  plan: v.exactOptional(
    v.object({
      type: v.picklist(['FREE', 'PAID']),
      status: v.picklist(['NOT_STARTED', 'ACTIVE', 'EXPIRED']),
      credits: v.exactOptional(v.number()),
      until: v.exactOptional(instant),
    }),
  ),
  alias: v.exactOptional(v.string()),
  passwordPolicy: v.exactOptional(passwordPolicy),
  users: v.array(user),
  groups: v.array(group),
  devices: v.array(device),
  topics: v.array(topic),
  subscriptions: v.array(subscription),
  alarms: v.array(alarm),
  /** Files from before there were budgets do not have it. */
  budgeting: v.optional(budgeting, { budgets: [], verified: [] }),
  mails: v.array(mail),
  /** What the practice phone has scanned: the newest last. */
  phone: v.array(v.object({ label: v.string(), seed })),
});

/** The whole state of a practice account. */
export type World = v.InferOutput<typeof worldSchema>;
/** An IAM user. */
export type User = World['users'][number];
/** An IAM group. */
export type Group = World['groups'][number];
/** A virtual MFA device, assigned or not. */
export type Device = World['devices'][number];
/** An access key, of root or of a user; there is no secret to it. */
export type AccessKey = User['accessKeys'][number];
/** The account's own password policy. */
export type PasswordPolicy = NonNullable<World['passwordPolicy']>;
/** An SNS topic. */
export type Topic = World['topics'][number];
/** A subscription to a topic, confirmed or not. */
export type Subscription = World['subscriptions'][number];
/** A CloudWatch alarm. */
export type Alarm = World['alarms'][number];
/** A mail in the owner's mailbox. */
export type Mail = World['mails'][number];
/** In whose name calls are made. */
export type Caller = World['caller'];
/** A tag as IAM, SNS and CloudWatch write it. */
export type Tag = User['tags'][number];
