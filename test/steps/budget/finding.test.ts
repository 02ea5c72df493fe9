import type { Budget, Notification } from '@aws-sdk/client-budgets';
import { describe, expect, it } from 'vitest';
import { createMonthlyBudget } from '../../../src/steps/budget/create-budget.ts';
import {
  findWarnings,
  getAlertRecipients,
  rankBudget,
  type BudgetFacts,
  type WholeAccountBudget,
} from '../../../src/steps/budget/facts.ts';
import { judgeBudget } from '../../../src/steps/budget/finding.ts';
import {
  hasOnlyUselessWarnings,
  selectForecastWarnings,
  selectTimelyWarnings,
} from '../../../src/steps/budget/judgement.ts';
import { wantedNotifications } from '../../../src/steps/budget/notifications.ts';
import {
  budgetQuestions,
  findRepairableBudget,
  hasWarningRecipient,
  warnsOnceLimitIsRight,
} from '../../../src/steps/budget/questions.ts';
import { splitRecipients } from '../../../src/steps/budget/topics.ts';

const maria = 'maria@example.com';
const topic = 'arn:aws:sns:us-east-1:123456789012:money';
const now = new Date('2026-11-23T12:00:00.000Z');

const alertAt = (
  Threshold: number,
  addresses: readonly string[] = [maria],
  change: Partial<Notification> = {},
): WholeAccountBudget['alerts'][number] => ({
  notification: {
    NotificationType: 'ACTUAL',
    ComparisonOperator: 'GREATER_THAN',
    Threshold,
    ThresholdType: 'PERCENTAGE',
    ...change,
  },
  subscribers: addresses.map((Address) => ({
    SubscriptionType: Address.startsWith('arn:') ? 'SNS' : 'EMAIL',
    Address,
  })),
});
const forecastAt = (Threshold: number, addresses: readonly string[] = [maria]) =>
  alertAt(Threshold, addresses, { NotificationType: 'FORECASTED' });

const settings = (change: Partial<Budget> = {}): Budget => ({
  BudgetName: 'mine',
  BudgetType: 'COST',
  TimeUnit: 'MONTHLY',
  ...change,
});

const budget = (change: Partial<WholeAccountBudget> = {}): WholeAccountBudget => ({
  budget: settings({ BudgetLimit: { Amount: '50', Unit: 'USD' } }),
  limits: [{ amount: 50 }],
  spending: 0,
  warnings: [alertAt(80)],
  hasForecast: true,
  deliveryProven: true,
  unconfirmedRecipients: [],
  attestation: undefined,
  saidAtOnce: false,
  fromFuture: undefined,
  alerts: [alertAt(80)],
  limitFlaw: undefined,
  hasOnlyUselessWarnings: false,
  topics: [],
  countsTax: true,
  subtractsCredits: false,
  ...change,
});

const facts = (
  wholeAccountBudgets: readonly WholeAccountBudget[],
  change: Partial<BudgetFacts> = {},
): BudgetFacts => ({
  now,
  accountId: '123456789012',
  budgetNames: wholeAccountBudgets.map((one) => one.budget.BudgetName ?? ''),
  wholeAccountBudgets,
  excludedBudgets: [],
  spending: 0,
  onFreePlan: false,
  attestationHolder: undefined,
  ...change,
});

const says = (change: Partial<WholeAccountBudget> = {}) => judgeBudget(facts([budget(change)]));
const waiting = { deliveryProven: false, unconfirmedRecipients: [maria] };
const silent = { ...waiting, unconfirmedRecipients: [], warnings: [] };

