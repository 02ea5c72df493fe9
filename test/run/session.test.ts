import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/lib/user-error.ts';
import { describeAccount, identifyCaller, createHeader, toReportedAccount } from '../../src/run/session.ts';
import { allSteps } from '../../src/steps/index.ts';
import { checkStep } from '../../src/run/check.ts';
import { startPracticeRun, openSession, findStep } from '../_support/practice-run.ts';
import { accountWith } from '../_support/practice-worlds.ts';

const partitioned = async (partition: string) => {
  const { aws, practice } = await startPracticeRun();
  return aws.withPlugin(async ({ operation }, next) =>
    operation === 'sts:GetCallerIdentity'
      ? { Arn: `arn:${partition}:iam::${practice.accountId}:root` }
      : next(),
  );
};

describe('signing in', () => {
  it('is refused as wrong usage when another account was asked for', async () => {
    const { aws } = await startPracticeRun();
    const refused = identifyCaller(aws, '111122223333');
    await expect(refused).rejects.toMatchObject({ exitCode: 64 });
    await expect(refused).rejects.toThrow(
      'You are signed in to the account 431209876655, not to 111122223333.',
    );
    expect((await identifyCaller(aws, '431209876655')).identity.kind).toBe('root');
  });

  it.each(['aws-cn', 'aws-us-gov', 'aws-eusc'])(
    'is refused politely in the partition %s',
    async (partition) => {
      const refused = identifyCaller(await partitioned(partition), undefined);
      await expect(refused).rejects.toBeInstanceOf(UserError);
      await expect(refused).rejects.toThrow(partition);
    },
  );

  it('needs no permission but sts:GetCallerIdentity', async () => {
    const { aws } = await startPracticeRun({
      faults: {
        getError: (operation) => (operation === 'sts:GetCallerIdentity' ? undefined : new Error('denied')),
      },
    });
    const who = await identifyCaller(aws, undefined);
    expect(who).toMatchObject({ identity: { kind: 'root' }, account: {} });
  });
});

describe('the account of a session', () => {
  it('is described by its digits in groups and by its alias', async () => {
    const session = await openSession(await startPracticeRun());
    expect(describeAccount(session)).toBe('4312-0987-6655');
    const scenario = accountWith((world) => {
      world.alias = 'acme';
    });
    const named = await openSession(await startPracticeRun({ scenario }));
    expect(describeAccount(named)).toBe('4312-0987-6655 (acme)');
    expect(toReportedAccount(named)).toMatchObject({ id: '431209876655', alias: 'acme', practice: true });
  });

  it('has a header that shows which steps are not checked yet and which were skipped', async () => {
    const session = await openSession(await startPracticeRun());
    await session.progress.skip('groups', 'nobody else', session.clock.now());
    const { entries, current } = createHeader(session, allSteps, new Map(), 'root-mfa');
    expect(current).toBe('root-mfa');
    expect(entries.map(({ id, status }) => [id, status])).toEqual(
      allSteps.map(({ id }) => [id, id === 'groups' ? 'skipped' : 'unseen']),
    );
  });

  it('has a header that names no step while none is run, and shows what the checks found', async () => {
    const session = await openSession(await startPracticeRun());
    const result = await checkStep(findStep('groups'), session);
    const header = createHeader(session, allSteps, new Map([['groups', result]]));
    expect(header).not.toHaveProperty('current');
    expect(header.entries.find(({ id }) => id === 'groups')?.status).toBe(result.finding.status);
    expect(header).toMatchObject({ account: '4312-0987-6655', identity: 'root user', practice: true });
  });
});
