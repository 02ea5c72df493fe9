import { UpdateAccountPasswordPolicyCommand, type PasswordPolicy } from '@aws-sdk/client-iam';
import { call } from '../core/action.ts';
import { readPasswordPolicy } from '../aws/reads/iam.ts';
import type { CountQuestion } from '../core/question.ts';
import { defineStep, type CheckContext, type Finding } from '../core/step.ts';
import { explainWords } from './shared/words.ts';

/** The account's own policy. Missing if AWS's default applies (8 characters, three of four types, no expiry). */
type PasswordPolicyFacts = { policy: PasswordPolicy | undefined };

/** CIS AWS Foundations Benchmark: at least 14 characters, and the last 24 passwords are rejected. */
const recommendedMinLength = 14;
const recommendedReusePrevention = 24;

const characterTypeSettings = [
  'RequireUppercaseCharacters',
  'RequireLowercaseCharacters',
  'RequireNumbers',
  'RequireSymbols',
] as const;

const characterTypeWords: Readonly<Record<(typeof characterTypeSettings)[number], string>> = {
  RequireUppercaseCharacters: 'capital letters',
  RequireLowercaseCharacters: 'small letters',
  RequireNumbers: 'digits',
  RequireSymbols: 'symbols',
};

/** Up to here people change so often that they choose what is easy to remember, and to guess. */
const shortestUsefulExpiry = 30;

const describeExpiry = (days: number): string =>
  `passwords expire after ${days === 1 ? 'a day' : `${days} days`}${days < shortestUsefulExpiry ? ', so people choose ones that are easy to guess' : ''}`;

/** The rest of the policy. CIS no longer asks for it, and the owner may not expect it. */
const describeRest = (policy: PasswordPolicy): string => {
  const required = characterTypeSettings
    .filter((type) => policy[type])
    .map((type) => characterTypeWords[type]);
  const { MaxPasswordAge: days } = policy;
  return [
    required.length > 0 ? `with ${required.join(', ')}` : 'any characters will do',
    ...(days ? [describeExpiry(days)] : []),
  ].join('; ');
};

const describeReuse = (refused: number) =>
  refused === 0 ? 'old passwords are accepted again' : `only the last ${refused} are refused`;

const findPolicyWeaknesses = (policy: PasswordPolicy): readonly string[] =>
  [
    (policy.MinimumPasswordLength ?? 0) < recommendedMinLength &&
      `${policy.MinimumPasswordLength ?? 0} characters are enough`,
    (policy.PasswordReusePrevention ?? 0) < recommendedReusePrevention &&
      describeReuse(policy.PasswordReusePrevention ?? 0),
    !policy.AllowUsersToChangePassword && 'users may not change their own',
    policy.HardExpiry && 'an expired password locks its user out until somebody else resets it',
  ].filter((weakness) => typeof weakness === 'string');

const judgePasswordPolicy = (facts: PasswordPolicyFacts): Finding<PasswordPolicyFacts> => {
  const remedy = 'Run the setup: it sets a stronger policy, and loosens nothing.';
  if (!facts.policy)
    return { status: 'unmet', summary: '8 characters are enough, by default', facts, remedy };
  const weak = findPolicyWeaknesses(facts.policy);
  const rest = describeRest(facts.policy);
  return weak.length > 0
    ? { status: 'unmet', summary: `Too weak: ${weak.join('; ')}; ${rest}`, facts, remedy }
    : {
        status: 'met',
        summary: `${facts.policy.MinimumPasswordLength} characters, the last ${recommendedReusePrevention} refused; ${rest}`,
        facts,
      };
};

const createLengthQuestion = ({ policy }: PasswordPolicyFacts): CountQuestion => {
  const least = Math.max(recommendedMinLength, policy?.MinimumPasswordLength ?? 0);
  return {
    kind: 'count',
    message: 'Shortest password',
    help: 'It counts from the next change of each password.',
    default: least,
    min: least,
    max: 128,
    unit: 'characters',
  };
};

