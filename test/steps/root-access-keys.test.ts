import { describe, expect, it } from 'vitest';
import { BackError } from '../../src/core/dialogue.ts';
import { planSteps } from '../../src/commands/plan.ts';
import { createAccessDeniedError } from '../../src/practice/faults.ts';
import { ErrorResponse } from '../../src/practice/error-response.ts';
import type { PracticeAccessKey, World } from '../../src/practice/world/world.ts';
import { findObjection } from '../../src/core/question.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  openSession,
  findStep,
} from '../_support/practice-run.ts';
import { owner, saysNothing } from '../_support/scripted-owner.ts';
import { accountWith, plantAdministrator, runStepByHand } from '../_support/practice-worlds.ts';

const step = findStep('root-access-keys');
const createdAt = '2025-01-02T03:04:05.000Z';
const active: PracticeAccessKey = { id: 'AKIAAAAAAAAAAAAA1111', createdAt, active: true };
const inactive: PracticeAccessKey = { id: 'AKIAAAAAAAAAAAAA2222', createdAt, active: false };
const own: PracticeAccessKey = { id: 'AKIAAAAAAAAAAAAA9999', createdAt, active: true };

const withKeys =
  (...keys: readonly PracticeAccessKey[]) =>
  (world: World): void => {
    world.root.accessKeys = structuredClone([...keys]);
  };

const onOwnKey = accountWith((world) => {
  withKeys(own, active)(world);
  world.caller = { kind: 'root-key', accessKeyId: own.id };
});

const changes = (practiceRun: Awaited<ReturnType<typeof startPracticeRun>>) =>
  listChanges(practiceRun).map(({ operation, input }) => ({ operation, ...input }));