describe('the finding about a budget that warns somebody', () => {
  it('is done once AWS shows that a warning arrives', () => {
    expect(says()).toMatchObject({
      status: 'met',
      summary: 'Warns at 40 USD a month, and ahead of time by forecast',
    });
  });

  it('names each amount once, the lowest first, rounded to cents, and in the currency of the budget', () => {
    const warnings = [alertAt(100), alertAt(80), alertAt(80), alertAt(33.333)];
    expect(says({ warnings }).summary).toContain('at 16.67 and 40 and 50 USD');
    const euros = settings({ BudgetLimit: { Amount: '50', Unit: 'EUR' } });
    expect(says({ budget: euros }).summary).toContain('at 40 EUR');
    expect(says({ budget: settings() }).summary).toContain('at 40 USD');
  });

  it.each<[string, Partial<WholeAccountBudget>, string]>([
    ['has no forecast', { hasForecast: false }, 'no warning by forecast'],
    ['is silent while credits pay', { subtractsCredits: true }, 'silent while credits pay'],
    ['leaves out tax', { countsTax: false }, 'without tax'],
    [
      'is adjusted by AWS',
      { budget: settings({ AutoAdjustData: { AutoAdjustType: 'HISTORICAL' } }) },
      'AWS adjusts the limit',
    ],
    [
      'was passed this month',
      { warnings: [alertAt(80, [maria], { NotificationState: 'ALARM' })] },
      '40 USD is passed already',
    ],
    [
      'ends within a year',
      { budget: settings({ TimePeriod: { End: new Date('2027-06-01') } }) },
      'it ends on 2027-06-01',
    ],
  ])('says what it is worth if it %s', (_what, change, words) => {
    const { status, summary } = says(change);
    expect(status).toBe('met');
    expect(summary).toContain(words);
    expect(says().summary).not.toContain(words);
  });

  it('says nothing of an end that is far away', () => {
    const end = (day: string) => says({ budget: settings({ TimePeriod: { End: new Date(day) } }) }).summary;
    expect(end('2087-06-15T00:00:00Z')).not.toContain('ends');
    expect(end('2027-11-24T12:00:00Z')).not.toContain('ends');
    expect(end('2027-11-24T11:59:59Z')).toContain('ends');
    expect(says({ budget: settings({ TimePeriod: {} }) }).summary).not.toContain('ends');
  });

  it('waits for the word of the owner where AWS does not say whether a warning arrives', () => {
    const mail = says(waiting);
    expect(mail.status).toBe('waiting');
    expect(mail.summary).toContain(`AWS does not say whether ${maria} was verified`);
    expect(mail.summary).not.toContain('whether anybody gets');
    expect(mail.remedy).toContain('Open the link in the mail');
    const because = 'it is encrypted';
    const topics = [{ topic, state: 'unknown' as const, because }];
    const both = says({ ...waiting, unconfirmedRecipients: [maria, topic], topics });
    expect(both.summary).toContain(
      `was verified, and whether anybody gets what is sent to ${topic} (${because})`,
    );
    expect(both.remedy).toContain('See whether its warnings reach you');
    const onlyTopic = says({ ...waiting, unconfirmedRecipients: [topic] });
    expect(onlyTopic.summary).toContain(`sent to ${topic}`);
    expect(onlyTopic.summary).not.toContain('verified');
    expect(onlyTopic.summary).not.toContain('(');
  });

  it('rests on that word, with its day, and doubts one that was given at once', () => {
    const attestation = { said: 'x', on: new Date('2026-11-20') };
    const said = says({ ...waiting, attestation });
    expect(said.status).toBe('attested');
    expect(said.summary).toMatch(/the address is verified, on your word of 2026-11-20$/);
    expect(said.remedy).toBeUndefined();
    const atOnce = says({ ...waiting, attestation, saidAtOnce: true });
    expect(atOnce.status).toBe('attested');
    expect(atOnce.remedy).toContain('take your word back');
    expect(says({ ...waiting, unconfirmedRecipients: [topic], attestation }).summary).toContain(
      'its warnings reach you',
    );
    expect(says({ ...waiting, fromFuture: { said: 'x', on: new Date('2031-01-01') } }).summary).toContain(
      '2031-01-01',
    );
  });
});

