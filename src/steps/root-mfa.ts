import { readAccountSummary, readVirtualMfaDevices } from '../aws/reads/iam.ts';
import { defineStep, type CheckContext, type Finding } from '../core/step.ts';
import { securityCredentialsUrl } from './shared/root-console.ts';
import { explainWords } from './shared/words.ts';
import { watchTask } from './shared/watch.ts';

type RootMfaFacts = { enabled: boolean; usesAuthenticatorApp: boolean };

const rootMfaInstructions = [
  'Open the page below as the root user, and choose "Assign MFA device". A passkey is best: it cannot be phished.',
  'Assign a second device and keep it elsewhere. With only one, a lost phone locks you out.',
  'Check that the e-mail address and phone number are yours: they are the way back in.',
];

const judgeRootMfa = (facts: RootMfaFacts): Finding<RootMfaFacts> =>
  facts.enabled
    ? { status: 'met', summary: facts.usesAuthenticatorApp ? 'On, with an authenticator app' : 'On', facts }
    : {
        status: 'unmet',
        summary: 'The password alone opens the whole account',
        facts,
        remedy: `As root, assign an MFA device at ${securityCredentialsUrl}.`,
      };

/** MFA on the root user. AWS has no API to enable it (IAM User Guide, "Enable MFA devices with the CLI or API"). */
export const rootMfaStep = defineStep({
  id: 'root-mfa',
  title: 'Root MFA',
  why: [
    'The root user can do everything, and nothing limits it.',
    'With a second factor (MFA), a stolen password is not enough.',
  ],
  category: 'root',
  performedBy: 'root',
  cost: 'free',
  controls: {
    cis5: ['1.4'],
    cis7: ['2.5'],
    ssb: ['ACCT.02', 'ACCT.05'],
    securityHub: ['IAM.9'],
    prowler: ['iam_root_mfa_enabled'],
  },
  controlRules: [
    {
      controls: {
        cis5: ['1.4'],
        cis7: ['2.5'],
        securityHub: ['IAM.9'],
        prowler: ['iam_root_mfa_enabled'],
      },
      holds: ({ enabled }) => enabled,
    },
  ],
  unavailableIn: {
    project:
      'In a project nobody signs in as root; MFA for your own sign-in is registered under AWS Settings (settings.aws.com), "Manage security and sign-in"',
  },
  minutes: 3,
  help: {
    words: explainWords('root user', 'MFA', 'passkey', 'authenticator app'),
    ifSkipped:
      'Anyone who learns the password of root owns the account. AWS asks for MFA within 35 days anyway.',
    undo: `As root, open ${securityCredentialsUrl}, select the device under "Multi-factor authentication (MFA)" and choose Remove. AWS requires MFA for root, so it will ask for another device.`,
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html',
  },
  readPermissions: ['iam:GetAccountSummary', 'iam:ListVirtualMFADevices'],
  check: async ({ aws }: CheckContext): Promise<Finding<RootMfaFacts>> => {
    const [summary, devices] = await Promise.all([
      readAccountSummary(aws, 'AccountMFAEnabled'),
      readVirtualMfaDevices(aws),
    ]);
    const facts = {
      enabled: summary['AccountMFAEnabled'] === 1,
      // Matched by owner and not by name, because newer consoles let the owner name the device.
      usesAuthenticatorApp: devices.some((device) => device.User?.Arn?.endsWith(':root') ?? false),
    };
    // Member accounts created by AWS Organizations have no root password, so MFA would protect nothing.
    return summary['AccountPasswordPresent'] === 0 && !facts.enabled
      ? {
          status: 'not-applicable',
          summary: 'The root user of this account has no password, so nobody can sign in with it',
          facts,
        }
      : judgeRootMfa(facts);
  },
  guardsRoot: true,
  questions: {},
  plan: () => [
    watchTask({
      why: 'you turn MFA on in the console; AWS has no API for it',
      manualTask: 'root-mfa',
      url: securityCredentialsUrl,
      instructions: rootMfaInstructions,
      message: 'Waiting for MFA on the root user',
      questionName: 'wait',
      isDone: async ({ aws }) =>
        (await readAccountSummary(aws, 'AccountMFAEnabled'))['AccountMFAEnabled'] === 1,
    }),
  ],
});
