import { CreateLoginProfileCommand, CreateVirtualMFADeviceCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { BackError } from '../../src/core/dialogue.ts';
import { createScenarioGroup, createScenarioUser } from '../../src/practice/scenarios/scenarios.ts';
import { Progress } from '../../src/state/progress.ts';
import { findObjection } from '../../src/core/question.ts';
import { planSteps } from '../../src/commands/plan.ts';
import { HaltedError } from '../../src/practice/faults.ts';
import type { PlanReport } from '../../src/report/report.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  resumeRun,
  openSession,
  findStep,
} from '../_support/practice-run.ts';
import { owner } from '../_support/scripted-owner.ts';
import {
  accountWith,
  deviceIn,
  plantAdministrator,
  plantPhone,
  policy,
  runStepByHand,
} from '../_support/practice-worlds.ts';

const step = findStep('admin-user');
const only = { steps: [step] };

const operations = (practiceRun: Awaited<ReturnType<typeof startPracticeRun>>) =>
  listChanges(practiceRun).map(({ operation }) => operation);

const operationsOf = ({ steps }: PlanReport) =>
  steps.flatMap(({ actions }) => actions.flatMap(({ calls }) => calls.map(({ operation }) => operation)));

describe('the daily administrator', () => {
  it('is a user who is an administrator through a group and has MFA', async () => {
    const scenario = accountWith((world) => plantAdministrator(world, 'maria', 'bosses'));
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    expect(finding).toMatchObject({ status: 'met', summary: 'maria, with MFA' });
  });

  it('can have a hardware key as the second factor', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      plantPhone(world, 'maria', 'maria-again');
      world.devices = world.devices.filter((device) => device.serial.endsWith('maria-again'));
    });
    const { aws, ...rest } = await startPracticeRun({ scenario });
    // A key is not among the virtual devices of the account, but among the devices of its user.
    const withKey = aws.withPlugin(async ({ operation }, next) =>
      operation === 'iam:ListVirtualMFADevices' ? { VirtualMFADevices: [] } : next(),
    );
    expect((await checkIn(step, { ...rest, aws: withKey })).finding.status).toBe('met');
  });

  it('can have AdministratorAccess directly: the step about groups says what is wrong with that', async () => {
    const scenario = accountWith((world) => {
      const loginProfile = { createdAt: world.account.createdAt, resetRequired: false };
      const attached = [policy('AdministratorAccess')];
      world.users.push(createScenarioUser(world, 'maria', { attached, loginProfile }));
      plantPhone(world, 'maria');
    });
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    expect(finding).toMatchObject({ status: 'met', summary: 'maria, with MFA' });
  });

  it('is not a user without MFA, and the finding says what is missing', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      world.devices = [];
    });
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toContain('maria: no MFA');
  });

  it('can be a user without a console password, unless this program made the user: that is an interrupted run', async () => {
    const withoutPassword = (ours: boolean) =>
      accountWith((world) => {
        plantAdministrator(world, 'maria');
        const tags = ours ? [{ Key: 'aws-first-steps', Value: 'administrator' }] : [];
        world.users = world.users.map(({ loginProfile: _gone, ...user }) => ({ ...user, tags }));
      });
    const theirs = await checkIn(step, await startPracticeRun({ scenario: withoutPassword(false) }));
    expect(theirs.finding).toMatchObject({
      status: 'met',
      summary: 'maria, with MFA; maria cannot sign in to the console: no password',
    });
    expect(step.makesAdministrator?.(theirs.finding.facts)).toBe(false);
    const ours = await checkIn(step, await startPracticeRun({ scenario: withoutPassword(true) }));
    expect(ours.finding).toMatchObject({
      status: 'unmet',
      summary: 'No administrator is complete (maria: no console password)',
    });
  });

  it('is named before administrators who cannot sign in to the console', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'anna');
      const accessKeys = [{ id: 'AKIAONE', active: true, createdAt: world.account.createdAt }];
      world.users = world.users.map(({ loginProfile: _gone, ...user }) => ({ ...user, accessKeys }));
      plantAdministrator(world, 'bob');
    });
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    expect(finding.summary).toMatch(
      /^bob, anna, with MFA; .*; anna cannot sign in to the console: no password$/,
    );
    expect(step.makesAdministrator?.(finding.facts)).toBe(true);
  });

  it('does not make the step done while others only need a password', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      plantAdministrator(world, 'bob');
      world.devices = world.devices.filter((device) => !device.serial.endsWith('/bob'));
    });
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    expect(finding).toMatchObject({
      status: 'unmet',
      summary: 'maria, with MFA; bob is an administrator with a password and no MFA',
    });
  });

  it('satisfies no control that requires MFA for everybody', () => {
    expect(Object.values(step.controls).flat()).toEqual([]);
  });

  it('is found among many users with few calls, and the finding says how many users were not checked', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'zoe');
      const [group = ''] = world.groups.map(({ name }) => name);
      for (let number = 0; number < 50; number += 1) {
        world.users.unshift(createScenarioUser(world, `admin-${number}`, { groups: [group] }));
      }
    });
    const practiceRun = await startPracticeRun({ scenario });
    const { finding } = await checkIn(step, practiceRun);
    expect(finding).toMatchObject({
      status: 'unmet',
      summary: 'zoe, with MFA; not looked at: 31 more who are or may be administrators',
    });
    expect(practiceRun.practice.log.length).toBeLessThan(80);
  });
});