describe('the finding about budgets that warn nobody', () => {
  const open = (...args: Parameters<typeof facts>) => {
    const finding = judgeBudget(facts(...args));
    expect(finding.status).toBe('unmet');
    expect(finding.remedy).toContain('Run the setup');
    return finding.summary;
  };

  it('says that there is none, or why the others do not count', () => {
    expect(open([])).toMatch(/^No budget: nobody is warned/);
    expect(open([], { excludedBudgets: ['a has ended'] })).toMatch(
      /^No budget over the whole account: a has ended$/,
    );
    expect(open([], { excludedBudgets: ['a has ended', 'b', 'c'] })).toContain('a has ended, and 2 more');
  });

  it('says first what is wrong with the limit, then with the alerts, then with the topics', () => {
    const useless = { ...silent, hasOnlyUselessWarnings: true, alerts: [alertAt(0)] };
    expect(open([budget({ ...useless, limitFlaw: 'has no limit' })])).toBe('The budget mine has no limit');
    expect(open([budget(useless)])).toContain('first cent');
    const topics = [
      { topic, state: 'reaches nobody' as const, because: 'it was deleted' },
      { topic: `${topic}-2`, state: 'reaches somebody' as const },
    ];
    const failing = open([budget({ ...silent, topics })]);
    expect(failing).toContain(`; ${topic}: it was deleted`);
    expect(failing).not.toContain(`${topic}-2`);
    expect(open([budget(silent)])).toMatch(/^The budget mine warns nobody of money that was spent$/);
  });

  it('says whether its alerts come too early or too late', () => {
    const useless = (...alerts: WholeAccountBudget['alerts']) =>
      open([budget({ ...silent, hasOnlyUselessWarnings: true, alerts })]);
    expect(useless(alertAt(10_000))).toContain('only at 5000 USD a month');
    expect(useless(alertAt(0), alertAt(10_000))).toContain('only at 0 and 5000 USD a month');
    expect(useless(alertAt(0), forecastAt(10_000))).toContain('warns only at 0 USD: the first cent');
  });
});

describe('alerts that are worth something', () => {
  const limited = { budget: settings(), limits: [{ amount: 50 }], spending: 0 };
  const early = alertAt(0);
  const late = alertAt(10_000);
  const below = alertAt(80, [maria], { ComparisonOperator: 'LESS_THAN' });

  it('are those above an amount that comes neither at the first cent nor too late', () => {
    const all = [early, alertAt(80), late, below, forecastAt(80), forecastAt(0)];
    expect(selectTimelyWarnings(limited, all)).toEqual([alertAt(80)]);
    expect(selectForecastWarnings(limited, all)).toEqual([forecastAt(80)]);
    const money = alertAt(40, [maria], { ThresholdType: 'ABSOLUTE_VALUE' });
    const cents = { ...limited, limits: [{ amount: 0.01 }] };
    expect(selectTimelyWarnings(cents, [money])).toEqual([money]);
    expect(selectTimelyWarnings(cents, [alertAt(40)])).toEqual([]);
  });

  it('must be so in each of the months that are planned', () => {
    const planned = { ...limited, limits: [{ amount: 50 }, { amount: 0, from: new Date('2027-01-01') }] };
    expect(selectTimelyWarnings(planned, [alertAt(80)])).toEqual([]);
  });

  it('are missing where all that look at spending are useless', () => {
    expect(hasOnlyUselessWarnings(limited, [early, late])).toBe(true);
    expect(hasOnlyUselessWarnings(limited, [early, alertAt(80)])).toBe(false);
    expect(hasOnlyUselessWarnings(limited, [early, forecastAt(80)])).toBe(true);
    expect(hasOnlyUselessWarnings(limited, [forecastAt(0), below])).toBe(false);
    expect(hasOnlyUselessWarnings(limited, [])).toBe(false);
  });

  it('are those that may reach somebody', () => {
    const topics = (state: 'reaches somebody' | 'reaches nobody' | 'unknown') => [
      state === 'reaches somebody' ? { topic, state } : { topic, state, because: 'so' },
    ];
    const toTopic = [alertAt(80, [topic]), forecastAt(100, [topic])];
    expect(findWarnings(limited, { alerts: toTopic, topics: topics('reaches somebody') })).toMatchObject({
      warnings: [toTopic[0]],
      hasForecast: true,
      deliveryProven: true,
      unconfirmedRecipients: [],
    });
    expect(findWarnings(limited, { alerts: toTopic, topics: topics('reaches nobody') })).toMatchObject({
      warnings: [],
      hasForecast: false,
      deliveryProven: false,
      unconfirmedRecipients: [],
    });
    expect(findWarnings(limited, { alerts: toTopic, topics: topics('unknown') })).toMatchObject({
      deliveryProven: false,
      unconfirmedRecipients: [topic],
    });
    const mixed = [alertAt(80, [topic, maria]), alertAt(100, [maria])];
    expect(findWarnings(limited, { alerts: mixed, topics: topics('reaches nobody') })).toMatchObject({
      warnings: mixed,
      hasForecast: false,
      unconfirmedRecipients: [maria],
    });
    expect(findWarnings(limited, { alerts: [alertAt(80, [])], topics: [] }).warnings).toEqual([]);
  });

  it('name each recipient once, by kind', () => {
    const alerts = [alertAt(80, [maria, topic]), alertAt(100, [maria])];
    expect(getAlertRecipients(alerts, 'EMAIL')).toEqual([maria]);
    expect(getAlertRecipients(alerts, 'SNS')).toEqual([topic]);
    expect(splitRecipients([maria, topic])).toEqual({ addresses: [maria], topics: [topic] });
  });
});

