import { getSignInUrl } from '../aws/identity.ts';
import {
  readIamRoom,
  readPasswordPolicy,
  readUsersAndGroups,
  readVirtualMfaDevices,
} from '../aws/reads/iam.ts';
import type { ChoiceQuestion, Condition, TextQuestion } from '../core/question.ts';
import { askIf } from '../core/step-questions.ts';
import { defineStep, type CheckContext, type Finding } from '../core/step.ts';
import {
  canAnyAdministratorSignIn,
  findAttestationHolder,
  isReadyAdministrator,
  isWithoutSignIn,
  readAdministratorCandidates,
  type AdministratorCandidate,
} from './shared/administrators.ts';
import { findAttestation, revokeAttestation } from './shared/attestation-tags.ts';
import { findOutsideRoles } from './shared/outside-roles.ts';
import {
  adminUserStepId,
  createAccessKeysQuestion,
  findKeptKeys,
  findKeyKeepers,
  planAccessKeys,
} from './admin-user/access-keys.ts';
import {
  canMakeAdministrator,
  describeMissingParts,
  findCompletable,
  findUnprotected,
  judgeAdminUser,
} from './admin-user/finding.ts';
import { createWhomQuestion, createWithoutMfaQuestion, planUnprotected } from './admin-user/without-mfa.ts';
import { adminUserHelp } from './admin-user/help.ts';
import { chooseAdministratorsGroup, findIdleGroups } from './admin-user/administrators-group.ts';
import { describeSignIn } from './admin-user/outcome.ts';
import { planAdministrator, type AdminUserFacts } from './admin-user/make-administrator.ts';

const newUserAnswer = 'someone new';

/** Suggests a name that no user has, ignoring case. */
const suggestUserName = (userNames: readonly string[]): string => {
  const lower = new Set(userNames.map((name) => name.toLowerCase()));
  let name = 'admin';
  for (let number = 1; lower.has(name); number += 1) {
    name = number === 1 ? 'first-steps-admin' : `first-steps-admin-${number}`;
  }
  return name;
};

const createUserNameQuestion = ({ userNames }: AdminUserFacts): TextQuestion & Condition => ({
  kind: 'text',
  message: 'User name',
  help: 'The name that you sign in with from now on.',
  default: suggestUserName(userNames),
  example: 'maria',
  pattern: /^[A-Za-z0-9_+=,.@-]+$/,
  rule: 'Use only letters without accents, digits and _ + = , . @ -',
  max: 64,
  refused: [
    ...userNames.map((value) => ({
      value,
      because: `Choose another name: a user named ${value} exists already.`,
    })),
    { value: 'root', because: 'Choose another name: root is what AWS calls the owner of the account.' },
  ],
  when: ({ who }) => who === undefined || who === newUserAnswer,
});

const formatCandidateHint = (one: AdministratorCandidate): string =>
  `${describeMissingParts(one)}${one.hasPassword || isWithoutSignIn(one) ? '' : ', and is given none here'}`;

const createWhoQuestion = (facts: AdminUserFacts): ChoiceQuestion => {
  const open = findCompletable(facts);
  const createdByUs = open.find((one) => one.createdByUs);
  return {
    kind: 'choice',
    message: 'Who is the daily administrator?',
    help: 'Choose a person with their own user, not a user that a program uses.',
    options: [
      ...open.map((one) => ({ value: one.name, label: one.name, hint: formatCandidateHint(one) })),
      ...(canMakeAdministrator(facts) ? [{ value: newUserAnswer, label: 'Someone new' }] : []),
    ],
    default: createdByUs?.name ?? (canMakeAdministrator(facts) ? newUserAnswer : (open[0]?.name ?? '')),
    // The new user of an interrupted run already exists.
    ...(createdByUs && { doNotSuggest: newUserAnswer }),
  };
};

const hasReadyAdministrator = ({ candidates }: AdminUserFacts): boolean =>
  candidates.some(isReadyAdministrator);

