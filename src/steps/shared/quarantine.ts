import type { IamUser } from '../../aws/reads/iam.ts';

/**
 * AWS attaches one of these when it finds an access key in public. It denies the most expensive calls, and stays until
 * the owner detaches it (AWS Managed Policy Reference, "AWSCompromisedKeyQuarantineV3").
 */
const quarantineArnPattern = /:iam::aws:policy\/AWSCompromisedKeyQuarantine(?:V\d+)?$/;

/** The older form, which AWS wrote into the user itself. */
const quarantineInlineName = 'AWSExposedCredentialPolicy_DO_NOT_REMOVE';

/** The policy with which AWS has locked down a user whose access key is public, or nothing. */
export const findQuarantinePolicy = ({ attached, inline }: IamUser): string | undefined =>
  attached.find(({ arn }) => quarantineArnPattern.test(arn))?.name ??
  inline.find(({ name }) => name === quarantineInlineName)?.name;
