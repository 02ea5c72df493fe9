import type { Budget, Expression } from '@aws-sdk/client-budgets';
import { describe, expect, it } from 'vitest';
import {
  countsTax,
  findCoverageObjection,
  subtractsCredits,
  toBudgetOwner,
} from '../../../src/steps/budget/coverage.ts';
import { allCharges } from '../../_support/cost-types.ts';

const accountId = '431209876655';
const alone = { accountId, billsOnlyItself: true };
const withMembers = { accountId, billsOnlyItself: false };

const budgetWith = (change: Partial<Budget>): Budget => ({
  BudgetName: 'mine',
  BudgetType: 'COST',
  TimeUnit: 'MONTHLY',
  ...change,
});

const objectionTo = (FilterExpression: Expression, owner = alone) =>
  findCoverageObjection(budgetWith({ FilterExpression }), owner);

const service: Expression = { Dimensions: { Key: 'SERVICE', Values: ['Amazon Simple Storage Service'] } };
const account = (...Values: string[]): Expression => ({ Dimensions: { Key: 'LINKED_ACCOUNT', Values } });
const charges = (...Values: string[]): Expression => ({ Dimensions: { Key: 'RECORD_TYPE', Values } });
const everyCharge = charges(
  'Usage',
  'Tax',
  'Support fee',
  'Upfront reservation fee',
  'Recurring reservation fee',
  'Other out-of-cycle charges',
);
const part = 'watches only a part of the account';

