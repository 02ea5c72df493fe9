import { describe, expect, it } from 'vitest';
import { BackError, ExitError } from '../../src/core/dialogue.ts';
import { createAccessDeniedError, createExpiredTokenError, HaltedError } from '../../src/practice/faults.ts';
import { createScenarioUser } from '../../src/practice/scenarios/scenarios.ts';
import { createAlreadyExistsError } from '../../src/practice/error-response.ts';
import type { World } from '../../src/practice/world/world.ts';
import { UserError } from '../../src/lib/user-error.ts';
import {
  listChanges,
  comparableAccount,
  checkIn,
  runScripted,
  startPracticeRun,
  resumeRun,
  openSession,
  findStep,
} from '../_support/practice-run.ts';
import { owner } from '../_support/scripted-owner.ts';
import { accountWith, runStepByHand } from '../_support/practice-worlds.ts';

const policyStep = findStep('password-policy');
const groups = findStep('groups');
const teams = { groups: { scope: 'teams', teams: ['developers'], 'own-team': '', 'require-mfa': true } };

describe('the question for consent', () => {
  it('is asked with the plan in sight', async () => {
    const { owner: who } = await runStepByHand('password-policy', await startPracticeRun());
    const plans = who.told.filter((note) => note.kind === 'plan');
    expect(plans).toMatchObject([
      { cost: 'free', lines: [{ operations: ['iam:UpdateAccountPasswordPolicy'] }] },
    ]);
    expect(who.names()).toEqual(['length', 'wizard/go-ahead']);
  });

  it('can be answered with "not now": nothing is changed, and the answers are kept', async () => {
    const practiceRun = await startPracticeRun();
    const who = owner({ length: [20], 'wizard/go-ahead': ['not-now'] });
    const { acted, skipped, checkResult } = await runStepByHand('password-policy', practiceRun, who);
    expect({ acted, skipped, status: checkResult.finding.status }).toEqual({
      acted: false,
      skipped: false,
      status: 'unmet',
    });
    expect(listChanges(practiceRun)).toEqual([]);
    const again = owner();
    await runStepByHand('password-policy', await resumeRun(practiceRun), again);
    expect(again.asked[0]?.question).toMatchObject({ default: 20 });
  });

  it('can be answered with a skip of the step, with a reason that is kept', async () => {
    const practiceRun = await startPracticeRun();
    const who = owner({ 'wizard/go-ahead': ['skip'], 'wizard/skip-reason': ['single sign-on'] });
    const { skipped, acted } = await runStepByHand('password-policy', practiceRun, who);
    expect([skipped, acted]).toEqual([true, false]);
    expect(listChanges(practiceRun)).toEqual([]);
    const { progress, clock } = await openSession(practiceRun);
    expect(progress.findSkip('password-policy')).toEqual({ reason: 'single sign-on', on: clock.now() });
  });

  it('leads back to the last question, whose answer is kept', async () => {
    const practiceRun = await startPracticeRun();
    const who = owner({ length: [20, 30], 'wizard/go-ahead': [new BackError(), 'yes'] });
    await runStepByHand('password-policy', practiceRun, who);
    expect(who.names()).toEqual(['length', 'wizard/go-ahead', 'length', 'wizard/go-ahead']);
    expect(who.asked[2]?.question).toMatchObject({ default: 20 });
    expect(practiceRun.practice.snapshot().passwordPolicy?.MinimumPasswordLength).toBe(30);
  });

  it('can be avoided by going back from the first question, or by leaving', async () => {
    for (const error of [new BackError(), new ExitError()]) {
      const practiceRun = await startPracticeRun();
      const who = owner({ length: [error] });
      await expect(runStepByHand('password-policy', practiceRun, who)).rejects.toBe(error);
      expect(listChanges(practiceRun)).toEqual([]);
    }
  });
});

describe('a step that is done', () => {
  it('asks nothing, also when somebody has done it since the first check', async () => {
    const done = await startPracticeRun();
    await runScripted(done, { steps: [policyStep] });
    const { owner: who, acted } = await runStepByHand('password-policy', await resumeRun(done));
    expect(who.names()).toEqual([]);
    expect(acted).toBe(false);
  });
});

