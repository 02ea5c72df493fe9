import {
  CloudWatchServiceException,
  InvalidNextToken,
  ResourceNotFound,
  ValidationException,
} from '@aws-sdk/client-cloudwatch';
import type { PracticeService } from '../service.ts';
import { alarmStateOperations } from './cloudwatch/alarm-state.ts';
import { cloudwatchOperations } from './cloudwatch/cloudwatch.ts';

export const cloudwatchService: PracticeService = {
  operations: { ...cloudwatchOperations, ...alarmStateOperations },
  errors: {
    base: CloudWatchServiceException,
    modelled: {
      InvalidNextToken,
      ResourceNotFound,
      ValidationError: ValidationException,
    },
    wireCode: true,
  },
};
