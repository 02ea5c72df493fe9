import type { AnyStep } from '../core/step.ts';
import { adminUser } from './admin-user.ts';
import { billingAccess } from './billing-access.ts';
import { billingAlarm } from './billing-alarm.ts';
import { budget } from './budget.ts';
import { groups } from './groups.ts';
import { passwordPolicyStep } from './password-policy.ts';
import { rootAccessKeys } from './root-access-keys.ts';
import { rootMfa } from './root-mfa.ts';

/** All steps in the order of a first run: what needs root first. To add one, write its file and put it in here. */
export const steps: readonly AnyStep[] = [
  rootMfa,
  rootAccessKeys,
  adminUser,
  billingAccess,
  groups,
  passwordPolicyStep,
  billingAlarm,
  budget,
];