describe('completing an existing administrator', () => {
  it('adds only what is missing to a user that this program made', async () => {
    const scenario = accountWith((world) => {
      world.groups.push(createScenarioGroup(world, 'Administrators', ['AdministratorAccess']));
      const tags = [{ Key: 'aws-first-steps', Value: 'administrator' }];
      world.users.push(createScenarioUser(world, 'maria', { groups: ['Administrators'], tags }));
      plantPhone(world, 'maria');
    });
    const practiceRun = await startPracticeRun({ scenario });
    expect((await runScripted(practiceRun, only)).code).toBe(0);
    expect(operations(practiceRun)).toEqual(['iam:CreateLoginProfile']);
  });

  it('gives a password to a user of others only if nobody can be using the user', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      world.devices = [];
      world.users = world.users.map(({ loginProfile: _gone, ...user }) => user);
    });
    const practiceRun = await startPracticeRun({ scenario });
    const answers = { 'admin-user': { who: 'maria' } };
    expect((await runScripted(practiceRun, { ...only, answers })).code).toBe(0);
    expect(operations(practiceRun)).toEqual([
      'iam:CreateVirtualMFADevice',
      'iam:EnableMFADevice',
      'iam:CreateLoginProfile',
    ]);
  });

  it('gives no password to a user who works with an access key', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      world.devices = [];
      const accessKeys = [{ id: 'AKIAONE', active: true, createdAt: world.account.createdAt }];
      world.users = world.users.map(({ loginProfile: _gone, ...user }) => ({ ...user, accessKeys }));
    });
    const practiceRun = await startPracticeRun({ scenario });
    const question = step.questions((await checkIn(step, practiceRun)).finding.facts)['who'];
    expect(question?.kind === 'choice' && question.options[0]?.hint).toBe(
      'no MFA, no console password, and is given none here',
    );
    const answers = { 'admin-user': { who: 'maria', 'access-keys': 'keep-person' } };
    expect((await runScripted(practiceRun, { ...only, answers })).code).toBe(0);
    expect(operations(practiceRun)).toEqual([
      'iam:CreateVirtualMFADevice',
      'iam:EnableMFADevice',
      'iam:TagUser',
    ]);
  });

  it('does not take a password for its own that somebody else sets in the meantime', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const racing = practiceRun.aws.withPlugin(async ({ operation, input }, next) => {
      if (operation === 'iam:CreateLoginProfile')
        await practiceRun.aws.iam.send(
          new CreateLoginProfileCommand({ ...input, UserName: 'admin', Password: 'Somebody-elses-1' }),
        );
      return next();
    });
    const { said } = await runScripted({ ...practiceRun, aws: racing }, only);
    expect(said).toContain('the one that you have just stored opens nothing');
  });

  it('replaces only the device that an interrupted run left unassigned', async () => {
    const scenario = accountWith((world) => {
      for (const name of ['aws-first-steps-admin', 'somebody-elses']) {
        const { createdAt } = world.account;
        world.devices.push({ serial: deviceIn(world, name), seed: 'B'.repeat(64), createdAt });
      }
    });
    const practiceRun = await startPracticeRun({ scenario });
    await runScripted(practiceRun, only);
    const { devices, account } = practiceRun.practice.snapshot();
    const serialOf = (name: string) => `arn:aws:iam::${account.id}:mfa/${name}`;
    const assigned = Object.fromEntries(
      devices.map(({ serial, owner: whose }) => [serial, whose !== undefined]),
    );
    expect(assigned).toEqual({
      [serialOf('aws-first-steps-admin')]: true,
      [serialOf('somebody-elses')]: false,
    });
    expect(devices.find((one) => one.serial === serialOf('somebody-elses'))?.seed).toBe('B'.repeat(64));
  });

  it('makes a device with another name when the usual one belongs to a user who was renamed', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria-gone');
      world.users = world.users.map((user) => ({ ...user, groups: [] }));
      world.devices = [];
      plantPhone(world, 'maria-gone', 'aws-first-steps-maria');
    });
    const practiceRun = await startPracticeRun({ scenario });
    expect(
      (await runScripted(practiceRun, { ...only, answers: { 'admin-user': { name: 'maria' } } })).code,
    ).toBe(0);
    const { devices } = practiceRun.practice.snapshot();
    expect(devices.map(({ serial, owner: whose }) => [serial.split('/').at(-1), whose])).toEqual([
      ['aws-first-steps-maria', { kind: 'user', name: 'maria-gone' }],
      ['aws-first-steps-maria-2', { kind: 'user', name: 'maria' }],
    ]);
    expect(operations(practiceRun)).not.toContain('iam:DeleteVirtualMFADevice');
  });

  it('deletes no device that the plan did not show: one that appeared since the check leads to a new plan', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    let appeared = false;
    const { practice } = practiceRun;
    const racing = practiceRun.aws.withPlugin(async ({ operation }, next) => {
      if (operation === 'iam:CreateVirtualMFADevice' && !appeared) {
        appeared = true;
        await practiceRun.aws.iam.send(
          new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'aws-first-steps-admin' }),
        );
      }
      return next();
    });
    const { code, dialogue } = await runScripted({ ...practiceRun, aws: racing }, only);
    expect(code).toBe(0);
    const planned = dialogue.transcript.flatMap((happening) =>
      happening.kind === 'message' && happening.message.kind === 'plan' ? [happening.message.lines] : [],
    );
    expect(planned).toHaveLength(2);
    expect(planned[1]?.flatMap((line) => line.operations)).toContain('iam:DeleteVirtualMFADevice');
    expect(practice.snapshot().devices).toHaveLength(1);
  });

  it('completes the user whom the owner chose, also after an interrupted run that was making another user', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'anna');
      world.devices = [];
      const tags = [{ Key: 'aws-first-steps', Value: 'administrator' }];
      world.users.push(createScenarioUser(world, 'maria', { tags }));
    });
    const practiceRun = await startPracticeRun({ scenario });
    const { progress } = await Progress.open(practiceRun.folder, practiceRun.practice.accountId);
    await progress.rememberAnswers('admin-user', { name: 'maria' });
    await progress.begin('admin-user');
    await runScripted(practiceRun, { ...only, answers: { 'admin-user': { who: 'anna' } } });
    const { devices, users } = practiceRun.practice.snapshot();
    expect(devices.map((device) => device.owner)).toEqual([{ kind: 'user', name: 'anna' }]);
    expect(users.find((user) => user.name === 'maria')?.groups).toEqual([]);
  });
});

