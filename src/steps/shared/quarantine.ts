import type { IamUser } from '../../aws/reads/iam.ts';

/**
 * AWS attaches one of these when it finds an access key in public, a newer version every few years. It denies the most
 * expensive calls, and stays until the owner detaches it (AWS Managed Policy Reference, "AWSCompromisedKeyQuarantineV3").
 */
const quarantineArnPattern = /^arn:[^:]+:iam::aws:policy\/AWSCompromisedKeyQuarantine/;

/** The older form, which AWS wrote into the user itself. */
const quarantineInlineName = 'AWSExposedCredentialPolicy_DO_NOT_REMOVE';

/** The policy with which AWS has locked down a user whose access key is public, or nothing. */
export const findQuarantinePolicy = ({ attached, inline }: IamUser): string | undefined =>
  attached.find(({ arn }) => quarantineArnPattern.test(arn))?.name ??
  [...inline, ...attached].find(({ name }) => name === quarantineInlineName)?.name;

/** What happened, and what to do now. */
export const describeQuarantine = (
  user: string,
  policy: string,
): { description: string; remedy: string } => ({
  description: `AWS found an access key of ${user} in public and locked the user down (${policy})`,
  remedy:
    `Now: delete the access keys of ${user} (IAM console, Users, ${user}, Security credentials), ` +
    "look through CloudTrail's event history in every Region for what was done with them, " +
    `and only then take ${policy} away. A program that used a key needs another one. ` +
    "AWS has written to the account's email address about it.",
});
