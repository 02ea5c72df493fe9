import type { AnyStep } from '../core/step.ts';
import { adminUserStep } from './admin-user.ts';
import { billingAccessStep } from './billing-access.ts';
import { billingAlarmStep } from './billing-alarm.ts';
import { budgetStep } from './budget.ts';
import { groupsStep } from './groups.ts';
import { passwordPolicyStep } from './password-policy.ts';
import { rootAccessKeysStep } from './root-access-keys.ts';
import { rootMfaStep } from './root-mfa.ts';

/**
 * All steps in the order of a first run: those that need root come first. To add a step, write its file and list it
 * here.
 */
export const allSteps: readonly AnyStep[] = [
  rootMfaStep,
  rootAccessKeysStep,
  adminUserStep,
  billingAccessStep,
  groupsStep,
  passwordPolicyStep,
  billingAlarmStep,
  budgetStep,
];
