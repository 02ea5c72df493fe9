// Operations are named as in CloudTrail: `s3control:GetPublicAccessBlock`. The service comes first and may contain
// digits and hyphens (ec2, route53domains, access-analyzer). The verb follows as a whole word: `Get` in `GetUser` but
// not in `Getaway`.

/**
 * Matches operations of any service whose name starts with one of `verbs`. Each verb is a regular expression fragment.
 */
const startingWith = (...verbs: readonly string[]): RegExp =>
  new RegExp(`^[a-z][a-z0-9-]*:(?:${verbs.join('|')})(?![a-z])`);

const reading = startingWith(
  'BatchGet',
  // License Manager's CheckInLicense returns a license, which is a change.
  'Check(?!In(?![a-z]))',
  'Describe',
  'Get',
  'Head',
  'List',
  'Lookup',
  'Search',
);

const removing = startingWith('Deactivate', 'Delete', 'Detach', 'Remove');

/**
 * Whether an operation changes nothing in the account, judged by its name. An unknown verb counts as a change. Some
 * reads return credentials (`sts:GetSessionToken`), but they change nothing either.
 */
export const isRead = (operation: string): boolean => reading.test(operation);

/** Whether an operation removes something. Afterwards AWS answers that it does not exist. */
export const isRemoval = (operation: string): boolean => removing.test(operation);
