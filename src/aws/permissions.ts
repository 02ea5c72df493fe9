import type { AwsCall } from './clients.ts';
import { getIamActions } from './services.ts';

/** The IAM actions that a call needs, as policies spell them. */
export const getRequiredPermissions = ({ operation, input }: AwsCall): readonly string[] =>
  getIamActions(operation, 'Tags' in input);