describe('a filter of a budget', () => {
  it.each<[string, Expression]>([
    ['is empty', {}],
    ['names this account', account(accountId)],
    ['names this account among others', account('999999999999', accountId)],
    ['leaves out another account', { Not: account('999999999999') }],
    ['has an empty list', { Dimensions: { Key: 'SERVICE', Values: [] } }],
    ['leaves out an empty list', { Not: { Dimensions: { Key: 'SERVICE', Values: [] } } }],
    ['has an empty list of tags', { Tags: { Key: 'team', Values: [] } }],
    ['has an empty list of cost categories', { CostCategories: { Key: 'team', Values: [] } }],
    ['is an empty conjunction', { And: [] }],
    ['is an empty alternative', { Or: [] }],
    ['leaves out credits', { Not: charges('Credit') }],
    ['leaves out credits in capital letters', { Not: charges('CREDIT') }],
    [
      'leaves out credits, refunds, tax and discounts',
      { Not: charges('Credit', 'Refund', 'Tax', 'EdpDiscount') },
    ],
    ['lists every kind of charge', everyCharge],
    ['is that, and this account', { And: [everyCharge, account(accountId), { Not: charges('Refund') }] }],
    [
      'is nested conjunctions of such',
      { And: [{ And: [account(accountId)] }, { And: [{ Not: charges('Tax') }] }] },
    ],
    ['is one service or this account', { Or: [service, account(accountId)] }],
    ['is one service or all but it', { Or: [service, { Not: service }] }],
    ['is all but it or one service', { Or: [{ Not: service }, service] }],
    ['leaves out nothing twice', { Not: { Not: account(accountId) } }],
    ['does not leave out both a service and all but it', { Not: { And: [service, { Not: service }] } }],
    ['leaves out credits or refunds', { Not: { Or: [charges('Credit'), charges('Refund')] } }],
    [
      'leaves out another account that also has a service',
      { Not: { And: [account('999999999999'), service] } },
    ],
    ['lists all kinds in two alternatives', { Or: [charges('Usage', 'Tax'), { Not: charges('Usage') }] }],
    [
      'matches the end of this account',
      { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['6655'], MatchOptions: ['ENDS_WITH'] } },
    ],
  ])('counts when it %s', (_what, filter) => {
    expect(objectionTo(filter)).toBeUndefined();
  });

  it.each<[string, Expression, string]>([
    ['names a service', service, part],
    ['leaves out a service', { Not: service }, part],
    ['names another account', account('999999999999'), part],
    ['leaves out this account', { Not: account(accountId) }, part],
    ['names nothing but tax', charges('Tax'), part],
    ['leaves out usage', { Not: charges('Usage') }, part],
    [
      'names usage only',
      charges('Usage'),
      'leaves out support fees, upfront fees, recurring fees, other subscriptions',
    ],
    ['leaves out support', { Not: charges('Support') }, 'leaves out support fees'],
    ['leaves out a kind that nobody knows', { Not: charges('Surcharge') }, 'leaves out Surcharge'],
    [
      'leaves out kinds that begin with a text',
      { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: [''], MatchOptions: ['STARTS_WITH'] } } },
      part,
    ],
    ['is this account and a service', { And: [account(accountId), service] }, part],
    ['is a service nested in conjunctions', { And: [{ And: [{ And: [service] }] }] }, part],
    ['is two services', { Or: [service, { Dimensions: { Key: 'SERVICE', Values: ['Amazon EC2'] } }] }, part],
    ['leaves out everything', { Not: account(accountId) }, part],
    ['leaves out this account or a service', { Not: { Or: [account(accountId), service] } }, part],
    ['leaves out all but a service', { Not: { Not: service } }, part],
    ['leaves out usage in one and nothing in the other part', { And: [{ Not: charges('Usage') }, {}] }, part],
    ['names a tag', { Tags: { Key: 'team', Values: ['web'] } }, part],
    ['names what lacks a tag', { Tags: { Key: 'team', Values: [], MatchOptions: ['ABSENT'] } }, part],
    ['names a cost category', { CostCategories: { Key: 'team', Values: ['web'] } }, part],
  ])('does not count when it %s', (_what, filter, words) => {
    expect(objectionTo(filter)).toBe(words);
  });

  it('on this account is one on a part where others are billed through it', () => {
    expect(objectionTo(account(accountId), withMembers)).toBe(part);
    expect(objectionTo({ Not: account('999999999999') }, withMembers)).toBe(part);
  });

  it.each<[Record<string, string[]>, string | undefined]>([
    [{}, undefined],
    [{ Service: [] }, undefined],
    [{ LinkedAccount: [accountId] }, undefined],
    [{ LinkedAccount: [accountId], Region: [] }, undefined],
    [{ LinkedAccount: ['999999999999'] }, part],
    [{ LinkedAccount: [accountId], Service: ['Amazon S3'] }, part],
    [{ TagKeyValue: ['user:team$web'] }, part],
    [{ BillingEntity: ['AWS'] }, part],
  ])('of the older kind is judged by its values: %j', (CostFilters, words) => {
    expect(findCoverageObjection(budgetWith({ CostFilters }), alone)).toBe(words);
  });

  it('of the older kind on this account is one on a part where others are billed through it', () => {
    const budget = budgetWith({ CostFilters: { LinkedAccount: [accountId] } });
    expect(findCoverageObjection(budget, withMembers)).toBe(part);
  });

  it.each([
    [`arn:aws:billing::${accountId}:billingview/primary`, undefined],
    ['arn:aws:billing::999999999999:billingview/primary', part],
    [`arn:aws:billing::${accountId}:billingview/custom-1`, part],
  ])('by a billing view is judged by whose it is: %s', (BillingViewArn, words) => {
    expect(findCoverageObjection(budgetWith({ BillingViewArn }), alone)).toBe(words);
  });
});