/** Sets all fields together: AWS has no partial update, and an omitted field gets a value weaker than AWS's default. */
const strengthenPolicy = (policy: PasswordPolicy | undefined, shortestNow: number) => ({
  MinimumPasswordLength: shortestNow,
  PasswordReusePrevention: recommendedReusePrevention,
  AllowUsersToChangePassword: true,
  HardExpiry: false,
  // AWS's default requires three of the four types, so a policy that requires none would be weaker than no policy.
  ...Object.fromEntries(characterTypeSettings.map((type) => [type, policy ? (policy[type] ?? false) : true])),
  // This program forces no expiry (NIST SP 800-63B advises against it), and keeps an existing one.
  ...(policy?.MaxPasswordAge && { MaxPasswordAge: policy.MaxPasswordAge }),
});

/** Everything that the new policy changes, so that the owner sees all of it before agreeing. */
const describePolicyChanges = (policy: PasswordPolicy | undefined, shortestNow: number): string =>
  [
    policy?.MinimumPasswordLength !== shortestNow && `ask for ${shortestNow} characters`,
    !policy && 'with capital and small letters, digits and symbols',
    policy?.PasswordReusePrevention !== recommendedReusePrevention &&
      `refuse the last ${recommendedReusePrevention} passwords`,
    !policy?.AllowUsersToChangePassword && 'let users change their own',
    policy?.HardExpiry && 'let users replace an expired one',
  ]
    .filter((change) => typeof change === 'string')
    .join(', ');

/** A strong password policy (IAM User Guide, "Set an account password policy for IAM users"). */
export const passwordPolicyStep = defineStep({
  id: 'password-policy',
  title: 'Password policy',
  why: [
    'By default AWS accepts 8 characters, and old passwords again. Such passwords are guessed or found in leaks.',
    'The policy is for IAM users, not for root.',
  ],
  category: 'people',
  performedBy: 'administrator',
  cost: 'free',
  controls: {
    cis5: ['1.7', '1.8'],
    cis7: ['2.8', '2.9'],
    ssb: ['ACCT.06'],
    // Controls for character types (IAM.7, IAM.11 to IAM.14) are missing here: an existing policy may not require them.
    securityHub: ['IAM.15', 'IAM.16'],
    prowler: ['iam_password_policy_minimum_length_14', 'iam_password_policy_reuse_24'],
  },
  controlRules: [
    {
      controls: {
        cis5: ['1.7'],
        cis7: ['2.8'],
        securityHub: ['IAM.15'],
        prowler: ['iam_password_policy_minimum_length_14'],
      },
      holds: ({ policy }) => (policy?.MinimumPasswordLength ?? 0) >= recommendedMinLength,
    },
    {
      controls: {
        cis5: ['1.8'],
        cis7: ['2.9'],
        securityHub: ['IAM.16'],
        prowler: ['iam_password_policy_reuse_24'],
      },
      holds: ({ policy }) => policy?.PasswordReusePrevention === recommendedReusePrevention,
    },
  ],
  minutes: 1,
  help: {
    words: [
      ...explainWords('root user', 'IAM', 'IAM user'),
      {
        word: 'password policy',
        meaning: 'The rules that AWS checks when an IAM user sets a new password.',
      },
    ],
    ifSkipped:
      'Someone in your account will choose a short password, or one that was already leaked elsewhere.',
    undo: 'In the IAM console, choose "Account settings", then Edit under "Password policy", "IAM default" and "Save changes". On the command line: aws iam delete-account-password-policy. If you had a policy of your own before, enter its settings there again.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html',
  },
  // This also applies to a project: IAM users are discouraged there but possible, and the policy is free.
  readPermissions: ['iam:GetAccountPasswordPolicy'],
  check: async ({ aws }: CheckContext): Promise<Finding<PasswordPolicyFacts>> =>
    judgePasswordPolicy({ policy: await readPasswordPolicy(aws) }),
  questions: { length: createLengthQuestion },
  plan: ({ policy }, answers) =>
    policy &&
    findPolicyWeaknesses(policy).length === 0 &&
    (policy.MinimumPasswordLength ?? 0) >= answers.length
      ? []
      : [
          call(
            'iam',
            new UpdateAccountPasswordPolicyCommand(strengthenPolicy(policy, answers.length)),
            describePolicyChanges(policy, answers.length),
          ),
        ],
});
