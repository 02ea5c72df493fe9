import * as v from 'valibot';
import { budgetingSchema } from './budgets.ts';
import {
  alarmSchema,
  muteRuleSchema,
  arnSchema,
  timestampSchema,
  mailSchema,
  subscriptionSchema,
  tagSchema,
  topicSchema,
} from './monitoring.ts';

const inlinePolicySchema = v.object({ name: v.string(), document: v.string() });

const accessKeySchema = v.object({
  id: v.string(),
  createdAt: timestampSchema,
  active: v.boolean(),
  lastUsed: v.exactOptional(v.object({ at: timestampSchema, service: v.string(), region: v.string() })),
});

const groupSchema = v.object({
  name: v.string(),
  id: v.string(),
  path: v.string(),
  createdAt: timestampSchema,
  attached: v.array(v.string()),
  inline: v.array(inlinePolicySchema),
});

const userSchema = v.object({
  ...groupSchema.entries,
  tags: v.array(tagSchema),
  /** The ARN of the permissions boundary. */
  boundary: v.exactOptional(v.string()),
  groups: v.array(v.string()),
  accessKeys: v.array(accessKeySchema),
  loginProfile: v.exactOptional(v.object({ createdAt: timestampSchema, resetRequired: v.boolean() })),
});

const roleSchema = v.object({ ...groupSchema.entries, trustPolicy: v.string() });

/** A policy that the owner wrote. `document` is JSON. */
const ownPolicySchema = v.object({ name: v.string(), arn: arnSchema, document: v.string() });

/** A secret in base32. */
const seedSchema = v.pipe(v.string(), v.regex(/^[A-Z2-7]+=*$/));

const deviceSchema = v.object({
  serial: arnSchema,
  seed: seedSchema,
  createdAt: timestampSchema,
  owner: v.exactOptional(
    v.variant('kind', [
      v.object({ kind: v.literal('root') }),
      v.object({ kind: v.literal('user'), name: v.string() }),
    ]),
  ),
  enabledAt: v.exactOptional(timestampSchema),
  /** The 30-second window of the newest code that was used. Codes of this window or an older one are rejected. */
  lastWindow: v.exactOptional(v.number()),
});

const passwordPolicySchema = v.object({
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

const callerSchema = v.variant('kind', [
  v.object({ kind: v.literal('root') }),
  v.object({ kind: v.literal('root-key'), accessKeyId: v.string() }),
  /** A `session` came from GetSessionToken without an MFA code. It may call every service except IAM. */
  v.object({ kind: v.literal('user'), name: v.string(), session: v.exactOptional(v.literal(true)) }),
  v.object({ kind: v.literal('role'), name: v.string() }),
  v.object({ kind: v.literal('federated-user'), name: v.string() }),
]);

/**
 * Everything that is stored about a practice account, also the format of its file. A file that does not match is
 * damaged.
 */
export const worldSchema = v.object({
  version: v.literal(1),
  account: v.object({
    id: v.string(),
    name: v.string(),
    email: v.string(),
    createdAt: timestampSchema,
    /** Missing means `aws`. Only the caller's ARN uses it. */
    partition: v.exactOptional(v.picklist(['aws-cn', 'aws-us-gov'])),
  }),
  caller: callerSchema,
  organization: v.exactOptional(
    v.object({
      managementAccount: v.string(),
      /** The organization is the one that AWS manages for the newer sign-up, with its policies. */
      project: v.exactOptional(v.literal(true)),
    }),
  ),
  root: v.object({ passwordPresent: v.boolean(), accessKeys: v.array(accessKeySchema) }),
  billing: v.object({
    openToIam: v.boolean(),
    alertsSince: v.exactOptional(timestampSchema),
    /** Minutes between turning on billing alerts and the first data. Missing means none. */
    figuresAfter: v.exactOptional(v.number()),
    /** Unusual answers of AWS to a request for the billing alerts preference. */
    preferences: v.exactOptional(v.picklist(['refused', 'empty', 'strange'])),
  }),
  /** Accounts created before July 2025 have none. */
  plan: v.exactOptional(
    v.object({
      type: v.picklist(['FREE', 'PAID']),
      status: v.picklist(['NOT_STARTED', 'ACTIVE', 'EXPIRED']),
      credits: v.exactOptional(v.number()),
      until: v.exactOptional(timestampSchema),
    }),
  ),
  alias: v.exactOptional(v.string()),
  passwordPolicy: v.exactOptional(passwordPolicySchema),
  users: v.array(userSchema),
  groups: v.array(groupSchema),
  roles: v.exactOptional(v.array(roleSchema)),
  policies: v.exactOptional(v.array(ownPolicySchema)),
  devices: v.array(deviceSchema),
  topics: v.array(topicSchema),
  subscriptions: v.array(subscriptionSchema),
  /** Text messages may go to every number. A new account is in the SMS sandbox. */
  outOfSmsSandbox: v.exactOptional(v.literal(true)),
  alarms: v.array(alarmSchema),
  muteRules: v.exactOptional(v.array(muteRuleSchema)),
  /** Files written before the practice account had budgets do not contain it. */
  budgeting: v.optional(budgetingSchema, { budgets: [], verified: [] }),
  mails: v.array(mailSchema),
  /** What the practice phone has scanned, newest last. */
  phone: v.array(v.object({ label: v.string(), seed: seedSchema })),
  /** Services' own state by service name. Each service defines its own schema, and unused services have no entry. */
  services: v.exactOptional(v.record(v.string(), v.unknown())),
});

/** The whole state of a practice account. */
export type World = v.InferOutput<typeof worldSchema>;
export type PracticeUser = World['users'][number];
export type PracticeGroup = World['groups'][number];
export type PracticeRole = NonNullable<World['roles']>[number];
/** A virtual MFA device, assigned or not. */
export type PracticeMfaDevice = World['devices'][number];
/** An access key of root or of a user. It has no secret. */
export type PracticeAccessKey = PracticeUser['accessKeys'][number];
export type PracticePasswordPolicy = NonNullable<World['passwordPolicy']>;
export type PracticeTopic = World['topics'][number];
/** A subscription to a topic, confirmed or not. */
export type PracticeSubscription = World['subscriptions'][number];
export type PracticeAlarm = World['alarms'][number];
export type PracticeAlarmState = PracticeAlarm['state'];
export type PracticeMail = World['mails'][number];
/** The identity that calls are made with. */
export type PracticeCaller = World['caller'];
export type PracticeTag = PracticeUser['tags'][number];
