import { describe, expect, it } from 'vitest';
import { readTopicArns } from '../../../src/aws/reads/sns.ts';
import { createLargeAccount } from '../../../src/practice/scenarios/large-account.ts';
import { createNewAccount } from '../../../src/practice/scenarios/scenarios.ts';
import { fastClock, startPracticeRun } from '../../_support/practice-run.ts';

const size = { users: 0, groups: 0, devices: 0, topics: 250, alarms: 0 };
const scenario = createLargeAccount(createNewAccount(fastClock().now()), size);

describe('a paginated list', () => {
  it('is read to its last page, with one call for each page', async () => {
    const { aws, practice } = await startPracticeRun({ scenario });
    expect(new Set(await readTopicArns(aws)).size).toBe(250);
    const tokens = practice.log.map(({ input }) => 'NextToken' in input && input.NextToken !== undefined);
    expect(tokens).toEqual([false, true, true]);
  });

  const withTokens = async (tokens: (nth: number) => string) => {
    const { aws, practice } = await startPracticeRun({ scenario });
    let nth = 0;
    const stuck = aws.withPlugin(async (_call, next) => {
      nth += 1;
      return { ...(await next()), NextToken: tokens(nth) };
    });
    return { read: readTopicArns(stuck), practice };
  };
  const tokenAt = (place: number) => Buffer.from(`practice:${place}`).toString('base64url');

  it.each<[string, (nth: number) => string, number]>([
    ['to itself', () => tokenAt(100), 2],
    ['to the page before it', (nth) => tokenAt(nth % 2 === 0 ? 100 : 200), 3],
    ['on without end', (nth) => tokenAt(nth % 200) + '='.repeat(nth), 1001],
  ])('is not known when a page leads %s', async (_, tokens, calls) => {
    const { read, practice } = await withTokens(tokens);
    await expect(read).rejects.toThrow('A list from AWS never ends');
    expect(practice.log).toHaveLength(calls);
  });
});
