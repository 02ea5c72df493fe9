import type { Notification } from '@aws-sdk/client-budgets';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../../src/core/action.ts';
import type { BudgetFacts, WholeAccountBudget } from '../../../src/steps/budget/facts.ts';
import { wantedNotifications } from '../../../src/steps/budget/notifications.ts';
import { planBudget } from '../../../src/steps/budget/plan.ts';
import { fastClock, startPracticeRun } from '../../_support/practice-run.ts';
import { owner } from '../../_support/scripted-owner.ts';

const email = 'maria@example.com';
const mail = (Address: string) => ({ SubscriptionType: 'EMAIL' as const, Address });
const alert = (notification: Notification | undefined, ...addresses: readonly string[]) => ({
  notification: notification ?? {
    NotificationType: 'ACTUAL' as const,
    ComparisonOperator: 'GREATER_THAN' as const,
    Threshold: 95,
  },
  subscribers: addresses.map(mail),
});
const [at80, at100, forecast] = wantedNotifications;

const budget = (change: Partial<WholeAccountBudget> = {}): WholeAccountBudget => ({
  budget: { BudgetName: 'mine', BudgetType: 'COST', TimeUnit: 'MONTHLY' },
  limits: [{ amount: 50 }],
  spending: 0,
  warnings: [],
  hasForecast: false,
  deliveryProven: false,
  unconfirmedRecipients: [],
  attestation: undefined,
  saidAtOnce: false,
  fromFuture: undefined,
  alerts: [],
  limitFlaw: undefined,
  hasOnlyUselessWarnings: false,
  topics: [],
  countsTax: true,
  subtractsCredits: false,
  ...change,
});

const factsWith = (...wholeAccountBudgets: readonly WholeAccountBudget[]): BudgetFacts => ({
  now: new Date('2026-11-23T12:00:00.000Z'),
  accountId: '123456789012',
  budgetNames: wholeAccountBudgets.map((one) => one.budget.BudgetName ?? ''),
  wholeAccountBudgets,
  excludedBudgets: [],
  spending: 0,
  onFreePlan: false,
  attestationHolder: undefined,
});

const callsOf = (actions: readonly Action[]) =>
  actions.flatMap(({ calls }) => calls.map(({ operation }) => operation.replace('budgets:', '')));
const added = (actions: readonly Action[]) =>
  actions.flatMap(({ calls }) =>
    calls.flatMap(({ operation, input }) =>
      'Notification' in input ? [[operation.replace('budgets:', ''), input.Notification]] : [],
    ),
  );
const plan = (
  one: WholeAccountBudget | undefined,
  { amount, address }: { amount?: string; address?: string } = {},
) => planBudget(one ? factsWith(one) : factsWith(), { amount, email: address });

const ours = { BudgetName: 'aws-first-steps-monthly', BudgetType: 'COST', TimeUnit: 'MONTHLY' } as const;
const uselessLimit = { budget: ours, limits: [{ amount: 0 }], limitFlaw: 'has a limit of 0' };

describe('the plan for a budget', () => {
  it('makes one only with an amount and an address', () => {
    expect(callsOf(plan(undefined, { amount: ' 50 ', address: email }))).toContain('CreateBudget');
    expect(plan(undefined, { amount: '50' })).toEqual([]);
    expect(plan(undefined, { address: email })).toEqual([]);
    expect(plan(undefined, { amount: '  ', address: email })).toEqual([]);
  });

  it('changes nothing where one warns somebody, and asks whether warnings arrive unless that is known', () => {
    const arrives = budget({ unconfirmedRecipients: [email] });
    expect(callsOf(plan(arrives)).filter((name) => name.startsWith('Create'))).toEqual([]);
    expect(plan(arrives)).toHaveLength(1);
    expect(plan(budget({ deliveryProven: true }))).toEqual([]);
    const attestation = { said: email, on: new Date() };
    expect(plan(budget({ unconfirmedRecipients: [email], attestation }))).toEqual([]);
  });

  it('completes the alerts that an interrupted run began', () => {
    const begun = budget({ deliveryProven: true, alerts: [alert(at80, email)] });
    expect(added(plan(begun, { address: email }))).toEqual([
      ['CreateNotification', at100],
      ['CreateNotification', forecast],
    ]);
  });
});