describe('an error', () => {
  it('in one step is reported, and the run continues with the next step', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:UpdateAccountPasswordPolicy' ? createAccessDeniedError(operation) : undefined,
    };
    const practiceRun = await startPracticeRun({ faults });
    const { code, said } = await runScripted(practiceRun, {
      steps: [policyStep, findStep('billing-alarm')],
    });
    expect(said).toContain('You are not allowed to call iam:UpdateAccountPasswordPolicy.');
    expect(code).toBe(1);
    expect((await checkIn(findStep('billing-alarm'), practiceRun)).finding.status).toBe('met');
  });

  it('in the middle of a step is followed by a check, which shows what was done until then', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:CreateVirtualMFADevice' ? createAccessDeniedError(operation) : undefined,
    };
    const { checkResult, owner: who } = await runStepByHand('admin-user', await startPracticeRun({ faults }));
    expect(checkResult.finding.summary).toContain('admin: no MFA, no console password');
    expect(who.sentences()).toContain('You are not allowed to call iam:CreateVirtualMFADevice.');
  });

  it('of the credentials ends the run, because no other call could work', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:UpdateAccountPasswordPolicy' ? createExpiredTokenError() : undefined,
    };
    const failing = runStepByHand('password-policy', await startPracticeRun({ faults }));
    await expect(failing).rejects.toBeInstanceOf(UserError);
    await expect(failing).rejects.toThrow('The session has expired.');
  });

  it('in the check itself is reported with what helps, and nothing is asked', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:GetAccountPasswordPolicy' ? createAccessDeniedError(operation) : undefined,
    };
    const { checkResult, owner: who } = await runStepByHand(
      'password-policy',
      await startPracticeRun({ faults }),
    );
    expect(checkResult.finding.status).toBe('unknown');
    expect(who.names()).toEqual([]);
    expect(who.sentences()).toContain('not allowed to call iam:GetAccountPasswordPolicy');
    expect(who.sentences()).toContain('Sign in as an administrator');
  });

  it('about a missing answer names the question', async () => {
    const practiceRun = await startPracticeRun();
    const { said, code } = await runScripted(practiceRun, { steps: [groups], answers: {}, desk: false });
    expect(said).toContain('Not done: groups needs an answer to "scope".');
    expect(code).toBe(1);
    expect(listChanges(practiceRun)).toEqual([]);
  });
});

describe('a step whose check is met before all its changes are made', () => {
  const two = {
    groups: { scope: 'teams', teams: ['developers', 'billing'], 'own-team': '', 'require-mfa': true },
  };
  const undisturbed = async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    await runScripted(practiceRun, { steps: [groups], answers: two });
    return comparableAccount(practiceRun);
  };

  it('is continued when AWS had already made the change that it did not answer', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    let nth = 0;
    const aws = practiceRun.aws.withPlugin(async ({ operation }, next) => {
      if (operation === 'iam:CreateGroup') nth += 1;
      const output = await next();
      // As the SDK does when no answer comes.
      return operation === 'iam:CreateGroup' && nth === 2 ? next() : output;
    });
    const { code, said } = await runScripted({ ...practiceRun, aws }, { steps: [groups], answers: two });
    expect(said).toContain('The account has changed since the check');
    expect(code).toBe(0);
    expect(comparableAccount(practiceRun)).toEqual(await undisturbed());
  });

  it('is not called done when AWS refused the rest, and the next run makes the rest', async () => {
    let nth = 0;
    const answer = (operation: string) => {
      if (operation === 'iam:CreateGroup') nth += 1;
      return operation === 'iam:CreateGroup' && nth === 2 ? createAccessDeniedError(operation) : undefined;
    };
    const practiceRun = await startPracticeRun({ scenario: 'clean', faults: { getError: answer } });
    const { code, said } = await runScripted(practiceRun, { steps: [groups], answers: two });
    expect(said).toContain('You are not allowed to call iam:CreateGroup.');
    expect(said).toContain('Groups: not all of it was done. The next run offers what is left.');
    expect(said).not.toContain('Done ·');
    expect(code).toBe(1);
    const again = await resumeRun(practiceRun);
    expect((await runScripted(again, { steps: [groups], answers: two })).code).toBe(0);
    expect(comparableAccount(again)).toEqual(await undisturbed());
  });
});

