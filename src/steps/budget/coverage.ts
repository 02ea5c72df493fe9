import type { Budget, CostTypes, Expression, ExpressionDimensionValues } from '@aws-sdk/client-budgets';
import type { AccountInfo } from '../../aws/account-kind.ts';
import { formatNameList } from '../shared/name-list.ts';

/** Whose costs a budget can see. */
export type BudgetOwner = {
  accountId: string;
  /** Whether the costs of no other account are billed through this one. */
  billsOnlyItself: boolean;
};

export const toBudgetOwner = (accountId: string, { kind }: Pick<AccountInfo, 'kind'>): BudgetOwner => ({
  accountId,
  billsOnlyItself: kind === 'standalone' || kind === 'member' || kind === 'project',
});

/**
 * What a filter surely lets through: all kinds of charges but these, or only these. A filter on anything else, such as a
 * service or a tag, lets nothing through for sure.
 */
type Coverage = { all: boolean; kinds: readonly string[] };

const everything: Coverage = { all: true, kinds: [] };
const nothingForSure: Coverage = { all: false, kinds: [] };

const isCounted = ({ all, kinds }: Coverage, kind: string): boolean => kinds.includes(kind) !== all;

const both = (a: Coverage, b: Coverage): Coverage => {
  if (a.all && b.all) return { all: true, kinds: [...new Set([...a.kinds, ...b.kinds])] };
  const [listed, other] = a.all ? [b, a] : [a, b];
  return { all: false, kinds: listed.kinds.filter((kind) => isCounted(other, kind)) };
};

const invert = ({ all, kinds }: Coverage): Coverage => ({ all: !all, kinds });

/** By De Morgan: what is left out by an alternative is left out by both. */
const either = (a: Coverage, b: Coverage): Coverage => invert(both(invert(a), invert(b)));

/**
 * Kinds of charges, however a filter spells them: `Support`, `Support fee`, `SavingsPlanUpfrontFee` (Cost Management User
 * Guide, "Budget filters", "Charge type"). A kind that is not known here counts as one that costs.
 */
const classifyCharge = (value: string): string => {
  const letters = value.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (letters.includes('credit')) return 'credits';
  // What reservations and Savings Plans cover is paid by their fees, and taken off again under other names.
  if (/refund|discount|negation|coveredusage/.test(letters)) return 'reductions';
  if (letters === 'usage') return 'usage';
  if (letters.includes('tax')) return 'tax';
  if (letters.includes('support')) return 'support fees';
  if (letters.includes('upfront')) return 'upfront fees';
  if (/recurring|rifee/.test(letters)) return 'recurring fees';
  return /^other|subscription|outofcycle|^fee$/.test(letters) ? 'other subscriptions' : value;
};

const costingKinds = ['usage', 'support fees', 'upfront fees', 'recurring fees', 'other subscriptions'];

/** Kinds that a budget may leave out: without them it warns earlier, or in proportion to the rest. */
const harmlessKinds = ['credits', 'reductions', 'tax'];

const valueTests: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  EQUALS: (value, wanted) => value === wanted,
  STARTS_WITH: (value, wanted) => value.startsWith(wanted),
  ENDS_WITH: (value, wanted) => value.endsWith(wanted),
  CONTAINS: (value, wanted) => value.includes(wanted),
  CASE_SENSITIVE: (value, wanted) => value === wanted,
  CASE_INSENSITIVE: (value, wanted) => value === wanted,
};

const judgeAccounts = (
  values: readonly string[],
  option: string,
  { accountId, billsOnlyItself }: BudgetOwner,
  negated: boolean,
): Coverage => {
  const test = valueTests[option];
  if (!billsOnlyItself || !test) return nothingForSure;
  return values.some((wanted) => test(accountId, wanted)) === negated ? nothingForSure : everything;
};

const exactOptions = ['EQUALS', 'CASE_SENSITIVE', 'CASE_INSENSITIVE'];

const judgeChargeTypes = (values: readonly string[], option: string, negated: boolean): Coverage => {
  if (!exactOptions.includes(option)) return nothingForSure;
  return { all: negated, kinds: values.map(classifyCharge) };
};

type NamedValues = {
  Key?: string | undefined;
  Values?: string[] | undefined;
  MatchOptions?: string[] | undefined;
};

/** An empty list restricts nothing; only `ABSENT` means something without values. */
const isEmptyFilter = ({ Values, MatchOptions = [] }: NamedValues): boolean =>
  Values !== undefined && Values.length === 0 && !MatchOptions.includes('ABSENT');

const judgeDimension = (
  dimension: Pick<ExpressionDimensionValues, 'Values' | 'MatchOptions'> & { Key: string | undefined },
  owner: BudgetOwner,
  negated: boolean,
): Coverage => {
  if (isEmptyFilter(dimension)) return everything;
  const { Key, Values = [], MatchOptions: [option = 'EQUALS'] = [] } = dimension;
  if (Key === 'LINKED_ACCOUNT') return judgeAccounts(Values, option, owner, negated);
  return Key === 'RECORD_TYPE' ? judgeChargeTypes(Values, option, negated) : nothingForSure;
};

