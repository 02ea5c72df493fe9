import type { AwsCall } from './clients.ts';
import { getIamActions } from './services.ts';

/** The IAM actions, as policies write them, that a call needs. */
export const getRequiredPermissions = ({ operation, input }: AwsCall): readonly string[] =>
  getIamActions(operation, 'Tags' in input);
