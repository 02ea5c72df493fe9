import { STSServiceException } from '@aws-sdk/client-sts';
import { getCallerIdentity } from '../caller.ts';
import type { PracticeService } from '../service.ts';

export const stsService: PracticeService = {
  operations: { GetCallerIdentity: ({ world }) => getCallerIdentity(world) },
  errors: { base: STSServiceException, wireCode: true },
};
