import { describe, expect, it } from 'vitest';
import {
  listControlStatuses,
  mergeControlStatuses,
  type ControlStatus,
} from '../../src/core/control-status.ts';
import type { PracticeBudget } from '../../src/practice/world/budgets.ts';
import type { PracticePasswordPolicy, World } from '../../src/practice/world/world.ts';
import { createScenarioUser } from '../../src/practice/scenarios/scenarios.ts';
import { createAccessDeniedError } from '../../src/practice/faults.ts';
import { allSteps } from '../../src/steps/index.ts';
import { checkIn, findStep, startPracticeRun } from '../_support/practice-run.ts';
import { accountWith, plantBudget, policy } from '../_support/practice-worlds.ts';
import { verifySteps } from '../../src/commands/verify.ts';
import { openSession } from '../_support/practice-run.ts';

const format = (all: readonly ControlStatus[]) =>
  Object.fromEntries(all.map(({ standard, id, status }) => [`${standard} ${id}`, status]));

/** The statuses of a step's controls in an account. */
const statusesIn = async (id: string, plant: (world: World) => void, denied?: string) => {
  const getError = (one: string) => (one === denied ? createAccessDeniedError(one) : undefined);
  const practiceRun = await startPracticeRun({ scenario: accountWith(plant), faults: { getError } });
  const { finding } = await checkIn(findStep(id), practiceRun);
  return { status: finding.status, controls: format(listControlStatuses(findStep(id), finding)) };
};

const strong: PracticePasswordPolicy = {
  MinimumPasswordLength: 14,
  PasswordReusePrevention: 24,
  AllowUsersToChangePassword: true,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
};

describe('the controls of the password policy', () => {
  const withPolicy = (change: Partial<PracticePasswordPolicy>) =>
    statusesIn('password-policy', (world) => {
      world.passwordPolicy = { ...strong, ...change };
    });

  it('pass where the step is to do for another reason', async () => {
    const { status, controls } = await withPolicy({ AllowUsersToChangePassword: false });
    expect(status).toBe('unmet');
    expect(controls).toEqual({
      'cis5 1.7': 'passed',
      'cis5 1.8': 'passed',
      'cis7 2.8': 'passed',
      'cis7 2.9': 'passed',
      'ssb ACCT.06': 'unknown',
      'securityHub IAM.15': 'passed',
      'securityHub IAM.16': 'passed',
      'prowler iam_password_policy_minimum_length_14': 'passed',
      'prowler iam_password_policy_reuse_24': 'passed',
    });
  });

  it('fail one by one', async () => {
    const short = (await withPolicy({ MinimumPasswordLength: 13 })).controls;
    expect(short).toMatchObject({
      'cis5 1.7': 'failed',
      'securityHub IAM.15': 'failed',
      'cis5 1.8': 'passed',
    });
    const reused = (await withPolicy({ PasswordReusePrevention: 23 })).controls;
    expect(reused).toMatchObject({
      'cis5 1.7': 'passed',
      'securityHub IAM.16': 'failed',
      'cis5 1.8': 'failed',
    });
  });

  it('fail under the default of AWS', async () => {
    const { controls } = await statusesIn('password-policy', () => {});
    expect(controls).toMatchObject({ 'cis5 1.7': 'failed', 'cis7 2.9': 'failed', 'ssb ACCT.06': 'unknown' });
  });

  it('are not known where AWS refuses the read', async () => {
    const { status, controls } = await statusesIn(
      'password-policy',
      (world) => {
        world.passwordPolicy = strong;
      },
      'iam:GetAccountPasswordPolicy',
    );
    expect(status).toBe('unknown');
    expect(new Set(Object.values(controls))).toEqual(new Set(['unknown']));
  });
});

