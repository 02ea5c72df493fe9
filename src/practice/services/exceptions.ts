import {
  AccessDeniedException,
  AccountServiceException,
  ResourceNotFoundException as AccountResourceNotFoundException,
} from '@aws-sdk/client-account';
import {
  AccessDeniedException as BudgetsAccessDeniedException,
  BudgetsServiceException,
  CreationLimitExceededException,
  DuplicateRecordException,
  InvalidNextTokenException,
  InvalidParameterException as BudgetsInvalidParameterException,
  NotFoundException as BudgetsNotFoundException,
  ThrottlingException,
} from '@aws-sdk/client-budgets';
import {
  CloudWatchServiceException,
  InvalidNextToken,
  ResourceNotFound,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-cloudwatch';
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
import {
  AWSOrganizationsNotInUseException,
  OrganizationsServiceException,
} from '@aws-sdk/client-organizations';
import {
  InvalidParameterException,
  NotFoundException,
  ResourceNotFoundException as SnsResourceNotFoundException,
  SNSServiceException,
} from '@aws-sdk/client-sns';
import { STSServiceException } from '@aws-sdk/client-sts';
import { ServiceException } from '@smithy/core/client';
import type { ErrorResponse } from '../error-response.ts';

/** The services that the practice account stands in for, as operations name them. */
export type PracticeService =
  | 'account'
  | 'billing'
  | 'budgets'
  | 'cloudwatch'
  | 'freetier'
  | 'iam'
  | 'organizations'
  | 'sns'
  | 'sts';

type ExceptionMetadata = { httpStatusCode: number; requestId: string };
type ModeledExceptionClass = new (options: { message: string; $metadata: ExceptionMetadata }) => Error;
type BaseExceptionClass = new (options: {
  name: string;
  message: string;
  $fault: 'client' | 'server';
  $metadata: ExceptionMetadata;
}) => Error;

/** By wire code, the exceptions that the SDK has a class for; for every other code it throws the service's own. */
const exceptionClassesByService: Record<
  PracticeService,
  { base: BaseExceptionClass; modelled: Readonly<Record<string, ModeledExceptionClass>> }
> = {
  account: {
    base: AccountServiceException,
    modelled: {
      AccessDenied: AccessDeniedException,
      ResourceNotFoundException: AccountResourceNotFoundException,
    },
  },
  billing: { base: ServiceException, modelled: {} },
  budgets: {
    base: BudgetsServiceException,
    modelled: {
      AccessDenied: BudgetsAccessDeniedException,
      AccessDeniedException: BudgetsAccessDeniedException,
      CreationLimitExceededException,
      DuplicateRecordException,
      InvalidNextTokenException,
      InvalidParameterException: BudgetsInvalidParameterException,
      NotFoundException: BudgetsNotFoundException,
      Throttling: ThrottlingException,
    },
  },
  cloudwatch: {
    base: CloudWatchServiceException,
    modelled: {
      InvalidNextToken,
      ResourceNotFound,
      ResourceNotFoundException,
      ValidationError: ValidationException,
    },
  },
  freetier: { base: ServiceException, modelled: {} },
  iam: {
    base: IAMServiceException,
    modelled: {
      DeleteConflict: DeleteConflictException,
      EntityAlreadyExists: EntityAlreadyExistsException,
      InvalidAuthenticationCode: InvalidAuthenticationCodeException,
      InvalidInput: InvalidInputException,
      LimitExceeded: LimitExceededException,
      MalformedPolicyDocument: MalformedPolicyDocumentException,
      NoSuchEntity: NoSuchEntityException,
      PasswordPolicyViolation: PasswordPolicyViolationException,
    },
  },
  organizations: {
    base: OrganizationsServiceException,
    modelled: { AWSOrganizationsNotInUseException },
  },
  sns: {
    base: SNSServiceException,
    modelled: {
      InvalidParameter: InvalidParameterException,
      NotFound: NotFoundException,
      ResourceNotFound: SnsResourceNotFoundException,
    },
  },
  sts: { base: STSServiceException, modelled: {} },
};

/** Services whose errors do not bring the wire code along but as the exception's name. */
const servicesWithPlainJsonErrors: ReadonlySet<PracticeService> = new Set([
  'account',
  'budgets',
  'billing',
  'freetier',
  'organizations',
]);

/** The error that the SDK's client of `service` throws when AWS answers with this refusal. */
export const createSdkException = (
  service: PracticeService,
  refusal: ErrorResponse,
  requestId: string,
): Error => {
  const { code, status, message } = refusal;
  const $metadata = { httpStatusCode: status, requestId };
  const { base: Base, modelled } = exceptionClassesByService[service];
  const Class = modelled[code];
  const $fault = status < 500 ? 'client' : 'server';
  const error = Class
    ? new Class({ message, $metadata })
    : new Base({ name: code, message, $fault, $metadata });
  // Only the protocols with XML or query-compatible errors bring the wire code along; other JSON does not.
  if (servicesWithPlainJsonErrors.has(service)) return error;
  const Type = $fault === 'client' ? 'Sender' : 'Receiver';
  return Object.assign(error, { Type, Code: code, Error: { Type, Code: code, Message: message } });
};
