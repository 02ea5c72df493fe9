import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalRegion } from '../../src/aws/account.ts';
import { motoIsInstalled } from '../counterparts/install-moto.ts';
import { startMoto, type Moto } from '../counterparts/moto.ts';
import { rehearse } from '../rehearse.ts';
import { accountIn } from './attempt.ts';
import { answeredBy, contract, type Answered } from './contract.ts';
import { deviations } from './deviations.ts';

const topicIn = (accountId: string) => `arn:aws:sns:${globalRegion}:${accountId}:bills`;

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
  beforeAll(async () => {
    moto = await startMoto();
    process.env['AWS_ENDPOINT_URL'] = moto.url;
  });
  afterAll(async () => {
    delete process.env['AWS_ENDPOINT_URL'];
    await moto.stop();
  });

  const compared = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
    const account = await moto.freshAccount();
    const aws = accountIn(account);
    const practice = await answersOfPractice();
    const found = new Map<string, readonly string[]>();
    for (const [index, clause] of contract.entries()) {
      const answered = await answeredBy(clause, aws, topicIn(account.accountId));
      const expected = practice[index];
      if (expected) found.set(clause.name, differences(expected, answered));
    }
    return found;
  };

  let known: ReturnType<typeof compared> | undefined;
  const found = () => (known ??= compared());

  it.each(contract.map(({ name }) => name))('answer alike, or differ as listed: %s', async (name) => {
    expect((await found()).get(name)?.toSorted()).toEqual(Object.keys(deviations[name] ?? {}).toSorted());
  });

  it('are compared in nothing that is not in the contract', async () => {
    expect(without(Object.keys(deviations), [...(await found()).keys()])).toEqual([]);
  });
});
