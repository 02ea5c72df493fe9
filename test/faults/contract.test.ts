import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalRegion } from '../../src/aws/account.ts';
import { motoIsInstalled } from '../counterparts/install-moto.ts';
import { startMoto, type Moto } from '../counterparts/moto.ts';
import { rehearse } from '../rehearse.ts';
import { accountIn } from './attempt.ts';
import { budgetClauses } from './clauses-budgets.ts';
import { drillClauses, topicDetailClauses } from './clauses-drill.ts';
import { iamClauses } from './clauses-iam.ts';
import { alarmClauses, topicClauses } from './clauses-money.ts';
import { signInClauses } from './clauses-sign-in.ts';
import { answeredBy, type Answered } from './contract.ts';
import { deviations } from './deviations.ts';
import { comparedWithMoto } from './operations.ts';
import { startProxy, type FaultProxy } from './proxy.ts';
import { tally } from './tally.ts';

/** Every call that the steps make, and the ways in which it can be refused or come in pages. */
const contract = [
  ...iamClauses,
  ...signInClauses,
  ...topicClauses,
  ...topicDetailClauses,
  ...alarmClauses,
  ...drillClauses,
  ...budgetClauses,
];

const topicIn = (accountId: string) => `arn:aws:sns:${globalRegion}:${accountId}:bills`;

/** Where the two differ in one clause, in words, and which operations it took. */
type Compared = { operations: readonly string[]; found: readonly string[] };

const listed = (name: string): readonly string[] => Object.keys(deviations[name] ?? {});

const answersOfPractice = async (): Promise<readonly Answered[]> => {
  const { aws, practice } = await rehearse({ scenario: 'clean', identity: { role: 'Admin' } });
  const answered: Answered[] = [];
  for (const clause of contract) answered.push(await answeredBy(clause, aws, topicIn(practice.accountId)));
  return answered;
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
    const account = await moto.freshAccount();
    const operations = new Set<string>();
    const aws = accountIn(account).with(({ operation }, next) => {
      operations.add(operation);
      return next();
    });
    const practice = await answersOfPractice();
    const all = new Map<string, Compared>();
    for (const [index, clause] of contract.entries()) {
      operations.clear();
      const answered = await answeredBy(clause, aws, topicIn(account.accountId));
      const expected = practice[index];
      const found = expected ? differences(expected, answered) : ['not answered by the practice account'];
      all.set(clause.name, { operations: [...operations], found });
    }
    return all;
  };

  let known: ReturnType<typeof compared> | undefined;
  const all = () => (known ??= compared());

  it.each(contract.map(({ name }) => name))('answer alike, or differ as listed: %s', async (name) => {
    expect(new Set((await all()).get(name)?.found)).toEqual(new Set(listed(name)));
  });

  it('are compared in nothing that is not in the contract', async () => {
    expect(without(Object.keys(deviations), [...(await all()).keys()])).toEqual([]);
  });

  it('are compared in the operations that are said to be', async () => {
    const operations = [...(await all()).values()].flatMap((one) => one.operations);
    expect(new Set(operations)).toEqual(new Set(comparedWithMoto));
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
