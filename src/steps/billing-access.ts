import { readAccountSummary, readUsersAndGroups } from '../aws/reads/iam.ts';
import type { ChoiceQuestion } from '../core/question.ts';
import { defineStep, type CheckContext, type Finding } from '../core/step.ts';
import { findAttestationHolder } from './shared/administrators.ts';
import {
  keepAttestation,
  revokeAttestation,
  findAttestation,
  describeFutureWord,
} from './shared/attestation-tags.ts';
import { explainWords } from './shared/words.ts';
import { formatDay } from '../lib/dates.ts';

const billingAccessStepId = 'billing-access';

/** `attestationHolder` is the administrator whose tags hold the attestation. */
type BillingAccessFacts = { attestationHolder: string | undefined; isAttested: boolean };

const billingAccountPageUrl = 'https://console.aws.amazon.com/billing/home#/account';

const billingAccessInstructions = [
  'Open the page below as the root user.',
  'Find "IAM user and role access to Billing information" and choose Edit.',
  'Tick "Activate IAM Access" and choose Update.',
];

const activatedQuestion: ChoiceQuestion<'activated' | 'later'> = {
  kind: 'choice',
  message: 'Is IAM access to billing activated?',
  help: 'AWS does not tell, so your word is kept, with its date.',
  options: [
    { value: 'activated', label: 'Yes, I have activated it' },
    { value: 'later', label: 'Not yet' },
  ],
  default: 'later',
};

/** IAM access to billing. Only root can activate it, in the console (Billing User Guide, "Controlling access"). */
export const billingAccessStep = defineStep({
  id: billingAccessStepId,
  title: 'Billing access',
  why: [
    'An administrator sees no bill until root allows it, once. Otherwise you need root to see what you pay for.',
  ],
  category: 'money',
  performedBy: 'root',
  cost: 'free',
  controls: { cis5: [], cis7: [], ssb: ['ACCT.10'], securityHub: [], prowler: [] },
  unavailableIn: {
    project: 'Only root could activate it, and in a project nobody signs in as root',
  },
  minutes: 1,
  help: {
    words: explainWords('root user', 'IAM', 'IAM user'),
    ifSkipped: 'You can see what you are paying for only when you sign in as root.',
    undo: `As root, open ${billingAccountPageUrl}, choose Edit beside "IAM user and role access to Billing information", clear "Activate IAM Access" and choose Update. Then take your word back here: npx aws-first-steps --only billing-access`,
    url: 'https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/control-access-billing.html',
  },
  readPermissions: ['iam:GetAccountAuthorizationDetails', 'iam:GetAccountSummary'],
  check: async (context: CheckContext): Promise<Finding<BillingAccessFacts>> => {
    const { aws } = context;
    const [everyone, summary] = await Promise.all([
      readUsersAndGroups(aws),
      readAccountSummary(aws, 'AccountMFAEnabled'),
    ]);
    const { attestation, fromFuture } = findAttestation(everyone, context, billingAccessStepId);
    const isAttested = attestation?.said === 'activated';
    const facts = { attestationHolder: findAttestationHolder(everyone)?.name, isAttested };
    if (attestation && isAttested)
      return {
        status: 'attested',
        summary: `Activated, on your word of ${formatDay(attestation.on)}`,
        facts,
      };
    // Organizations can create member accounts without a root password. Then nobody here could activate it.
    if (summary['AccountPasswordPresent'] === 0)
      return {
        status: 'not-applicable',
        summary: 'Only root could activate it, and the root user of this account has no password',
        facts,
      };
    return {
      status: 'unmet',
      summary: `Nobody has said yet that it is activated${describeFutureWord({ fromFuture })}`,
      facts,
      remedy: `As root, activate "IAM user and role access to Billing information" at ${billingAccountPageUrl}.`,
    };
  },
  questions: { activated: () => activatedQuestion },
  manualTask: () => ({
    kind: 'manual-task',
    id: billingAccessStepId,
    doneQuestion: 'activated',
    url: billingAccountPageUrl,
    instructions: billingAccessInstructions,
  }),
  plan: ({ attestationHolder, isAttested }, { activated }) =>
    activated === 'activated' && !isAttested
      ? [keepAttestation(billingAccessStepId, activated, attestationHolder)]
      : [],
  revoke: ({ attestationHolder }) => [revokeAttestation(billingAccessStepId, attestationHolder)],
});
