import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalRegion } from '../../src/aws/services.ts';
import { operationsOfTheProgram } from '../_support/source-operations.ts';
import { motoIsInstalled } from '../counterparts/_support/install-moto.ts';
import { startMoto, type Moto } from '../counterparts/_support/moto.ts';
import { budgetClauses } from './_support/clauses-budgets.ts';
import { drillClauses, topicDetailClauses } from './_support/clauses-drill.ts';
import { holderClauses } from './_support/clauses-holders.ts';
import { iamClauses } from './_support/clauses-iam.ts';
import { alarmClauses, topicClauses } from './_support/clauses-money.ts';
import { signInClauses } from './_support/clauses-sign-in.ts';
import { unknownClauses } from './_support/clauses-unknown.ts';
import { benchInMoto, benchInPractice, type Bench } from './_support/contract-accounts.ts';
import { answeredBy, type Answered, type Clause } from './_support/contract.ts';
import { deviations } from './_support/deviations.ts';
import { comparedWithMoto, onlyRefused, unknownToMoto } from './_support/operations.ts';
import { startProxy, type FaultProxy } from '../_support/aws-proxy.ts';
import { tally } from './_support/tally.ts';

/** Every call that the steps make, and the ways in which it can be refused or come in pages. */
const contract = [
  ...iamClauses,
  ...signInClauses,
  ...holderClauses,
  ...topicClauses,
  ...topicDetailClauses,
  ...alarmClauses,
  ...drillClauses,
  ...budgetClauses,
];

const topicIn = (accountId: string) => `arn:aws:sns:${globalRegion}:${accountId}:bills`;

/** Where the two differ in one clause, in words, which operations it took, and whether both did what was asked. */
type Compared = { operations: readonly string[]; found: readonly string[]; done: boolean };

const listed = (name: string): readonly string[] => Object.keys(deviations[name] ?? {});

/** The answers to some clauses, in their order, and what was called for each. */
const answersOf = async ({ aws, accountId, outside }: Bench, clauses: readonly Clause[]) => {
  let operations = new Set<string>();
  const watched = aws.withPlugin(({ operation }, next) => {
    operations.add(operation);
    return next();
  });
  const answers: { operations: readonly string[]; answered: Answered }[] = [];
  for (const clause of clauses) {
    operations = new Set();
    const answered = await answeredBy(clause, watched, topicIn(accountId), outside);
    answers.push({ operations: [...operations], answered });
  }
  return answers;
};

const without = (ones: readonly string[], others: readonly string[]) =>
  ones.filter((one) => !others.includes(one));

/** The differences, in words. */
const differences = (practice: Answered, moto: Answered): readonly string[] => [
  ...(practice.code === moto.code ? [] : [`code ${practice.code || 'none'}, in moto ${moto.code || 'none'}`]),
  ...(practice.status === moto.status ? [] : [`status ${practice.status}, in moto ${moto.status}`]),
  ...without(practice.fields, moto.fields).map((field) => `${field} not in moto`),
  ...without(moto.fields, practice.fields).map((field) => `${field} only in moto`),
];

describe.skipIf(!motoIsInstalled())('the practice account and moto', () => {
  let moto: Moto;
  let proxy: FaultProxy;
  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startProxy(moto.url);
    process.env['AWS_ENDPOINT_URL'] = proxy.url;
  });
  afterAll(async () => {
    delete process.env['AWS_ENDPOINT_URL'];
    await proxy.stop();
    await moto.stop();
  });

  const compared = async (): Promise<ReadonlyMap<string, Compared>> => {
    const practice = await answersOf(await benchInPractice(), contract);
    const inMoto = await answersOf(await benchInMoto(moto), contract);
    const both = contract.map(({ name }, index): [string, Compared] => {
      const [one, other] = [practice[index]?.answered, inMoto[index]?.answered];
      const found = one && other ? differences(one, other) : ['not answered'];
      const done = one?.code === '' && other?.code === '';
      return [name, { operations: inMoto[index]?.operations ?? [], found, done }];
    });
    return new Map(both);
  };

  let known: ReturnType<typeof compared> | undefined;
  const all = () => (known ??= compared());
  // The first of them makes all calls of both accounts.
  const patient = { timeout: 180_000 };

  it.each(contract.map(({ name }) => name))(
    'answer alike, or differ as listed: %s',
    patient,
    async (name) => {
      expect(new Set((await all()).get(name)?.found)).toEqual(new Set(listed(name)));
    },
  );

  it('are compared in nothing that is not in the contract', async () => {
    expect(without(Object.keys(deviations), [...(await all()).keys()])).toEqual([]);
  });

  it('are compared in the operations that are said to be', async () => {
    const operations = [...(await all()).values()].flatMap((one) => one.operations);
    expect(new Set(operations)).toEqual(new Set(comparedWithMoto));
  });

  it('are compared in what each operation does, not only in how it is refused', async () => {
    const done = [...(await all()).values()].flatMap((one) => (one.done ? one.operations : []));
    expect(without(comparedWithMoto, done)).toEqual(Object.keys(onlyRefused));
  });

  it('are compared in every command that the program sends, or moto does not know it', async () => {
    const covered = [...comparedWithMoto, ...Object.keys(unknownToMoto)];
    expect(await operationsOfTheProgram()).toEqual(covered.toSorted());
  });

  it('are not compared in what moto does not know', async () => {
    const answers = await answersOf(await benchInMoto(moto), unknownClauses);
    expect(answers.flatMap(({ operations }) => operations).toSorted()).toEqual(
      Object.keys(unknownToMoto).toSorted(),
    );
    // What answers is the server that moto runs in, with a page; no service would. It is no JSON, and for SNS no XML.
    expect(new Set(answers.map(({ answered }) => answered.code))).toEqual(new Set(['SyntaxError', 'Error']));
  });

  afterAll(async () => {
    const clauses = [...(await all())].map(([name, one]) => ({ ...one, listed: listed(name) }));
    const alike = (operation: string) =>
      clauses.every(
        (one) => !one.operations.includes(operation) || without(one.found, one.listed).length === 0,
      );
    const operations = [...new Set(clauses.flatMap((one) => one.operations))];
    tally('contract', operations.length, operations.filter(alike).length, 'operations');
    const deviating = clauses.flatMap((one) => one.listed);
    const there = clauses.flatMap((one) => one.listed.filter((name) => one.found.includes(name)));
    tally('contract', deviating.length, there.length, 'deviations');
  });
});
