/** A team's permissions: AWS's managed policies by name, and a plain description of what they allow. */
export type TeamPreset = { value: Team; label: string; allows: string; policies: readonly string[] };

/** The available teams, as the answers file names them. */
export type Team = 'developers' | 'operations' | 'front-end' | 'billing' | 'auditors' | 'read-only';

const formatManagedPolicyArn = (name: string) => `arn:aws:iam::aws:policy/${name}`;

/** A team that the owner chose: the group's name, its permissions and its members. */
export type ChosenTeam = { name: string; team: TeamPreset; members: readonly string[] };

/**
 * The available teams. AWS keeps these policies up to date, and says itself that they are a starting point and not
 * least privilege (IAM User Guide, "AWS managed policies for job functions").
 */
export const teamPresets: readonly TeamPreset[] = [
  {
    value: 'developers',
    label: 'Developers',
    allows: 'use every service, but not manage users, permissions or the account',
    policies: [formatManagedPolicyArn('PowerUserAccess')],
  },
  {
    value: 'operations',
    label: 'Operations',
    allows: 'run servers, networks and alarms, and read who may do what',
    policies: [
      formatManagedPolicyArn('job-function/SystemAdministrator'),
      formatManagedPolicyArn('job-function/NetworkAdministrator'),
      formatManagedPolicyArn('IAMReadOnlyAccess'),
    ],
  },
  {
    value: 'front-end',
    label: 'Front-end',
    allows: 'change every S3 bucket and every CloudFront distribution, and nothing else',
    policies: [formatManagedPolicyArn('AmazonS3FullAccess'), formatManagedPolicyArn('CloudFrontFullAccess')],
  },
  {
    value: 'billing',
    label: 'Billing',
    allows: 'see and pay the bills and set budgets, once IAM access to billing is activated',
    policies: [formatManagedPolicyArn('job-function/Billing')],
  },
  {
    value: 'auditors',
    label: 'Auditors',
    allows: 'see how everything is set up, but not what is stored in it',
    policies: [
      formatManagedPolicyArn('SecurityAudit'),
      formatManagedPolicyArn('job-function/ViewOnlyAccess'),
    ],
  },
  {
    value: 'read-only',
    label: 'Read-only',
    allows: 'read everything, the data itself included, and change nothing',
    policies: [formatManagedPolicyArn('ReadOnlyAccess')],
  },
];

/** What members of every team also need: their own password, and `aws login` on their own machine. */
export const baseTeamPolicies: readonly string[] = [
  formatManagedPolicyArn('IAMUserChangePassword'),
  formatManagedPolicyArn('SignInLocalDevelopmentAccess'),
];

/** Everything that the group of a team has, apart from MFA. */
export const listTeamPolicies = (team: TeamPreset): readonly string[] => [
  ...baseTeamPolicies,
  ...team.policies,
];