describe('a new administrator beside an incomplete one', () => {
  const scenario = accountWith((world) => {
    plantAdministrator(world, 'anna');
    world.devices = [];
    world.users = world.users.map(({ loginProfile: _gone, ...user }) => user);
  });
  const changes = [
    'iam:CreateUser',
    'iam:AddUserToGroup',
    'iam:CreateVirtualMFADevice',
    'iam:EnableMFADevice',
  ];

  it.each(changes)('is completed by the next run when this one stops after %s', async (change) => {
    const practiceRun = await startPracticeRun({
      scenario,
      faults: { shouldHalt: (operation, _nth, when) => operation === change && when === 'after' },
    });
    await expect(runScripted(practiceRun, only)).rejects.toBeInstanceOf(HaltedError);
    const again = await resumeRun(practiceRun);
    expect(operationsOf(await planSteps(await openSession(again), [step], () => ({})))).not.toContain(
      'iam:CreateUser',
    );
    expect((await runScripted(again, only)).code).toBe(0);
    expect(again.practice.snapshot().users.map(({ name }) => name)).toEqual(['anna', 'admin']);
  });
});

describe('the name of a new administrator', () => {
  const nameQuestion = async (...taken: readonly string[]) => {
    const scenario = accountWith((world) =>
      world.users.push(...taken.map((name) => createScenarioUser(world, name))),
    );
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    return step.questions(finding.facts)['name'];
  };

  it('is refused when a user has it already, whatever the case', async () => {
    const question = await nameQuestion('Maria');
    expect(question && findObjection(question, 'maria')).toMatch(/exists already/);
    expect(question && findObjection(question, 'Root')).toMatch(/owner of the account/);
    expect(question && findObjection(question, 'marius')).toBeUndefined();
  });

  it.each(['josé', 'a b', 'a/b', 'x'.repeat(65), ''])(
    'cannot be "%s", which IAM would refuse',
    async (name) => {
      const question = await nameQuestion();
      expect(question && findObjection(question, name)).toBeTruthy();
    },
  );

  it.each([
    [['ADMIN']],
    [['admin', 'First-Steps-Admin']],
    [['admin', 'first-steps-admin', 'first-steps-admin-2']],
  ])('defaults to one that is free beside %j', async (taken) => {
    const question = await nameQuestion(...taken);
    const suggested = question?.kind === 'text' ? question.default : undefined;
    expect(suggested).toBeTruthy();
    expect(question && findObjection(question, suggested)).toBeUndefined();
  });
});

