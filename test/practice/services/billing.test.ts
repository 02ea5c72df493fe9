import { describe, expect, it } from 'vitest';
import {
  GetBillingPreferencesCommand,
  UpdateBillingPreferencesCommand,
} from '../../../src/aws/json/billing.ts';
import { getErrorCode } from '../../../src/aws/errors/codes.ts';
import { GetAccountPlanStateCommand } from '../../../src/aws/json/freetier.ts';
import { createAccessDeniedError, createThrottlingError } from '../../../src/practice/faults.ts';
import type { PracticeOptions } from '../../../src/practice/account.ts';
import type { World } from '../../../src/practice/world/world.ts';
import { startPracticeRun } from '../../_support/practice-run.ts';
import { accountWith } from '../../_support/practice-worlds.ts';

const feature = 'BILLING_ALERTS';

const desk = async (options: PracticeOptions = {}) => {
  const { aws, practice } = await startPracticeRun(options);
  return {
    practice,
    read: async () =>
      (await aws.billing.send(new GetBillingPreferencesCommand({ features: [feature] }))).billingPreferences,
    set: (key: string, value: 'ENABLED' | 'DISABLED' = 'ENABLED') =>
      aws.billing.send(
        new UpdateBillingPreferencesCommand({ feature, billingPreferencesPerKey: [{ key, value }] }),
      ),
    plan: () => aws.freetier.send(new GetAccountPlanStateCommand({})),
  };
};

const answering = (preferences: NonNullable<World['billing']['preferences']>) => ({
  scenario: accountWith((world) => {
    world.billing.preferences = preferences;
  }),
});

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => getErrorCode(error) ?? error,
  );

describe('the practice preference for billing alerts', () => {
  it('is off in a new account, and permanently on once it was turned on', async () => {
    const { read, set, practice } = await desk();
    expect(await read()).toEqual([{ feature, key: 'cloudwatch', value: 'DISABLED' }]);
    await set('cloudwatch');
    expect(await read()).toEqual([{ feature, key: 'cloudwatch', value: 'ENABLED' }]);
    expect(practice.snapshot().billing.alertsSince).toBeDefined();
    expect(await code(set('cloudwatch', 'DISABLED'))).toBe('Validation');
    expect(await read()).toEqual([{ feature, key: 'cloudwatch', value: 'ENABLED' }]);
  });

  it('is the one that the console turns on', async () => {
    const { read, practice } = await desk();
    await practice.desk.turnOnBillingAlerts();
    expect((await read())?.[0]?.value).toBe('ENABLED');
  });

  it('has no other key', async () => {
    const { set, practice } = await desk();
    expect(await code(set('CLOUDWATCH'))).toBe('Validation');
    expect(practice.snapshot().billing.alertsSince).toBeUndefined();
  });

  it('can be refused to a caller, as JSON services refuse', async () => {
    const { read, set } = await desk(answering('refused'));
    await expect(read()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $fault: 'client',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    expect(await code(set('cloudwatch'))).toBe('AccessDenied');
  });

  it('can be missing from the list, and still be set', async () => {
    const { read, set, practice } = await desk(answering('empty'));
    expect(await read()).toEqual([]);
    await set('cloudwatch');
    expect(await read()).toEqual([]);
    expect(practice.snapshot().billing.alertsSince).toBeDefined();
  });

  it('can have a value that nobody has documented', async () => {
    const { read, set } = await desk(answering('strange'));
    const [strange] = (await read()) ?? [];
    expect(strange).toMatchObject({ feature });
    expect(await code(set(strange?.key ?? ''))).toBe('Validation');
    expect(await code(set('cloudwatch'))).toBe('Validation');
  });

  it('is requested through the SDK: throttled calls are retried, and planned refusals arrive', async () => {
    const throttled = await desk({
      faults: { getError: (_, nth) => (nth < 3 ? createThrottlingError() : undefined) },
    });
    expect(await throttled.read()).toHaveLength(1);
    expect(throttled.practice.log).toHaveLength(3);
    const denied = await desk({ faults: { getError: (operation) => createAccessDeniedError(operation) } });
    expect(await code(denied.read())).toBe('AccessDenied');
  });
});

describe('the practice account plan', () => {
  it('is Free for six months in a new account, with 100 USD of credit', async () => {
    const { plan } = await desk();
    expect(await plan()).toMatchObject({
      accountPlanType: 'FREE',
      accountPlanStatus: 'ACTIVE',
      accountPlanRemainingCredits: { amount: 100, unit: 'USD' },
      accountPlanExpirationDate: new Date('2027-05-23T10:00:10.000Z'),
    });
  });

  it.each(['paid', 'member', 'management'] as const)('is Paid in the scenario %s', async (scenario) => {
    const { plan } = await desk({ scenario });
    const { accountPlanType, accountPlanExpirationDate } = await plan();
    expect(accountPlanType).toBe('PAID');
    expect(accountPlanExpirationDate).toBeUndefined();
  });

  it('does not exist in an older account', async () => {
    expect(await code((await desk({ scenario: 'older' })).plan())).toBe('ResourceNotFound');
  });
});
