import {
  InvalidParameterException,
  NotFoundException,
  ResourceNotFoundException,
  SNSServiceException,
} from '@aws-sdk/client-sns';
import type { PracticeService } from '../service.ts';
import { topicAttributeOperations } from './sns/attributes.ts';
import { subscriptionOperations } from './sns/subscriptions.ts';
import { topicOperations } from './sns/topics.ts';

export const snsService: PracticeService = {
  operations: { ...topicOperations, ...topicAttributeOperations, ...subscriptionOperations },
  errors: {
    base: SNSServiceException,
    modelled: { InvalidParameterException, NotFoundException, ResourceNotFoundException },
    wireCode: true,
  },
};