describe('the group of the administrators', () => {
  it('is the existing one, also under another name', async () => {
    const scenario = accountWith((world) => {
      world.groups.push(createScenarioGroup(world, 'bosses', ['AdministratorAccess']));
    });
    const practiceRun = await startPracticeRun({ scenario });
    await runScripted(practiceRun, only);
    expect(practiceRun.practice.snapshot().groups.map(({ name }) => name)).toEqual(['bosses']);
  });

  it('is never a group that has members already, who would all become administrators', async () => {
    const scenario = accountWith((world) => {
      world.groups.push(createScenarioGroup(world, 'administrators'));
      world.users.push(createScenarioUser(world, 'bob', { groups: ['administrators'] }));
    });
    const practiceRun = await startPracticeRun({ scenario });
    expect((await runScripted(practiceRun, only)).code).toBe(0);
    const { groups, users } = practiceRun.practice.snapshot();
    expect(groups.map(({ name, attached }) => [name, attached])).toEqual([
      ['administrators', []],
      ['Administrators-2', [policy('AdministratorAccess')]],
    ]);
    expect(users.find((user) => user.name === 'admin')?.groups).toEqual(['Administrators-2']);
  });

  it('is never a group with other permissions', async () => {
    const scenario = accountWith((world) => {
      world.groups.push(createScenarioGroup(world, 'Administrators', ['ReadOnlyAccess']));
    });
    const practiceRun = await startPracticeRun({ scenario });
    await runScripted(practiceRun, only);
    const [first] = practiceRun.practice.snapshot().groups;
    expect(first?.attached).toEqual([policy('ReadOnlyAccess')]);
  });
});

