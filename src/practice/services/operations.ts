import { accountOperations } from './account.ts';
import { alarmStateOperations } from './cloudwatch/alarm-state.ts';
import { billingOperations } from './billing.ts';
import { budgetListOperations } from './budgets/lists.ts';
import { budgetOperations } from './budgets/budgets.ts';
import { cloudwatchOperations } from './cloudwatch/cloudwatch.ts';
import { freeTierOperations } from './freetier.ts';
import { iamAccountOperations } from './iam/account.ts';
import { authorizationOperations } from './iam/authorization.ts';
import { groupOperations } from './iam/groups.ts';
import { inlinePolicyOperations } from './iam/inline-policies.ts';
import { accessKeyOperations } from './iam/keys.ts';
import { mfaListOperations } from './iam/mfa-lists.ts';
import { mfaOperations } from './iam/mfa.ts';
import { passwordOperations } from './iam/passwords.ts';
import { policyOperations } from './iam/policies.ts';
import { organizationsOperations } from './organizations.ts';
import { userOperations } from './iam/users.ts';
import type { PracticeOperation, OperationTable } from '../operation.ts';
import { topicAttributeOperations } from './sns/attributes.ts';
import { topicOperations } from './sns/topics.ts';
import { stsOperations } from './sts.ts';
import { subscriptionOperations } from './sns/subscriptions.ts';

const qualifyOperations = (
  service: string,
  ...tables: readonly OperationTable[]
): readonly (readonly [string, PracticeOperation])[] =>
  tables.flatMap((table) =>
    Object.entries(table).map(([name, operation]) => [`${service}:${name}`, operation] as const),
  );

/** Everything that the practice account can do, by name: `iam:CreateUser`. */
export const practiceOperations: OperationTable = Object.fromEntries([
  ...qualifyOperations('account', accountOperations),
  ...qualifyOperations('billing', billingOperations),
  ...qualifyOperations('budgets', budgetOperations, budgetListOperations),
  ...qualifyOperations('cloudwatch', cloudwatchOperations, alarmStateOperations),
  ...qualifyOperations('freetier', freeTierOperations),
  ...qualifyOperations('iam', userOperations, groupOperations, policyOperations, inlinePolicyOperations),
  ...qualifyOperations('iam', mfaOperations, mfaListOperations, accessKeyOperations),
  ...qualifyOperations('iam', passwordOperations, iamAccountOperations, authorizationOperations),
  ...qualifyOperations('organizations', organizationsOperations),
  ...qualifyOperations('sns', topicOperations, topicAttributeOperations, subscriptionOperations),
  ...qualifyOperations('sts', stsOperations),
]);
