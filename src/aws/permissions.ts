import { isRead, type AwsCall } from './clients.ts';

/** Tags sent along with a new thing need a permission of their own (IAM User Guide, "Tagging IAM resources"). */
const tagPermissions: Readonly<Record<string, string>> = {
  'iam:CreateUser': 'iam:TagUser',
  'iam:CreateVirtualMFADevice': 'iam:TagMFADevice',
  'sns:CreateTopic': 'sns:TagResource',
  'cloudwatch:PutMetricAlarm': 'cloudwatch:TagResource',
};

/** Budgets has one permission to look and one to change (Service Authorization Reference, "AWS Budget Service"). */
const getBudgetsPermission = (operation: string): string =>
  isRead(operation) ? 'budgets:ViewBudget' : 'budgets:ModifyBudget';

/** The IAM actions, as policies write them, that a call needs. */
export const getRequiredPermissions = ({ operation, input }: AwsCall): readonly string[] => {
  if (operation.startsWith('budgets:')) return [getBudgetsPermission(operation)];
  const withTags = 'Tags' in input ? tagPermissions[operation] : undefined;
  return withTags ? [operation, withTags] : [operation];
};