describe('a budget that warns nobody', () => {
  it('gets the alerts that it lacks, and the address in those on actual spending that it has', () => {
    const alerts = [alert(at80, 'anna@example.com'), alert(forecast, 'anna@example.com')];
    const actions = plan(budget({ alerts }), { address: email });
    expect(added(actions)).toEqual([
      ['CreateSubscriber', at80],
      ['CreateNotification', at100],
    ]);
    expect(actions[0]?.calls[0]?.input).toMatchObject({
      AccountId: '123456789012',
      BudgetName: 'mine',
      Subscriber: mail(email),
    });
    expect(actions.at(-1)?.usesDialogue).toBe(true);
  });

  it('warns the address by each alert that is added, and asks about it and those who may be warned already', () => {
    const topic = 'arn:aws:sns:us-east-1:123456789012:money';
    const toTopic = { ...alert(at80), subscribers: [{ SubscriptionType: 'SNS' as const, Address: topic }] };
    const topics = [{ topic, state: 'unknown' as const, because: 'it is encrypted' }];
    const actions = plan(budget({ ...uselessLimit, alerts: [toTopic], topics }), {
      amount: '50',
      address: email,
    });
    expect(actions.at(-1)?.why).toContain(topic);
    expect(actions.at(-1)?.why).toContain(email);
    const fresh = plan(budget(), { address: email });
    for (const { calls } of fresh.slice(0, 3))
      expect(calls[0]?.input).toMatchObject({ Subscribers: [mail(email)] });
    expect(fresh.at(-1)?.why).toContain(email);
    expect(plan(undefined, { amount: '50', address: email }).at(-1)?.why).toContain(email);
  });

  it('gets no alert twice for the same address', () => {
    const alerts = [alert(at80, email), alert(at100, 'anna@example.com', email)];
    expect(added(plan(budget({ alerts }), { address: email }))).toEqual([['CreateNotification', forecast]]);
  });

  it('gets no more alerts than a budget can have', () => {
    const others = (count: number) =>
      Array.from({ length: count }, (_, nth) =>
        alert({ NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold: 200 + nth }),
      );
    expect(added(plan(budget({ alerts: others(4) }), { address: email }))).toEqual([
      ['CreateNotification', at80],
    ]);
    const full = [...others(4), alert(at80)];
    expect(added(plan(budget({ alerts: full }), { address: email }))).toEqual([['CreateSubscriber', at80]]);
  });

  it('is left as it is without an address', () => {
    expect(plan(budget(), { amount: '50' })).toEqual([]);
  });

  it('keeps a limit that makes sense, whatever amount an answers file gives', () => {
    expect(callsOf(plan(budget(), { amount: '50', address: email }))).not.toContain('UpdateBudget');
  });

  it('is said to warn at a share of the limit, or by forecast, as each alert does', () => {
    const reasons = plan(budget(), { address: email }).map(({ why }) => why);
    expect(reasons.slice(0, 3)).toEqual([
      expect.stringContaining('80%'),
      expect.stringContaining('100%'),
      expect.stringContaining('forecast'),
    ]);
    expect(reasons[0]).not.toContain('forecast');
    expect(reasons[2]).not.toContain('%');
  });
});

describe('a word that is given at once', () => {
  /** Performs the last action with an owner who says at once that all is verified. */
  const sayYes = async (actions: readonly Action[]) => {
    const { aws } = await startPracticeRun();
    const who = owner({ verified: ['yes'] });
    const attestations = { of: () => undefined, keep: async () => undefined };
    await actions.at(-1)?.perform({ aws, clock: fastClock(), attestations, dialogue: who });
    return who.sentences();
  };
  const doubt = 'only seconds ago';

  it('is doubted when the plan makes AWS mail a new address', async () => {
    expect(await sayYes(plan(budget(), { address: email }))).toContain(doubt);
    expect(await sayYes(plan(undefined, { amount: '50', address: email }))).toContain(doubt);
  });

  it('is not doubted for an address that a budget has mailed before', async () => {
    const elsewhere = budget({ alerts: [alert(forecast, 'anna@example.com', email)] });
    expect(await sayYes(plan(elsewhere, { address: email }))).not.toContain(doubt);
  });
});

describe('a budget of this program with a limit that makes no sense', () => {
  it('is left as it is without an amount', () => {
    expect(plan(budget(uselessLimit), { address: email })).toEqual([]);
    expect(plan(budget(uselessLimit), { amount: '', address: email })).toEqual([]);
  });

  it('gets the amount, and keeps what else it was set to', () => {
    const TimePeriod = { Start: new Date('2026-01-01') };
    const set = {
      ...ours,
      TimePeriod,
      CostTypes: { IncludeTax: true },
      CostFilters: {},
      Metrics: ['NetUnblendedCost' as const],
    };
    const [update] = plan(budget({ ...uselessLimit, budget: set }), { amount: ' 50 ', address: email });
    expect(update?.calls).toMatchObject([
      {
        operation: 'budgets:UpdateBudget',
        input: {
          NewBudget: {
            ...ours,
            TimePeriod,
            CostTypes: { IncludeTax: true },
            CostFilters: {},
            BudgetLimit: { Amount: '50', Unit: 'USD' },
          },
        },
      },
    ]);
    // The older settings cannot be sent together with the newer ones.
    expect(JSON.stringify(update?.calls)).not.toContain('Metrics');
  });

  it('is sent no setting that it does not have', () => {
    const [update] = plan(budget(uselessLimit), { amount: '50', address: email });
    const [sent] = (update?.calls ?? []).map(({ input }) => ('NewBudget' in input ? input.NewBudget : {}));
    expect(Object.keys(sent ?? {}).toSorted()).toEqual([
      'BudgetLimit',
      'BudgetName',
      'BudgetType',
      'TimeUnit',
    ]);
  });

  it('keeps the newer settings where it has those', () => {
    const set = { ...ours, Metrics: ['NetUnblendedCost' as const] };
    const [update] = plan(budget({ ...uselessLimit, budget: set }), { amount: '50', address: email });
    expect(JSON.stringify(update?.calls)).toContain('"Metrics":["NetUnblendedCost"]');
  });

  it.each([
    ['no longer let AWS adjust it', { AutoAdjustData: { AutoAdjustType: 'HISTORICAL' as const } }],
    ['in place of the limits that are planned', { PlannedBudgetLimits: {} }],
  ])('says that its plan will %s', (words, more) => {
    const [update] = plan(budget({ ...uselessLimit, budget: { ...ours, ...more } }), {
      amount: '50',
      address: email,
    });
    expect(update?.why).toContain(words);
    const [plain] = plan(budget(uselessLimit), { amount: '50', address: email });
    expect(plain?.why).toBe('set the budget aws-first-steps-monthly to 50 USD a month');
  });

  it('is asked about for those whom it warns already, once the limit is right', () => {
    const alerts = [alert(at80, 'anna@example.com')];
    const actions = plan(budget({ ...uselessLimit, alerts }), { amount: '50' });
    expect(callsOf(actions).slice(0, 1)).toEqual(['UpdateBudget']);
    expect(added(actions)).toEqual([]);
    expect(actions.at(-1)?.usesDialogue).toBe(true);
  });
});
