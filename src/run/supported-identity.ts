import type { Identity } from '../aws/identity.ts';
import { Problem } from '../lib/user-error.ts';

const unchanged = 'Nothing was changed.';

const otherPartition = ({ partition }: Identity): Problem =>
  // AWS China has no root user, GovCloud keeps its billing elsewhere: most steps would say something wrong there.
  new Problem(`This account is in the partition ${partition}, which this program does not know yet.`, [
    `It knows standard AWS accounts (partition "aws") only. ${unchanged}`,
  ]);

const waysIn =
  'Sign in as root or as an IAM user ("aws login" or CloudShell), or with a role, and run this program again.';

const federated = ({ name }: Identity): Problem =>
  new Problem(
    `You are signed in as the temporary federated user ${name}. AWS lets such a session call nothing of IAM, so this program can neither look nor help.`,
    [waysIn, unchanged],
  );

/** Why this program has nothing right to say to somebody who is signed in like this, or nothing if it has. */
export const refusalOf = (identity: Identity): Problem | undefined => {
  if (identity.partition !== 'aws') return otherPartition(identity);
  return identity.kind === 'federated-user' ? federated(identity) : undefined;
};

/** AWS has just said who this is, so that credentials which IAM alone does not accept are a session without MFA. */
export const sessionWithoutIam = (): Problem =>
  new Problem('AWS knows who you are, but does not let this session call IAM.', [
    'Sessions from "aws sts get-session-token" may call IAM only if they were made with an MFA code.',
    waysIn,
    unchanged,
  ]);