describe('an account that changes while a step runs', () => {
  it('is checked again, and the plan is made again', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const { practice } = practiceRun;
    const aws = practiceRun.aws.withPlugin(async (call, next) => {
      // Somebody else makes the same group between the check and our call.
      const makes = call.operation === 'iam:CreateGroup';
      const output = await next();
      if (makes && practice.log.filter((one) => one.operation === 'iam:CreateGroup').length === 1) {
        return next();
      }
      return output;
    });
    const { said, code } = await runScripted({ ...practiceRun, aws }, { steps: [groups], answers: teams });
    expect(said).toContain('The account has changed since the check');
    expect(code).toBe(0);
    expect(practice.snapshot().groups.map(({ name }) => name)).toEqual(['developers']);
  });

  it('is checked again when a service other than IAM says that something is gone', async () => {
    const faults = {
      getOutsideChange: (operation: string, nth: number) =>
        operation === 'sns:Subscribe' && nth === 1
          ? (world: World) => {
              world.topics = [];
            }
          : undefined,
    };
    const practiceRun = await startPracticeRun({ scenario: 'clean', faults });
    const { said } = await runScripted(practiceRun, { steps: [findStep('billing-alarm')] });
    expect(said).toContain('The account has changed since the check');
    const { topics, subscriptions } = practiceRun.practice.snapshot();
    expect(subscriptions.map(({ topicArn }) => topicArn)).toEqual(topics.map(({ arn }) => arn));
    expect(topics).toHaveLength(1);
  });

  it('is reported as a problem when it keeps changing, with the likeliest cause', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:CreateGroup' ? createAlreadyExistsError('Group exists.') : undefined,
    };
    const { said, code } = await runScripted(await startPracticeRun({ faults }), {
      steps: [groups],
      answers: teams,
    });
    expect(said).toContain('The account keeps changing while this step runs.');
    expect(code).toBe(1);
  });
});

describe('an interrupted step', () => {
  it('is completed with its earlier answers, which are not asked for again', async () => {
    const steps = [findStep('billing-alarm')];
    const answers = { 'billing-alarm': { email: 'maria@example.com', amounts: '7, 70' } };
    const halt = (operation: string, nth: number, when: 'before' | 'after') =>
      operation === 'cloudwatch:PutMetricAlarm' && nth === 1 && when === 'after';
    const killed = await startPracticeRun({ faults: { shouldHalt: halt } });
    await expect(runScripted(killed, { steps, answers })).rejects.toBeInstanceOf(HaltedError);
    const again = await resumeRun(killed);
    expect((await runScripted(again, { steps, answers: {} })).code).toBe(0);
    const { alarms } = again.practice.snapshot();
    expect(alarms.map(({ settings }) => settings.Threshold)).toEqual([7, 70]);
  });

  describe('whose check is met by now', () => {
    const members = { ...teams.groups, 'members-developers': ['bob', 'carol'], 'members-own-team': [] };
    const halt = (operation: string, nth: number, when: 'before' | 'after') =>
      operation === 'iam:AddUserToGroup' && nth === 1 && when === 'after';

    const killed = async () => {
      const scenario = accountWith((world) =>
        world.users.push(createScenarioUser(world, 'bob'), createScenarioUser(world, 'carol')),
      );
      const practiceRun = await startPracticeRun({ scenario, faults: { shouldHalt: halt } });
      const playing = runScripted(practiceRun, { steps: [groups], answers: { groups: members } });
      await expect(playing).rejects.toBeInstanceOf(HaltedError);
      return resumeRun(practiceRun);
    };

    it('is offered for completion, and completed with consent', async () => {
      const practiceRun = await killed();
      const { owner: who } = await runStepByHand('groups', practiceRun);
      expect(who.names()).toEqual(['wizard/go-ahead']);
      expect(who.sentences()).toContain('An earlier run was interrupted in this step');
      const { users } = practiceRun.practice.snapshot();
      expect(users.map((user) => user.groups)).toEqual([['developers'], ['developers']]);
    });

    it('is left alone without consent, and offered again the next time', async () => {
      const practiceRun = await killed();
      await runStepByHand('groups', practiceRun, owner({ 'wizard/go-ahead': ['not-now'] }));
      expect(listChanges(practiceRun)).toEqual([]);
      const { owner: who } = await runStepByHand('groups', await resumeRun(practiceRun));
      expect(who.names()).toEqual(['wizard/go-ahead']);
    });

    it('can be skipped, with a reason that is kept', async () => {
      const practiceRun = await killed();
      const who = owner({ 'wizard/go-ahead': ['skip'], 'wizard/skip-reason': ['carol has left'] });
      expect((await runStepByHand('groups', practiceRun, who)).skipped).toBe(true);
      expect((await openSession(practiceRun)).progress.findSkip('groups')?.reason).toBe('carol has left');
    });
  });
});
