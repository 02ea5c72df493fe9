import type { Call } from './account.ts';

/** Tags sent along with a new thing need a permission of their own (IAM User Guide, "Tagging IAM resources"). */
const tagging: Readonly<Record<string, string>> = {
  'iam:CreateUser': 'iam:TagUser',
  'iam:CreateVirtualMFADevice': 'iam:TagMFADevice',
  'sns:CreateTopic': 'sns:TagResource',
  'cloudwatch:PutMetricAlarm': 'cloudwatch:TagResource',
};

/** The IAM actions, as policies write them, that a call needs. */
export const permissionsFor = ({ operation, input }: Call): readonly string[] => {
  const withTags = 'Tags' in input ? tagging[operation] : undefined;
  return withTags ? [operation, withTags] : [operation];
};