describe('the controls of root', () => {
  const withKey = (active: boolean, asRoot = true) =>
    statusesIn('root-access-keys', (world) => {
      world.root.accessKeys = [{ id: 'AKIAROOT00000000R001', createdAt: world.account.createdAt, active }];
      if (!asRoot) world.caller = { kind: 'role', name: 'Admin' };
    });

  it('fail with a key, whether or not it is active, but for the one of Prowler that lets inactive keys pass', async () => {
    const prowler = 'prowler iam_no_root_access_key';
    expect((await withKey(true)).controls).toMatchObject({ 'cis5 1.3': 'failed', [prowler]: 'failed' });
    expect((await withKey(false)).controls).toMatchObject({ 'cis5 1.3': 'failed', [prowler]: 'passed' });
    expect((await withKey(true, false)).controls).toMatchObject({
      'cis5 1.3': 'failed',
      [prowler]: 'unknown',
    });
  });

  it('pass without a key, and never those that ask for more', async () => {
    const { controls } = await statusesIn('root-access-keys', (world) => {
      world.root.accessKeys = [];
    });
    expect(controls).toEqual({
      'cis5 1.3': 'passed',
      'cis7 2.4': 'passed',
      'ssb ACCT.02': 'unknown',
      'ssb ACCT.13': 'unknown',
      'securityHub IAM.4': 'passed',
      'prowler iam_no_root_access_key': 'passed',
    });
  });

  it('do not apply where root has no password', async () => {
    const { controls } = await statusesIn('root-mfa', (world) => {
      world.root.passwordPresent = false;
    });
    expect(new Set(Object.values(controls))).toEqual(new Set(['not-applicable']));
  });

  it('fail without MFA', async () => {
    const { controls } = await statusesIn('root-mfa', () => {});
    expect(controls).toMatchObject({ 'cis5 1.4': 'failed', 'ssb ACCT.05': 'unknown' });
  });
});

describe('the controls of groups', () => {
  it('pass while nobody has permissions of their own, although nobody has a team either', async () => {
    const { status, controls } = await statusesIn('groups', () => {});
    expect(status).toBe('unmet');
    expect(controls).toMatchObject({
      'cis5 1.14': 'passed',
      'securityHub IAM.2': 'passed',
      'ssb ACCT.04': 'unknown',
    });
  });

  it.each(['ReadOnlyAccess', 'AWSCompromisedKeyQuarantineV3'])('fail with %s on a user', async (name) => {
    const { controls } = await statusesIn('groups', (world) => {
      world.users.push(createScenarioUser(world, 'bob', { attached: [policy(name)] }));
    });
    expect(controls).toMatchObject({ 'cis5 1.14': 'failed', 'cis7 2.13': 'failed' });
  });
});

describe('the control that asks for a budget', () => {
  const withBudget = (change?: Partial<PracticeBudget>) =>
    statusesIn('budget', (world) => {
      if (change) plantBudget(world, 'mine', change);
    });

  it('fails without any, and is not known while a budget may warn somebody', async () => {
    expect((await withBudget()).controls).toEqual({ 'ssb ACCT.10': 'failed' });
    expect((await withBudget({})).controls).toEqual({ 'ssb ACCT.10': 'unknown' });
  });
});

describe('all controls together', () => {
  it('are given once each, and what one step can tell is not blurred by those that cannot', () => {
    const one = (standard: ControlStatus['standard'], id: string, status: ControlStatus['status']) => ({
      standard,
      id,
      status,
    });
    expect(
      mergeControlStatuses([
        one('ssb', 'A', 'unknown'),
        one('ssb', 'A', 'passed'),
        one('cis5', 'A', 'not-applicable'),
        one('ssb', 'B', 'passed'),
        one('ssb', 'B', 'failed'),
        one('ssb', 'C', 'not-applicable'),
        one('ssb', 'C', 'unknown'),
      ]),
    ).toEqual([
      one('ssb', 'A', 'passed'),
      one('cis5', 'A', 'not-applicable'),
      one('ssb', 'B', 'failed'),
      one('ssb', 'C', 'unknown'),
    ]);
  });

  it('are reported by verify', async () => {
    const session = await openSession(await startPracticeRun());
    const { steps } = await verifySteps(session, allSteps);
    for (const { controls, controlStatuses } of steps)
      expect(controlStatuses.map(({ id }) => id)).toEqual(Object.values(controls).flat());
  });

  it('have rules only where their step declares them, and one at most', () => {
    for (const { id, controls, controlRules = [] } of allSteps) {
      const ruled = controlRules.flatMap((rule) =>
        Object.entries(rule.controls).flatMap(([standard, ids]) => ids.map((one) => `${standard} ${one}`)),
      );
      const declared = Object.entries(controls).flatMap(([standard, ids]) =>
        ids.map((one) => `${standard} ${one}`),
      );
      expect(
        ruled.filter((one) => !declared.includes(one)),
        id,
      ).toEqual([]);
      expect(new Set(ruled).size, id).toBe(ruled.length);
    }
  });
});
