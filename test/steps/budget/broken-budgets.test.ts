import { describe, expect, it } from 'vitest';
import { isDone } from '../../../src/core/status.ts';
import type { PracticeBudget } from '../../../src/practice/world/budgets.ts';
import type { World } from '../../../src/practice/world/world.ts';
import { allCharges } from '../../_support/cost-types.ts';
import {
  checkIn,
  findStep,
  listChanges,
  reasonOf,
  resumeRun,
  runScripted,
  startPracticeRun,
} from '../../_support/practice-run.ts';
import { accountWith, alertTo, plantBudget, plantTopic } from '../../_support/practice-worlds.ts';

const step = findStep('budget');
const maria = 'maria@example.com';
const ours = 'aws-first-steps-monthly';

const usd = (Amount: string) => ({ Amount, Unit: 'USD' });

/** A planned limit by the first second of a month. */
const inMonth = (month: string) => String(Date.parse(`${month}-01T00:00:00.000Z`) / 1000);

const without = (name: keyof typeof allCharges) => ({ costTypes: { ...allCharges, [name]: false } });

const noHistory = {
  limit: usd('0.0'),
  autoAdjust: {
    AutoAdjustType: 'HISTORICAL' as const,
    HistoricalOptions: { BudgetAdjustmentPeriod: 6, LookBackAvailablePeriods: 0 },
  },
};

const rising = {
  planned: { [inMonth('2026-11')]: usd('50.0'), [inMonth('2026-12')]: usd('90000.0') },
};

const five = [1, 2, 3, 4, 5].map((n) => alertTo([maria], { Threshold: 100_000 + n }));

/** Budgets that warn nobody in time: what was planted, and what verify says of it. */
const broken: readonly (readonly [string, Partial<PracticeBudget>, string])[] = [
  ['a limit of 0', { limit: usd('0.0') }, 'has a limit of 0: the first cent of the month passes it'],
  ['a limit below 0', { limit: usd('-5.0') }, 'has a limit of -5'],
  [
    'a limit that AWS adjusts to nothing',
    noHistory,
    'AWS adjusts it to what was spent before, and nothing was',
  ],
  ['a limit far above spending', { limit: usd('90000.0') }, 'warns far above what is spent'],
  ['a limit that is planned to rise', rising, 'is planned to have a limit of 90000 from 2026-12-01 on'],
  [
    'a limit that is planned to be nothing',
    { planned: { [inMonth('2027-02')]: usd('0.0') } },
    'is planned to have a limit of 0 from 2027-02-01 on',
  ],
  ['no limit that is a number', { limit: usd('much') }, 'has no limit'],
  ['a warning at 100000 %', { alerts: [alertTo([maria], { Threshold: 100_000 })] }, 'only at 50000 USD'],
  ['five of them', { alerts: five }, 'warns far above what is spent: only at'],
  [
    'a warning at 0 USD',
    { alerts: [alertTo([maria], { Threshold: 0, ThresholdType: 'ABSOLUTE_VALUE' })] },
    'warns only at 0 USD: the first cent of the month passes that',
  ],
  [
    'a warning at 0 %',
    { alerts: [alertTo([maria], { Threshold: 0 })] },
    'warns only at 0 USD: the first cent of the month passes that',
  ],
  ['no warning', { alerts: [] }, 'warns nobody of money that was spent'],
  [
    'a start that is to come',
    { start: '2026-12-01T00:00:00.000Z' },
    'has not begun yet: it starts on 2026-12-01',
  ],
  ['a service only', { filters: { Service: ['Amazon S3'] } }, 'watches only a part of the account'],
  ['support left out', without('IncludeSupport'), 'leaves out support fees'],
  ['upfront fees left out', without('IncludeUpfront'), 'leaves out upfront fees'],
  ['recurring fees left out', without('IncludeRecurring'), 'leaves out recurring fees'],
  ['subscriptions left out', without('IncludeSubscription'), 'leaves out subscriptions'],
  ['other subscriptions left out', without('IncludeOtherSubscription'), 'leaves out other subscriptions'],
  ['hours in place of money', { metrics: ['Hours'] }, 'does not watch costs'],
  [
    'a billing view that it may not see',
    { unhealthy: 'BILLING_VIEW_NO_ACCESS' },
    'is no longer updated by AWS',
  ],
  [
    'a filter that is no longer valid',
    { unhealthy: 'FILTER_INVALID' },
    'is no longer updated by AWS: its filter',
  ],
  ['a quarter as its period', { timeUnit: 'QUARTERLY' }, 'is not a monthly one'],
];