describe('access keys of root', () => {
  it('are listed with their use, so that the owner can judge what stops working', async () => {
    const scenario = accountWith((world) => {
      withKeys(active, inactive)(world);
      const [first] = world.root.accessKeys;
      if (first) first.lastUsed = { at: '2026-11-01T00:00:00.000Z', service: 's3', region: 'eu-west-1' };
    });
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toBe(
      `2 keys exist: ${active.id}, active, made 2025-01-02, last used 2026-11-01 for s3 in eu-west-1; ` +
        `${inactive.id}, inactive, made 2025-01-02, never used as far as AWS knows`,
    );
  });

  it('are deactivated before they are deleted; one that is inactive already is only deleted', async () => {
    const practiceRun = await startPracticeRun({ scenario: accountWith(withKeys(active, inactive)) });
    const { checkResult } = await runStepByHand(
      'root-access-keys',
      practiceRun,
      owner({ 'key-1': ['1111'], 'key-2': ['2222'] }),
    );
    expect(checkResult.finding.status).toBe('met');
    expect(changes(practiceRun)).toEqual([
      { operation: 'iam:UpdateAccessKey', AccessKeyId: active.id, Status: 'Inactive' },
      { operation: 'iam:DeleteAccessKey', AccessKeyId: active.id },
      { operation: 'iam:DeleteAccessKey', AccessKeyId: inactive.id },
    ]);
  });

  it('are never sent together with a user name, because root has none', async () => {
    const practiceRun = await startPracticeRun({ scenario: accountWith(withKeys(active)) });
    await runStepByHand('root-access-keys', practiceRun, owner({ 'key-1': ['1111'] }));
    const inputs = practiceRun.practice.log.map(({ input }) => Object.keys(input)).flat();
    expect(inputs).toContain('AccessKeyId');
    expect(inputs).not.toContain('UserName');
  });

  it.each(['1112', '11111', 'yes', '1111\n', '<1111>'])(
    'are not deleted when the owner types "%s"',
    async (typed) => {
      const { finding } = await checkIn(
        step,
        await startPracticeRun({ scenario: accountWith(withKeys(active)) }),
      );
      const question = step.questions(finding.facts)['key-1'];
      expect(question && findObjection(question, typed)).toBeTruthy();
      expect(question && findObjection(question, '1111')).toBeUndefined();
    },
  );

  it.each([1, 2, 3])('are present when AWS counts %i', async (count) => {
    const { aws, ...rest } = await startPracticeRun({ scenario: accountWith(withKeys(active, inactive)) });
    const counting = aws.withPlugin(async ({ operation }, next) =>
      operation === 'iam:GetAccountSummary' ? { SummaryMap: { AccountAccessKeysPresent: count } } : next(),
    );
    const { finding } = await checkIn(step, { ...rest, aws: counting });
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toContain(active.id);
  });

  it('are deleted one by one: a key stays when nothing is typed, and the step stays open', async () => {
    const practiceRun = await startPracticeRun({ scenario: accountWith(withKeys(active, inactive)) });
    const { checkResult } = await runStepByHand(
      'root-access-keys',
      practiceRun,
      owner({ 'key-1': ['keep'], 'key-2': ['2222'] }),
    );
    expect(changes(practiceRun)).toEqual([{ operation: 'iam:DeleteAccessKey', AccessKeyId: inactive.id }]);
    expect(checkResult.finding).toMatchObject({ status: 'unmet' });
    expect(checkResult.finding.summary).toContain(active.id);
  });

  it('all stay when nothing is typed for any of them, and then there is nothing to agree to', async () => {
    const practiceRun = await startPracticeRun({ scenario: accountWith(withKeys(active, inactive)) });
    const who = owner({ 'key-1': ['keep'], 'key-2': ['KEEP'] });
    expect((await runStepByHand('root-access-keys', practiceRun, who)).checkResult.finding.status).toBe(
      'unmet',
    );
    expect(who.names()).toEqual(['key-1', 'key-2']);
    expect(listChanges(practiceRun)).toEqual([]);
  });

  it('stay although an earlier run was told to delete another key in their place', async () => {
    const { finding } = await checkIn(
      step,
      await startPracticeRun({ scenario: accountWith(withKeys(active)) }),
    );
    expect(step.plan(finding.facts, { 'key-1': '2222' })).toEqual([]);
  });

  it('are all in a plan that is made before the owner is asked', async () => {
    const practiceRun = await startPracticeRun({ scenario: accountWith(withKeys(active, inactive)) });
    const { steps: planned } = await planSteps(await openSession(practiceRun), [step], () => ({}));
    expect(planned[0]?.actions.map(({ why }) => why)).toEqual([
      `deactivate ${active.id}`,
      `delete ${active.id}`,
      `delete ${inactive.id}`,
    ]);
  });

  it('are not called unused when AWS does not say when they were used', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:GetAccessKeyLastUsed' ? createAccessDeniedError(operation) : undefined,
    };
    const practiceRun = await startPracticeRun({ scenario: accountWith(withKeys(active)), faults });
    const { finding } = await checkIn(step, practiceRun);
    expect(finding.summary).toBe(
      `One key exists: ${active.id}, active, made 2025-01-02, AWS would not say when it was last used`,
    );
  });

  it('are unknown when the credentials end while the program asks AWS about their use', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:GetAccessKeyLastUsed'
          ? new ErrorResponse('ExpiredToken', 403, 'The security token included in the request is expired')
          : undefined,
    };
    const practiceRun = await startPracticeRun({ scenario: accountWith(withKeys(active)), faults });
    expect((await checkIn(step, practiceRun)).finding.status).toBe('unknown');
  });

  it('stay when the owner goes back instead of typing', async () => {
    const practiceRun = await startPracticeRun({ scenario: accountWith(withKeys(active)) });
    await expect(
      runStepByHand('root-access-keys', practiceRun, owner({ 'key-1': [new BackError()] })),
    ).rejects.toBeInstanceOf(BackError);
    expect(listChanges(practiceRun)).toEqual([]);
  });

  it('are left to the console where an administrator is signed in, and watched until they are gone', async () => {
    const scenario = accountWith((world) => {
      withKeys(active)(world);
      plantAdministrator(world, 'maria');
    });
    const practiceRun = await startPracticeRun({ scenario, identity: { user: 'maria' } });
    const { checkResult, owner: who } = await runStepByHand('root-access-keys', practiceRun);
    expect(checkResult.finding.status).toBe('unmet');
    expect(checkResult.finding.remedy).toMatch(/Only root can delete them/);
    expect(who.names()).toEqual(['wait']);
    expect(practiceRun.practice.log.map(({ operation }) => operation)).not.toContain('iam:ListAccessKeys');
    expect(listChanges(practiceRun)).toEqual([]);
    const said = who.told.flatMap((note) => (note.kind === 'manual-task' ? note.instructions : []));
    expect(said.join(' ')).toMatch(/as the root user/);
  });

  it('are left to the console when AWS does not list them for temporary credentials of root', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:ListAccessKeys'
          ? new ErrorResponse(
              'ValidationError',
              400,
              'Must specify userName when calling with non-User credentials',
            )
          : undefined,
    };
    const practiceRun = await startPracticeRun({ scenario: accountWith(withKeys(active)), faults });
    const who = owner({
      wait: [
        async () => {
          await practiceRun.practice.desk.deleteRootAccessKeys();
          return saysNothing;
        },
      ],
    });
    const { checkResult } = await runStepByHand('root-access-keys', practiceRun, who);
    expect(who.told.some((note) => note.kind === 'manual-task' && note.id === 'root-access-keys')).toBe(true);
    expect(checkResult.finding.status).toBe('met');
    expect(listChanges(practiceRun)).toEqual([]);
  });

  it.each<[string, object]>([
    ['none', { AccessKeyMetadata: [] }],
    ['nothing', {}],
  ])('are present as long as AWS counts them, although its list has %s', async (_what, list) => {
    const { aws, ...rest } = await startPracticeRun({ scenario: 'clean' });
    const contradictory = aws.withPlugin(async ({ operation }, next) => {
      if (operation === 'iam:GetAccountSummary') return { SummaryMap: { AccountAccessKeysPresent: 1 } };
      return operation === 'iam:ListAccessKeys' ? list : next();
    });
    const { finding } = await checkIn(step, { ...rest, aws: contradictory });
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toMatch(/counts access keys of the root user but lists none/);
    const actions = step.plan(finding.facts, {});
    expect(actions.map(({ why, calls }) => [why, calls])).toEqual([
      ['you delete the keys in the console', []],
    ]);
  });
});