const judgeOther = (filter: NamedValues): Coverage => (isEmptyFilter(filter) ? everything : nothingForSure);

const isNegationOf = (one: Expression, other: Expression): boolean =>
  one.Not !== undefined && JSON.stringify(one.Not) === JSON.stringify(other);

/** Whether two of the alternatives are each other's opposite, so that together they are everything. */
const coverEachOther = (alternatives: readonly Expression[]): boolean =>
  alternatives.some((one) => alternatives.some((other) => isNegationOf(one, other)));

/** Parts of an expression are read with the negation around them: "not (a and b)" is "not a, or not b". */
const judgeExpression = (expression: Expression, owner: BudgetOwner, negated = false): Coverage => {
  const { And, Or, Not, Dimensions, Tags, CostCategories } = expression;
  const judgeList = (parts: readonly Expression[], joined: 'and' | 'or'): Coverage => {
    const judged = parts.map((part) => judgeExpression(part, owner, negated));
    if (judged.length === 0) return everything;
    if ((joined === 'and') !== negated) return judged.reduce(both);
    return coverEachOther(parts) ? everything : judged.reduce(either);
  };
  return [
    ...(And ? [judgeList(And, 'and')] : []),
    ...(Or ? [judgeList(Or, 'or')] : []),
    ...(Not ? [judgeExpression(Not, owner, !negated)] : []),
    ...(Dimensions ? [judgeDimension(Dimensions, owner, negated)] : []),
    ...(Tags ? [judgeOther(Tags)] : []),
    ...(CostCategories ? [judgeOther(CostCategories)] : []),
  ].reduce(both, everything);
};

const dimensionOfCostFilter: Readonly<Record<string, string>> = {
  linkedaccount: 'LINKED_ACCOUNT',
  recordtype: 'RECORD_TYPE',
  chargetype: 'RECORD_TYPE',
};

/** The older kind of filter: lists of values, all of which must match. */
const judgeCostFilters = (filters: Readonly<Record<string, string[]>>, owner: BudgetOwner): Coverage =>
  Object.entries(filters)
    .map(([name, Values]) => {
      const Key = dimensionOfCostFilter[name.toLowerCase().replaceAll(/[^a-z]/g, '')];
      return judgeDimension({ Key, Values }, owner, false);
    })
    .reduce(both, everything);

const costTypeKinds: readonly (readonly [keyof CostTypes, string])[] = [
  ['IncludeCredit', 'credits'],
  ['IncludeRefund', 'reductions'],
  ['IncludeDiscount', 'reductions'],
  ['IncludeTax', 'tax'],
  ['IncludeSupport', 'support fees'],
  ['IncludeUpfront', 'upfront fees'],
  ['IncludeRecurring', 'recurring fees'],
  ['IncludeSubscription', 'subscriptions'],
  ['IncludeOtherSubscription', 'other subscriptions'],
];

/** A kind that is not mentioned is counted (Budgets API, CostTypes). */
const judgeCostTypes = (costTypes: CostTypes): Coverage => ({
  all: true,
  kinds: costTypeKinds.flatMap(([name, kind]) => (costTypes[name] === false ? [kind] : [])),
});

/** A billing view that is not the account's own primary one shows some of its costs, or those of others. */
const isOtherBillingView = (arn: string, { accountId }: BudgetOwner): boolean =>
  arn !== '' && !(arn.endsWith('/primary') && arn.split(':')[4] === accountId);

const judgeCoverage = (
  { CostFilters = {}, CostTypes = {}, FilterExpression = {}, BillingViewArn = '' }: Budget,
  owner: BudgetOwner,
): Coverage =>
  isOtherBillingView(BillingViewArn, owner)
    ? nothingForSure
    : [
        judgeCostFilters(CostFilters, owner),
        judgeExpression(FilterExpression, owner),
        judgeCostTypes(CostTypes),
      ].reduce(both);

/** Which of the account's costs a budget does not see, worded to follow its name. Undefined if it sees all that matter. */
export const findCoverageObjection = (budget: Budget, owner: BudgetOwner): string | undefined => {
  const coverage = judgeCoverage(budget, owner);
  if (!isCounted(coverage, 'usage')) return 'watches only a part of the account';
  const left = coverage.all
    ? coverage.kinds.filter((kind) => !harmlessKinds.includes(kind))
    : costingKinds.filter((kind) => !coverage.kinds.includes(kind));
  return left.length === 0 ? undefined : `leaves out ${formatNameList(left)}`;
};

export const countsTax = (budget: Budget, owner: BudgetOwner): boolean =>
  isCounted(judgeCoverage(budget, owner), 'tax');

/**
 * Whether credits are subtracted, so that a budget is silent while they pay. AWS does so unless told otherwise. Of a
 * budget that says nothing about kinds of charges, nothing is claimed.
 */
export const subtractsCredits = (budget: Budget, owner: BudgetOwner): boolean =>
  (budget.CostTypes ?? budget.FilterExpression ?? budget.Metrics) !== undefined &&
  isCounted(judgeCoverage(budget, owner), 'credits');
