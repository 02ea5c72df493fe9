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

  it('ends at a page whose token leads to itself', async () => {
    const { aws, practice } = await startPracticeRun({ scenario });
    const stuck = aws.withPlugin(async (_call, next) => ({
      ...(await next()),
      NextToken: Buffer.from('practice:100').toString('base64url'),
    }));
    expect(await readTopicArns(stuck)).toHaveLength(200);
    expect(practice.log).toHaveLength(2);
  });
});