describe('creating an administrator', () => {
  it('sets the second factor before the password, and makes no access key', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    await runScripted(practiceRun, only);
    const sent = operations(practiceRun);
    expect(sent.indexOf('iam:EnableMFADevice')).toBeGreaterThan(-1);
    expect(sent.indexOf('iam:EnableMFADevice')).toBeLessThan(sent.indexOf('iam:CreateLoginProfile'));
    expect(sent.filter((operation) => operation.includes('AccessKey'))).toEqual([]);
    expect(practiceRun.practice.snapshot().users.flatMap((user) => user.accessKeys)).toEqual([]);
  });

  it('shows the password before AWS learns it, and sets it only after the owner has stored it', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const passwordSet = () => operations(practiceRun).includes('iam:CreateLoginProfile');
    const before: boolean[] = [];
    const say = (stored: boolean) => () => {
      before.push(passwordSet());
      return stored;
    };
    const codes = () => practiceRun.practice.desk.getConsecutiveCodes();
    const who = owner({
      'code-1': [
        async () => {
          const [qr] = who.shown;
          await practiceRun.practice.desk.scanQrCode(qr?.kind === 'qr' ? qr.uri : '');
          return codes()[0];
        },
      ],
      'code-2': [() => codes()[1]],
      stored: [say(false), say(false), say(true)],
    });
    const { checkResult } = await runStepByHand('admin-user', practiceRun, who);
    expect(checkResult.finding.status).toBe('met');
    expect(before).toEqual([false, false, false]);
    expect(who.sentences().match(/Store it first/g)).toHaveLength(2);
    expect(passwordSet()).toBe(true);
    const shown = who.shown.find((note) => note.kind === 'password');
    const sent = listChanges(practiceRun).find(({ operation }) => operation === 'iam:CreateLoginProfile');
    expect(shown && sent?.input).toMatchObject({ Password: shown?.kind === 'password' && shown.password });
  });

  it.each([6, 20, 21, 128])('generates a password that a policy of %i characters accepts', async (length) => {
    const scenario = accountWith((world) => {
      world.passwordPolicy = {
        MinimumPasswordLength: length,
        RequireSymbols: true,
        RequireNumbers: true,
        RequireUppercaseCharacters: true,
        RequireLowercaseCharacters: true,
        AllowUsersToChangePassword: true,
      };
    });
    expect((await runScripted(await startPracticeRun({ scenario }), only)).code).toBe(0);
  });

  it('says that the user has no password yet, and how to get one, when the owner leaves the page of the password', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const { desk } = practiceRun.practice;
    const who = owner({
      name: ['maria'],
      'code-1': [
        async () => {
          const [qr] = who.shown;
          await desk.scanQrCode(qr?.kind === 'qr' ? qr.uri : '');
          return desk.getConsecutiveCodes()[0];
        },
      ],
      'code-2': [() => desk.getConsecutiveCodes()[1]],
      stored: [false, new BackError()],
    });
    const { checkResult } = await runStepByHand('admin-user', practiceRun, who);
    expect(checkResult.finding.status).toBe('unmet');
    expect(operations(practiceRun)).not.toContain('iam:CreateLoginProfile');
    expect(who.sentences()).toContain('Store it first.');
    expect(who.sentences()).toContain('maria has no password yet, so nobody can sign in as maria.');
    expect(who.sentences()).toContain('Take this step again');
    expect(who.shown.at(-1)).toMatchObject({ kind: 'password', userName: 'maria' });
  });

  it('does not start when nobody is there to scan the code and store the password', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const { code, said } = await runScripted(practiceRun, { ...only, desk: false });
    expect(code).toBe(1);
    expect(said).toMatch(/needs somebody who can scan/);
    expect(listChanges(practiceRun)).toEqual([]);
  });
});