const owners = [
  ['the owner', 'mine'],
  ['this program', ours],
] as const;

describe.each(owners)('a broken budget of %s', (_whose, name) => {
  it.each(broken)('with %s is to do, and says why', async (_what, change, words) => {
    const scenario = accountWith((world) => plantBudget(world, name, change));
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    expect(finding.status, reasonOf(finding)).toBe('unmet');
    expect(finding.summary).toContain(`${name} `);
    expect(finding.summary).toContain(words);
  });

  it.each(broken)(
    'with %s is repaired by the setup, or gets one that works beside it',
    async (_what, change) => {
      const practiceRun = await startPracticeRun({
        scenario: accountWith((world) => plantBudget(world, name, change)),
      });
      const before = await checkIn(step, practiceRun);
      const { said } = await runScripted(practiceRun, { steps: [step] });
      const { finding } = await checkIn(step, await resumeRun(practiceRun));
      expect(finding.status, reasonOf(finding, said)).toBe('attested');
      expect(finding.summary).not.toBe(before.finding.summary);
      const again = await resumeRun(practiceRun);
      await runScripted(again, { steps: [step] });
      expect(listChanges(again)).toEqual([]);
    },
  );
});

describe('the update of a budget of this program', () => {
  const updated = async (change: Partial<PracticeBudget>) => {
    const practiceRun = await startPracticeRun({
      scenario: accountWith((world) => plantBudget(world, ours, change)),
    });
    const { said } = await runScripted(practiceRun, { steps: [step] });
    const update = listChanges(practiceRun).find(({ operation }) => operation === 'budgets:UpdateBudget');
    return { said, update, budgets: practiceRun.practice.snapshot().budgeting.budgets };
  };

  it('ends the plan of limits, and says so', async () => {
    const { said, budgets } = await updated(rising);
    expect(said).toContain('in place of the limits that are planned');
    expect(budgets[0]).not.toHaveProperty('planned');
    expect(budgets[0]?.limit).toEqual(usd('10.0'));
  });

  it('ends the automatic adjustment, and says so', async () => {
    const { said, budgets } = await updated(noHistory);
    expect(said).toContain('and no longer let AWS adjust it');
    expect(budgets[0]).not.toHaveProperty('autoAdjust');
  });

  it('adds warnings where those that it has would come too late at any limit', async () => {
    const { budgets } = await updated({
      limit: usd('90000.0'),
      alerts: [alertTo(['otto@example.com'], { Threshold: 100_000 })],
    });
    expect(budgets[0]?.alerts.map(({ notification }) => notification.Threshold)).toEqual([
      100_000, 80, 100, 100,
    ]);
  });

  it('is followed by a question about all whom the budget warns from then on', async () => {
    const practiceRun = await startPracticeRun({
      scenario: accountWith((world) => {
        const topic = plantTopic(world, 'money', true).replace('us-east-1', 'eu-west-1');
        plantBudget(world, ours, { limit: usd('0.0'), alerts: [alertTo([topic])] });
      }),
    });
    await runScripted(practiceRun, { steps: [step] });
    const { finding } = await checkIn(step, await resumeRun(practiceRun));
    expect(finding.status, reasonOf(finding)).toBe('attested');
  });

  it('sends either the older settings or the newer ones, which AWS does not take together', async () => {
    const credits = { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit'] } } };
    const newer = await updated({ limit: usd('0.0'), expression: credits, metrics: ['UnblendedCost'] });
    expect(newer.update?.input).toMatchObject({
      NewBudget: { FilterExpression: credits, Metrics: ['UnblendedCost'] },
    });
    expect(newer.update?.input).not.toHaveProperty('NewBudget.CostFilters');
    const older = await updated({ limit: usd('0.0'), costTypes: allCharges });
    expect(older.update?.input).toMatchObject({ NewBudget: { CostTypes: allCharges, CostFilters: {} } });
    expect(older.update?.input).not.toHaveProperty('NewBudget.FilterExpression');
  });
});

describe('a budget that warns in time', () => {
  const look = async (plant: (world: World) => void) =>
    (await checkIn(step, await startPracticeRun({ scenario: accountWith(plant) }))).finding;

  const summaryOf = async (change: Partial<PracticeBudget>) =>
    (await look((world) => plantBudget(world, 'mine', change))).summary;

  it('counts with limits that are planned to stay sensible', async () => {
    const planned = { [inMonth('2026-11')]: usd('50.0'), [inMonth('2026-12')]: usd('60.0') };
    expect(await summaryOf({ planned })).toMatch(/^Warns at 40 USD a month/);
  });

  it('counts whatever its limits were planned to be in months that are over', async () => {
    const planned = { [inMonth('2026-09')]: usd('90000.0'), [inMonth('2026-11')]: usd('50.0') };
    expect(await summaryOf({ planned })).toMatch(/^Warns at 40 USD a month/);
  });

  it('says that AWS adjusts its limit', async () => {
    expect(await summaryOf({ autoAdjust: noHistory.autoAdjust })).toContain(
      'AWS adjusts the limit to what was spent before',
    );
  });

  it('says what is passed already this month', async () => {
    const alerts = [alertTo([maria], { Threshold: 40 }), alertTo([maria], { Threshold: 80 })];
    const summary = await summaryOf({ alerts, spent: '30.0' });
    expect(summary).toMatch(/^Warns at 20 and 40 USD a month; .*; 20 USD is passed already this month;/);
  });

  it('says when it ends', async () => {
    expect(await summaryOf({ end: '2026-12-31T00:00:00.000Z' })).toContain('; it ends on 2026-12-31');
    expect(await summaryOf({})).not.toContain('ends on');
  });

  it('says that it leaves tax out', async () => {
    expect(await summaryOf(without('IncludeTax'))).toContain('; without tax');
  });

  it('does not claim a forecast that would come at 100000 % of its limit', async () => {
    const forecast = alertTo([maria], { NotificationType: 'FORECASTED', Threshold: 100_000 });
    expect(await summaryOf({ alerts: [alertTo([maria]), forecast] })).toContain('no warning by forecast');
  });

  it('names only amounts at which somebody is warned', async () => {
    const alerts = [alertTo([], { Threshold: 50 }), alertTo([maria], { Threshold: 80 })];
    expect(await summaryOf({ alerts })).toMatch(/^Warns at 40 USD a month/);
  });

  it('does not claim a forecast that goes to a topic that was deleted', async () => {
    const summary = (
      await look((world) => {
        const topic = plantTopic(world, 'money', true);
        world.topics = [];
        const forecast = alertTo([topic], { NotificationType: 'FORECASTED', Threshold: 100 });
        plantBudget(world, 'mine', { alerts: [alertTo([maria]), forecast] });
      })
    ).summary;
    expect(summary).toContain('no warning by forecast');
  });

  it('counts although another one is unhealthy', async () => {
    const finding = await look((world) => {
      plantBudget(world, 'sick', { unhealthy: 'BILLING_VIEW_UNHEALTHY' });
      plantBudget(world, 'mine');
    });
    expect(finding.status).toBe('waiting');
    expect(isDone(finding.status)).toBe(false);
  });
});
