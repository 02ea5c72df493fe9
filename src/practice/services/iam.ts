import {
  DeleteConflictException,
  EntityAlreadyExistsException,
  IAMServiceException,
  InvalidAuthenticationCodeException,
  InvalidInputException,
  LimitExceededException,
  MalformedPolicyDocumentException,
  NoSuchEntityException,
  PasswordPolicyViolationException,
} from '@aws-sdk/client-iam';
import type { PracticeService } from '../service.ts';
import { iamAccountOperations } from './iam/account.ts';
import { authorizationOperations } from './iam/authorization.ts';
import { groupOperations } from './iam/groups.ts';
import { inlinePolicyOperations } from './iam/inline-policies.ts';
import { accessKeyOperations } from './iam/keys.ts';
import { mfaListOperations } from './iam/mfa-lists.ts';
import { mfaOperations } from './iam/mfa.ts';
import { passwordOperations } from './iam/passwords.ts';
import { policyOperations } from './iam/policies.ts';
import { userOperations } from './iam/users.ts';

export const iamService: PracticeService = {
  operations: {
    ...userOperations,
    ...groupOperations,
    ...policyOperations,
    ...inlinePolicyOperations,
    ...mfaOperations,
    ...mfaListOperations,
    ...accessKeyOperations,
    ...passwordOperations,
    ...iamAccountOperations,
    ...authorizationOperations,
  },
  errors: {
    base: IAMServiceException,
    modelled: {
      DeleteConflictException,
      EntityAlreadyExistsException,
      InvalidAuthenticationCodeException,
      InvalidInputException,
      LimitExceededException,
      MalformedPolicyDocumentException,
      NoSuchEntityException,
      PasswordPolicyViolationException,
    },
    wireCode: true,
  },
};