/** A daily administrator: a user in an administrators' group, with MFA (IAM User Guide, "Security best practices"). */
export const adminUserStep = defineStep({
  id: adminUserStepId,
  title: 'Daily administrator',
  why: [
    'Work as an administrator, not as root: a stolen administrator can be locked out, root cannot.',
    'The administrator gets a second factor, then a password, and no access key.',
  ],
  category: 'people',
  performedBy: 'administrator',
  cost: 'free',
  controls: {
    // The standards require MFA for every user, or for every administrator. One administrator with MFA does not meet
    // that.
    cis5: [],
    cis7: [],
    ssb: [],
    securityHub: [],
    prowler: [],
  },
  unavailableIn: {
    project:
      'In a project you sign in through AWS Builder ID or another login, as its administrator; AWS discourages IAM users there',
  },
  minutes: 4,
  help: adminUserHelp,
  readPermissions: [
    'iam:GetAccountAuthorizationDetails',
    'iam:ListVirtualMFADevices',
    'iam:ListMFADevices',
    'iam:GetLoginProfile',
    'iam:ListAccessKeys',
    'iam:GetAccountPasswordPolicy',
    'iam:GetAccountSummary',
  ],
  check: async (context: CheckContext): Promise<Finding<AdminUserFacts>> => {
    const { aws, identity, account } = context;
    const [everyone, devices, policy, ownAccessKeyId] = await Promise.all([
      readUsersAndGroups(aws),
      readVirtualMfaDevices(aws),
      readPasswordPolicy(aws),
      aws.accessKeyId(),
    ]);
    const administrators = await readAdministratorCandidates(aws, everyone, devices);
    const isAnyReady = administrators.candidates.some(isReadyAdministrator);
    const createdByUs = administrators.candidates.filter((one) => one.createdByUs);
    return judgeAdminUser({
      accountId: identity.accountId,
      signInUrl: getSignInUrl({ accountId: identity.accountId, alias: account.alias }),
      ...administrators,
      callerName: identity.kind === 'user' ? identity.name : '',
      ownAccessKeyId,
      outsideRoles: findOutsideRoles(everyone),
      ...findAttestation(everyone, context, adminUserStepId),
      // Whoever has an administrator makes no other one.
      room: isAnyReady ? { users: Infinity, groups: Infinity } : await readIamRoom(aws),
      attestationHolder: findAttestationHolder(everyone)?.name,
      userNames: everyone.users.map((user) => user.name),
      idleGroups: findIdleGroups(everyone),
      administratorsGroup: chooseAdministratorsGroup(everyone, new Set(createdByUs.map(({ name }) => name))),
      devices: devices.map(({ SerialNumber = '', User }) => ({
        serial: SerialNumber,
        assigned: User !== undefined,
      })),
      minPasswordLength: policy?.MinimumPasswordLength ?? 0,
    });
  },
  outcome: describeSignIn,
  makesAdministrator: canAnyAdministratorSignIn,
  questions: {
    who: askIf(
      (facts: AdminUserFacts) => !hasReadyAdministrator(facts) && findCompletable(facts).length > 0,
      createWhoQuestion,
    ),
    name: askIf(
      (facts: AdminUserFacts) => !hasReadyAdministrator(facts) && canMakeAdministrator(facts),
      createUserNameQuestion,
    ),
    'without-mfa': askIf(
      (facts: AdminUserFacts) => findUnprotected(facts).length > 0,
      createWithoutMfaQuestion,
    ),
    'without-mfa-of': askIf((facts: AdminUserFacts) => findUnprotected(facts).length > 1, createWhomQuestion),
    'access-keys': askIf(
      (facts: AdminUserFacts) => findKeyKeepers(facts).length > 0 && !findKeptKeys(facts),
      createAccessKeysQuestion,
    ),
  },
  plan: (facts, answers) => [
    ...planAdministrator(facts, answers),
    ...planUnprotected(facts, answers),
    ...planAccessKeys(facts, answers['access-keys']),
  ],
  revoke: ({ attestationHolder }) => [revokeAttestation(adminUserStepId, attestationHolder)],
});
