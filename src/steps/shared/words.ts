import type { ExplainedWord } from '../../core/step.ts';

/** What the words of AWS mean that several steps use, so that each of them means the same everywhere. */
const meanings = {
  account: 'Everything that you have at AWS: one 12-digit number, one bill.',
  'root user': 'The owner of the account: signs in with its e-mail address, and can do everything.',
  IAM: 'The part of AWS that decides who may sign in and what they may do.',
  'IAM user': 'A sign-in inside the account, with its own password and permissions.',
  MFA: 'Multi-factor authentication: your password and a second proof, such as a code from your phone.',
  passkey:
    'A sign-in that your phone, computer or security key keeps for you, and that a fake page cannot steal.',
  'authenticator app':
    'An app that shows a new code every 30 seconds, such as Google Authenticator, Microsoft Authenticator or 1Password.',
  'access key': 'A user name and password for programs: an ID that begins with AKIA, and a secret.',
  group: 'A list of IAM users who share the same permissions.',
  policy: 'A list of what is allowed and what is forbidden, attached to a group, a user or a role.',
  alias: 'A name for your account that replaces its number in the sign-in address.',
  Region: 'A place with data centers of AWS; most of what you create exists in one Region only.',
  'us-east-1': 'The Region in Northern Virginia: AWS publishes what an account costs only there.',
  metric: 'A figure that AWS records again and again, such as what this month has cost so far.',
  'CloudWatch alarm': 'A watch on one figure: it acts when the figure passes the limit that you set.',
  'SNS topic':
    'A mailing list for messages from AWS: what is sent to it goes to everyone who has subscribed.',
  budget: 'An amount for the month that AWS compares with your costs; it warns you, and stops nothing.',
  forecast: 'What AWS expects the whole month to cost, judged by what you have used before.',
} as const;

/** The words with their meanings, in the order in which they are named. */
export const explainWords = (...words: readonly (keyof typeof meanings)[]): readonly ExplainedWord[] =>
  words.map((word) => ({ word, meaning: meanings[word] }));
