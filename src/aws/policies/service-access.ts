import { createTimeContext } from './conditions.ts';
import type { PatternList } from './document.ts';
import { judgeRequest } from './decide.ts';
import { parsePolicyDocument } from './document.ts';
import { anyOf, not, toCertainty, type Certainty } from './patterns.ts';

/** A service of AWS that publishes to a topic in the name of an account. */
export type PublishingService = 'cloudwatch.amazonaws.com' | 'budgets.amazonaws.com';

export type ServiceRequest = {
  service: PublishingService;
  /** As policies name it: `sns:Publish`. */
  action: string;
  /** The ARN of the topic. */
  resource: string;
  sourceAccount: string;
  /** The ARN of the alarm or budget. */
  sourceArn: string;
};

/**
 * Alarms publish for the account that owns them, so the statement that SNS writes into every new topic, for everybody
 * with `AWS:SourceOwner` of the account, lets them through. AWS Budgets needs a statement of its own (AWS Cost Management
 * User Guide, "Creating an Amazon SNS topic for budget notifications").
 */
const publishesAsOwner: Readonly<Record<PublishingService, boolean>> = {
  'cloudwatch.amazonaws.com': true,
  'budgets.amazonaws.com': false,
};

const judgePrincipalName = (name: string, { service, sourceAccount }: ServiceRequest): Certainty => {
  const [kind = '', ...rest] = name.split(':');
  const value = rest.join(':');
  // A principal is named in full. What a lone star means for services is not documented.
  if (kind === 'Service') return value === '*' ? 'unknown' : toCertainty(value.toLowerCase() === service);
  if (kind !== 'AWS') return 'no';
  if (value === '*') return 'yes';
  const isOwner = value === sourceAccount || value === `arn:aws:iam::${sourceAccount}:root`;
  // AWS does not document whether an alarm acts as its account here.
  return isOwner && publishesAsOwner[service] ? 'unknown' : 'no';
};

/** Whether a resource's policy lets a service of AWS do something. `unknown` also for a policy that cannot be read. */
export const judgeServiceAccess = (policy: string, request: ServiceRequest): Certainty => {
  const { service, action, resource, sourceAccount, sourceArn } = request;
  const isPrincipal = (principals: PatternList | undefined): Certainty => {
    if (principals === undefined) return 'no';
    const named = anyOf(principals.patterns.map((name) => judgePrincipalName(name, request)));
    return principals.negated ? not(named) : named;
  };
  const context = {
    'aws:sourceaccount': [sourceAccount],
    'aws:sourceowner': publishesAsOwner[service] ? [sourceAccount] : [],
    'aws:sourcearn': [sourceArn],
    'aws:securetransport': ['true'],
    'aws:multifactorauthpresent': [],
    'aws:principalisawsservice': ['true'],
    'aws:principalservicename': [service],
    // Services are in no organization; theirs are aws:SourceOrgID and aws:SourceOrgPaths.
    'aws:principalorgid': [],
    'aws:principalorgpaths': [],
    'aws:sourcevpce': [],
    'aws:sourcevpc': [],
    ...createTimeContext(),
  };
  return judgeRequest([parsePolicyDocument(policy)], { action, resource, context }, isPrincipal);
};
