import {
  AccessDeniedException,
  BudgetsServiceException,
  CreationLimitExceededException,
  DuplicateRecordException,
  InvalidNextTokenException,
  InvalidParameterException,
  NotFoundException,
  ThrottlingException,
} from '@aws-sdk/client-budgets';
import type { PracticeService } from '../service.ts';
import { budgetOperations } from './budgets/budgets.ts';
import { budgetListOperations } from './budgets/lists.ts';

export const budgetsService: PracticeService = {
  operations: { ...budgetOperations, ...budgetListOperations },
  errors: {
    base: BudgetsServiceException,
    modelled: {
      AccessDeniedException,
      CreationLimitExceededException,
      DuplicateRecordException,
      InvalidNextTokenException,
      InvalidParameterException,
      NotFoundException,
      ThrottlingException,
    },
  },
};