describe('the budget to repair', () => {
  const ours = settings({ BudgetName: 'aws-first-steps-monthly' });
  const full = [1, 2, 3, 4, 5].map((nth) => alertAt(200 + nth));
  const flawed = { ...silent, limitFlaw: 'has a limit of 0', limits: [{ amount: 0 }] };
  const found = (...some: WholeAccountBudget[]) => findRepairableBudget(facts(some))?.budget.BudgetName;

  it('is one of the owner only if its limit makes sense', () => {
    expect(found(budget({ ...silent, alerts: [] }))).toBe('mine');
    expect(found(budget(flawed))).toBeUndefined();
    expect(found(budget({ ...flawed, budget: ours }))).toBe('aws-first-steps-monthly');
  });

  it('needs room for one more alert, or one that can be joined', () => {
    expect(found(budget({ ...silent, alerts: full }))).toBeUndefined();
    expect(found(budget({ ...silent, alerts: full.slice(1) }))).toBe('mine');
    const with80 = [...full.slice(1), alertAt(80, [])];
    expect(found(budget({ ...silent, alerts: with80 }))).toBe('mine');
    const withForecast = [...full.slice(1), forecastAt(100, [])];
    expect(found(budget({ ...silent, alerts: withForecast }))).toBeUndefined();
    // All of its places are taken by alerts that will do once the limit is right.
    const early = [1, 2, 3, 4, 5].map((nth) => alertAt(10 + nth));
    expect(found(budget({ ...flawed, budget: ours, alerts: early }))).toBe('aws-first-steps-monthly');
  });

  it('warns those whom its alerts name, once the limit is right', () => {
    expect(warnsOnceLimitIsRight(budget({ ...flawed, alerts: [alertAt(80)] }))).toBe(true);
    expect(warnsOnceLimitIsRight(budget({ ...flawed, alerts: [alertAt(80, [topic])] }))).toBe(false);
    expect(warnsOnceLimitIsRight(budget({ ...flawed, alerts: [] }))).toBe(false);
    expect(warnsOnceLimitIsRight(budget(silent))).toBe(false);
    expect(warnsOnceLimitIsRight(undefined)).toBe(false);
  });

  it('decides what is asked', () => {
    const asked = (...some: WholeAccountBudget[]) =>
      Object.entries(budgetQuestions).flatMap(([name, ask]) => (ask(facts(some)) ? [name] : []));
    expect(asked()).toEqual(['amount', 'email']);
    expect(asked(budget())).toEqual([]);
    expect(asked(budget(waiting))).toEqual([]);
    expect(asked(budget({ ...silent, alerts: [] }))).toEqual(['email']);
    expect(asked(budget({ ...flawed, budget: ours, alerts: [alertAt(80)] }))).toEqual(['amount']);
    expect(asked(budget({ ...flawed, budget: ours, alerts: [] }))).toEqual(['amount', 'email']);
    expect(asked(budget(flawed))).toEqual(['amount', 'email']);
  });

  it('is none that warns somebody already', () => {
    expect(hasWarningRecipient(budget())).toBe(true);
    expect(hasWarningRecipient(budget(waiting))).toBe(true);
    expect(hasWarningRecipient(budget(silent))).toBe(false);
  });
});

