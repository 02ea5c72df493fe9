import type { PracticeServices } from '../service.ts';
import { accountService } from './account.ts';
import { billingService } from './billing.ts';
import { budgetsService } from './budgets.ts';
import { cloudwatchService } from './cloudwatch.ts';
import { freetierService } from './freetier.ts';
import { iamService } from './iam.ts';
import { organizationsService } from './organizations.ts';
import { snsService } from './sns.ts';
import { stsService } from './sts.ts';

/** The services that the practice account simulates, by their names in `src/aws/services.ts`. */
export const practiceServices: PracticeServices = {
  account: accountService,
  billing: billingService,
  budgets: budgetsService,
  cloudwatch: cloudwatchService,
  freetier: freetierService,
  iam: iamService,
  organizations: organizationsService,
  sns: snsService,
  sts: stsService,
};
