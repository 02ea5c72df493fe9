import { describe, expect, it } from 'vitest';
import { readAccountInfo } from '../../src/aws/account-kind.ts';
import { readIdentity } from '../../src/aws/identity.ts';
import { createAccessDeniedError } from '../../src/practice/faults.ts';
import type { PracticeOptions } from '../../src/practice/account.ts';
import { runScripted, startPracticeRun } from '../_support/practice-run.ts';

const standing = async (options: PracticeOptions) => {
  const { aws } = await startPracticeRun(options);
  return (await readAccountInfo(aws, await readIdentity(aws))).kind;
};

describe('the kind of account', () => {
  it('is read from AWS: standalone, member or management', async () => {
    expect(await standing({ scenario: 'new' })).toBe('standalone');
    expect(await standing({ scenario: 'member' })).toBe('member');
    expect(await standing({ scenario: 'management' })).toBe('management');
  });

  it('is unknown when AWS refuses to tell, which is no reason to stop', async () => {
    const answer = (operation: string) =>
      operation.startsWith('organizations:') ? createAccessDeniedError(operation) : undefined;
    expect(await standing({ faults: { getError: answer } })).toBe('unknown');
  });

  it('is shown at the start, with what it means', async () => {
    expect((await runScripted(await startPracticeRun({ scenario: 'member' }))).said).toContain(
      'a member of an AWS organization',
    );
    expect((await runScripted(await startPracticeRun({ scenario: 'management' }))).said).toContain(
      'the management account',
    );
  });
});