describe('the account that a budget is about', () => {
  it.each([
    ['standalone', true],
    ['member', true],
    ['project', true],
    ['management', false],
    ['unknown', false],
  ] as const)('%s bills only itself: %s', (kind, billsOnlyItself) => {
    expect(toBudgetOwner(accountId, { kind })).toEqual({ accountId, billsOnlyItself });
  });

  it.each([
    ['EQUALS', accountId, accountId.slice(1)],
    ['STARTS_WITH', accountId.slice(0, 4), accountId.slice(-4)],
    ['ENDS_WITH', accountId.slice(-4), accountId.slice(0, 4)],
    ['CONTAINS', accountId.slice(3, 6), '000'],
    ['CASE_SENSITIVE', accountId, accountId.slice(1)],
    ['CASE_INSENSITIVE', accountId, accountId.slice(1)],
  ] as const)('is found by the option %s', (option, right, wrong) => {
    const filter = (value: string): Expression => ({
      Dimensions: { Key: 'LINKED_ACCOUNT', Values: [value], MatchOptions: [option] },
    });
    expect(objectionTo(filter(right))).toBeUndefined();
    expect(objectionTo(filter(wrong))).toBe(part);
  });

  it('is not found by an option that is not known', () => {
    const filter: Expression = {
      Dimensions: { Key: 'LINKED_ACCOUNT', Values: [accountId], MatchOptions: ['ABSENT'] },
    };
    expect(objectionTo(filter)).toBe(part);
  });
});

describe('kinds of charges in a filter', () => {
  it.each([
    ['Other out-of-cycle charges', 'other subscriptions'],
    ['Another charge', 'Another charge'],
    ['Fee', 'other subscriptions'],
    ['Surcharge fee', 'Surcharge fee'],
    ['Fee of others', 'Fee of others'],
    ['RIFee', 'recurring fees'],
    ['SavingsPlanUpfrontFee', 'upfront fees'],
    ['SavingsPlanRecurringFee', 'recurring fees'],
    ['Subscription', 'other subscriptions'],
  ])('are told apart: %s', (value, kind) => {
    expect(objectionTo({ Not: charges(value) })).toBe(`leaves out ${kind}`);
  });

  it.each(['SavingsPlanNegation', 'SavingsPlanCoveredUsage', 'DiscountedUsage', 'Refund', 'Tax', 'Credit'])(
    'may be left out if they only lower the bill, or are tax: %s',
    (value) => {
      expect(objectionTo({ Not: charges(value) })).toBeUndefined();
    },
  );
});

describe('the kinds of charges of a budget', () => {
  const without = (...names: (keyof typeof allCharges)[]) =>
    budgetWith({ CostTypes: { ...allCharges, ...Object.fromEntries(names.map((name) => [name, false])) } });

  it.each<[keyof typeof allCharges, string | undefined]>([
    ['IncludeSupport', 'leaves out support fees'],
    ['IncludeUpfront', 'leaves out upfront fees'],
    ['IncludeRecurring', 'leaves out recurring fees'],
    ['IncludeSubscription', 'leaves out subscriptions'],
    ['IncludeOtherSubscription', 'leaves out other subscriptions'],
    ['IncludeTax', undefined],
    ['IncludeCredit', undefined],
    ['IncludeRefund', undefined],
    ['IncludeDiscount', undefined],
  ])('are judged when %s is off', (name, words) => {
    expect(findCoverageObjection(without(name), alone)).toBe(words);
  });

  it('are named together when several that cost are left out', () => {
    expect(findCoverageObjection(without('IncludeSupport', 'IncludeUpfront', 'IncludeTax'), alone)).toBe(
      'leaves out support fees, upfront fees',
    );
  });

  it('tell whether tax is counted', () => {
    expect(countsTax(without(), alone)).toBe(true);
    expect(countsTax(without('IncludeTax'), alone)).toBe(false);
    expect(countsTax(budgetWith({ FilterExpression: { Not: charges('Tax') } }), alone)).toBe(false);
  });

  it.each<[string, boolean, Budget]>([
    ['says so', true, without()],
    ['says nothing of credits', true, budgetWith({ CostTypes: { IncludeTax: true } })],
    ['has a metric and no filter', true, budgetWith({ Metrics: ['UnblendedCost'] })],
    ['leaves credits out', false, without('IncludeCredit')],
    ['leaves credits out by a filter', false, budgetWith({ FilterExpression: { Not: charges('Credit') } })],
    ['says nothing of kinds at all', false, budgetWith({})],
  ])('tell whether credits are subtracted: a budget that %s', (_what, subtracts, budget) => {
    expect(subtractsCredits(budget, alone)).toBe(subtracts);
  });
});
