// An operation is named as CloudTrail names it: `s3control:GetPublicAccessBlock`. The service comes first (digits and
// hyphens included: ec2, route53domains, access-analyzer), then the verb as a whole word: `Get` in `GetUser` and not in
// `Getaway`.

/** Matches the operations of any service whose name starts with one of `verbs`, each a part of a regular expression. */
const startingWith = (...verbs: readonly string[]): RegExp =>
  new RegExp(`^[a-z][a-z0-9-]*:(?:${verbs.join('|')})(?![a-z])`);

const reading = startingWith(
  'BatchGet',
  // License Manager's CheckInLicense gives a licence back.
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
 * Whether an operation changes nothing in the account, judged by its name. An unknown verb counts as a change. Some reads
 * return credentials (`sts:GetSessionToken`): they change nothing, either.
 */
export const isRead = (operation: string): boolean => reading.test(operation);

/** Whether an operation removes something, so that afterwards AWS answers that it does not exist. */
export const isRemoval = (operation: string): boolean => removing.test(operation);