describe('the question about an access key of root', () => {
  const askedFor = async () => {
    const { finding } = await checkIn(
      step,
      await startPracticeRun({ scenario: accountWith(withKeys(active)) }),
    );
    const question = step.questions(finding.facts)['key-1'];
    if (!question) throw new Error('not asked');
    return question;
  };

  it('is answered by nothing but the four characters or keep, so that Enter alone does neither', async () => {
    const question = await askedFor();
    expect(['1111', 'keep', 'KEEP'].map((typed) => findObjection(question, typed))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    for (const typed of ['', '2222', 'yes'])
      expect(findObjection(question, typed)).toBe(
        'Type 1111 to delete this key, or keep to keep it for now.',
      );
  });

  it('takes an empty answer of an answers file as keep', async () => {
    const practiceRun = await startPracticeRun({ scenario: accountWith(withKeys(active)) });
    const { said } = await runScripted(practiceRun, {
      steps: [step],
      answers: { 'root-access-keys': { 'key-1': '' } },
    });
    expect(said).toContain('Kept: a key of root still opens everything');
    expect(changes(practiceRun)).toEqual([]);
  });
});

describe('the root key that the program itself uses', () => {
  it('is deleted last of all, after every step that needs it', async () => {
    const practiceRun = await startPracticeRun({ scenario: onOwnKey });
    await runScripted(practiceRun);
    const sent = changes(practiceRun);
    expect(sent.at(-1)).toEqual({ operation: 'iam:DeleteAccessKey', AccessKeyId: own.id });
    expect(sent.filter((one) => one.operation === 'cloudwatch:PutMetricAlarm')).not.toEqual([]);
    expect(sent.findIndex((one) => 'AccessKeyId' in one && one.AccessKeyId === active.id)).toBe(0);
    expect(practiceRun.practice.snapshot().root.accessKeys).toEqual([]);
  });

  it('is the last in the plan, wherever AWS lists it', async () => {
    const { finding } = await checkIn(step, await startPracticeRun({ scenario: onOwnKey }));
    const actions = step.plan(finding.facts, { 'key-1': '9999', 'key-2': '1111' });
    expect(actions.map(({ why }) => why)).toEqual([
      `deactivate ${active.id}`,
      `delete ${active.id}`,
      `delete ${own.id}, which this program runs on`,
    ]);
  });

  it('is not deactivated first: an inactive key could not delete itself', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'on-root-key' });
    await runScripted(practiceRun);
    expect(changes(practiceRun).filter((one) => one.operation === 'iam:UpdateAccessKey')).toEqual([]);
    expect(practiceRun.practice.snapshot().root.accessKeys).toEqual([]);
  });

  it('is identified as such in the plan and in the question', async () => {
    const practiceRun = await startPracticeRun({ scenario: onOwnKey });
    const who = owner({ 'key-1': ['9999'], 'key-2': ['1111'] });
    const { deferred } = await runStepByHand('root-access-keys', practiceRun, who);
    expect(who.asked[0]?.question.help).toMatch(/runs on this key/);
    expect(deferred.map(({ why }) => why)).toEqual([`delete ${own.id}, which this program runs on`]);
  });

  it('ends the run with the message that the program can no longer check', async () => {
    const { said } = await runScripted(await startPracticeRun({ scenario: 'on-root-key' }));
    expect(said).toMatch(/can no longer look into the account/);
  });
});