describe('the amount of a new budget', () => {
  const amount = (spending = 0) => budgetQuestions.amount(facts([], { spending }));

  it.each(['10', '12.50', ' 999999 ', '0.01', '0.1', '1.5'])('may be %j', (text) => {
    expect(amount()?.pattern?.test(text)).toBe(true);
  });

  it.each(['0', '0.00', '0.001', '1000000', '01', '10 USD', '-5', '', '1,5', '0.0', 'x1'])(
    'may not be %j',
    (text) => {
      expect(amount()?.pattern?.test(text)).toBe(false);
    },
  );

  it('may be no larger than what the next check would accept', () => {
    expect(amount()).toMatchObject({ largest: 1000 });
    expect(amount(500.05)).toMatchObject({ largest: 5000 });
    expect(amount(500.05)?.rule).toContain('5000');
  });
});

describe('a new budget', () => {
  const made = (change: Partial<BudgetFacts> = {}) => createMonthlyBudget(facts([], change), '50', maria);

  it('watches all costs of a month, without subtracting credits, and warns the address three times', () => {
    const [create] = made().calls;
    expect(create).toMatchObject({
      operation: 'budgets:CreateBudget',
      input: {
        AccountId: '123456789012',
        Budget: {
          BudgetName: 'aws-first-steps-monthly',
          BudgetType: 'COST',
          TimeUnit: 'MONTHLY',
          BudgetLimit: { Amount: '50', Unit: 'USD' },
          CostTypes: { IncludeCredit: false, IncludeRefund: false, IncludeTax: true, IncludeSupport: true },
        },
        NotificationsWithSubscribers: wantedNotifications.map((Notification) => ({
          Notification,
          Subscribers: [{ SubscriptionType: 'EMAIL', Address: maria }],
        })),
      },
    });
  });

  it('gets a name that is free', () => {
    const named = (...budgetNames: string[]) => JSON.stringify(made({ budgetNames }).calls);
    expect(named('aws-first-steps-monthly')).toContain('"aws-first-steps-monthly-2"');
    expect(named('aws-first-steps-monthly', 'aws-first-steps-monthly-2')).toContain(
      '"aws-first-steps-monthly-3"',
    );
  });

  it('may earn a credit only as the first one on the Free plan', () => {
    expect(made({ onFreePlan: true }).why).toContain('credit you up to 20 USD');
    expect(made().why).not.toContain('credit you');
    expect(made({ onFreePlan: true, budgetNames: ['other'] }).why).not.toContain('credit you');
  });
});

describe('the order of budgets', () => {
  it('begins with the one that is nearest to warning somebody, and of two alike with our own', () => {
    const attestation = { said: 'activated', on: now };
    const unconfirmed = { deliveryProven: false, unconfirmedRecipients: [maria] };
    const unheard = { deliveryProven: false, unconfirmedRecipients: [] };
    const flaw = 'its limit is 0';
    const ours = settings({ BudgetName: 'aws-first-steps-monthly' });
    const wanted = [
      budget({ deliveryProven: true }),
      budget({ ...unconfirmed, attestation }),
      budget({ ...unconfirmed, attestation: undefined }),
      budget({ ...unheard, limitFlaw: undefined, budget: ours }),
      budget({ ...unheard, limitFlaw: undefined }),
      budget({ ...unheard, limitFlaw: flaw, budget: ours }),
      budget({ ...unheard, limitFlaw: flaw }),
    ];
    const ranks = wanted.map(rankBudget);
    expect(ranks).toEqual([...ranks].toSorted((a, b) => a - b));
    expect(new Set(ranks).size).toBe(wanted.length);
  });
});
