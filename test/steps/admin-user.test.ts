import { CreateVirtualMFADeviceCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { createScenarioGroup, createScenarioUser } from '../../src/practice/scenarios/scenarios.ts';
import { Progress } from '../../src/state/progress.ts';
import { findObjection } from '../../src/core/question.ts';
import { planSteps } from '../../src/commands/plan.ts';
import { HaltedError } from '../../src/practice/faults.ts';
import type { PlanReport } from '../../src/report/report.ts';
import { changesIn, lookAt, play, rehearse, resumed, sessionOf, stepNamed } from '../_support/rehearse.ts';
import { owner } from '../_support/owner.ts';
import {
  accountWith,
  deviceIn,
  plantAdministrator,
  plantPhone,
  policy,
  takeByHand,
} from '../_support/worlds.ts';

const step = stepNamed('admin-user');
const only = { steps: [step] };

const operations = (rehearsal: Awaited<ReturnType<typeof rehearse>>) =>
  changesIn(rehearsal).map(({ operation }) => operation);

const operationsOf = ({ steps }: PlanReport) =>
  steps.flatMap(({ actions }) => actions.flatMap(({ calls }) => calls.map(({ operation }) => operation)));

describe('who counts as the daily administrator', () => {
  it('is somebody who is one already, through a group and with MFA', async () => {
    const scenario = accountWith((world) => plantAdministrator(world, 'maria', 'bosses'));
    const { finding } = await lookAt(step, await rehearse({ scenario }));
    expect(finding).toMatchObject({ status: 'met', summary: 'maria, with MFA' });
  });

  it('is also somebody whose second factor is a hardware key', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      plantPhone(world, 'maria', 'maria-again');
      world.devices = world.devices.filter((device) => device.serial.endsWith('maria-again'));
    });
    const { aws, ...rest } = await rehearse({ scenario });
    // A key is not among the virtual devices of the account, but among the devices of its user.
    const withKey = aws.withPlugin(async ({ operation }, next) =>
      operation === 'iam:ListVirtualMFADevices' ? { VirtualMFADevices: [] } : next(),
    );
    expect((await lookAt(step, { ...rest, aws: withKey })).finding.status).toBe('met');
  });

  it('is nobody who has AdministratorAccess directly', async () => {
    const scenario = accountWith((world) => {
      world.users.push(createScenarioUser(world, 'maria', { attached: [policy('AdministratorAccess')] }));
      plantPhone(world, 'maria');
    });
    const { finding } = await lookAt(step, await rehearse({ scenario }));
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toBe('No user is an administrator through a group');
  });

  it('is nobody without MFA, and it is said what is missing', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      world.devices = [];
    });
    const { finding } = await lookAt(step, await rehearse({ scenario }));
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toContain('maria: no MFA');
  });

  it('may be somebody else without a console password, but not one of ours: that is an interrupted run', async () => {
    const withoutPassword = (ours: boolean) =>
      accountWith((world) => {
        plantAdministrator(world, 'maria');
        const tags = ours ? [{ Key: 'aws-first-steps', Value: 'administrator' }] : [];
        world.users = world.users.map(({ loginProfile: _gone, ...user }) => ({ ...user, tags }));
      });
    const theirs = await lookAt(step, await rehearse({ scenario: withoutPassword(false) }));
    expect(theirs.finding.status).toBe('met');
    const ours = await lookAt(step, await rehearse({ scenario: withoutPassword(true) }));
    expect(ours.finding).toMatchObject({ status: 'unmet' });
    expect(ours.finding.summary).toContain('no console password');
  });

  it('is said to be locked out of the console where it has no password, and then nobody can sign in', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      world.users = world.users.map(({ loginProfile: _gone, ...user }) => user);
    });
    const { finding } = await lookAt(step, await rehearse({ scenario }));
    expect(finding.summary).toBe('maria, with MFA; maria cannot sign in to the console: no password');
    expect(step.makesAdministrator?.(finding.facts)).toBe(false);
  });

  it('is named before those who cannot sign in', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'anna');
      world.users = world.users.map(({ loginProfile: _gone, ...user }) => user);
      plantAdministrator(world, 'bob');
    });
    const { finding } = await lookAt(step, await rehearse({ scenario }));
    expect(finding.summary).toMatch(/^bob, anna, with MFA; anna cannot sign in/);
    expect(step.makesAdministrator?.(finding.facts)).toBe(true);
  });

  it('does not hide other administrators who need only a password', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      plantAdministrator(world, 'bob');
      world.devices = world.devices.filter((device) => !device.serial.endsWith('/bob'));
    });
    const { finding } = await lookAt(step, await rehearse({ scenario }));
    expect(finding).toMatchObject({
      status: 'met',
      summary: 'maria, with MFA; others with a password but no MFA (1): bob',
    });
  });

  it('fulfils no control that asks for MFA of everybody', () => {
    expect(Object.values(step.controls).flat()).toEqual([]);
  });

  it('is found among many users with few calls, and it is said how many were not looked at', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'zoe');
      const [group = ''] = world.groups.map(({ name }) => name);
      for (let number = 0; number < 50; number += 1) {
        world.users.unshift(createScenarioUser(world, `admin-${number}`, { groups: [group] }));
      }
    });
    const rehearsal = await rehearse({ scenario });
    const { finding } = await lookAt(step, rehearsal);
    expect(finding).toMatchObject({ status: 'met', summary: 'zoe, with MFA; not looked at: 41 more' });
    expect(rehearsal.practice.log.length).toBeLessThan(40);
  });
});

describe('completing somebody', () => {
  it('gives one of ours only what is missing', async () => {
    const scenario = accountWith((world) => {
      world.groups.push(createScenarioGroup(world, 'Administrators', ['AdministratorAccess']));
      const tags = [{ Key: 'aws-first-steps', Value: 'administrator' }];
      world.users.push(createScenarioUser(world, 'maria', { groups: ['Administrators'], tags }));
      plantPhone(world, 'maria');
    });
    const rehearsal = await rehearse({ scenario });
    expect((await play(rehearsal, only)).code).toBe(0);
    expect(operations(rehearsal)).toEqual(['iam:CreateLoginProfile']);
  });

  it('does not give a password to somebody whom this program did not make', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      world.devices = [];
      world.users = world.users.map(({ loginProfile: _gone, ...user }) => user);
    });
    const rehearsal = await rehearse({ scenario });
    const question = step.questions((await lookAt(step, rehearsal)).finding.facts)['who'];
    expect(question?.kind === 'choice' && question.options[0]?.hint).toBe(
      'no MFA, no console password, and is given none here',
    );
    const answers = { 'admin-user': { who: 'maria' } };
    expect((await play(rehearsal, { ...only, answers })).code).toBe(0);
    expect(operations(rehearsal)).toEqual(['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice']);
  });

  it('replaces a device of ours that an interrupted run left unassigned, and no other', async () => {
    const scenario = accountWith((world) => {
      for (const name of ['aws-first-steps-admin', 'somebody-elses']) {
        const { createdAt } = world.account;
        world.devices.push({ serial: deviceIn(world, name), seed: 'B'.repeat(64), createdAt });
      }
    });
    const rehearsal = await rehearse({ scenario });
    await play(rehearsal, only);
    const { devices, account } = rehearsal.practice.snapshot();
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

  it('makes a device of another name where the usual one is the second factor of somebody who was renamed', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria-gone');
      world.users = world.users.map((user) => ({ ...user, groups: [] }));
      world.devices = [];
      plantPhone(world, 'maria-gone', 'aws-first-steps-maria');
    });
    const rehearsal = await rehearse({ scenario });
    expect((await play(rehearsal, { ...only, answers: { 'admin-user': { name: 'maria' } } })).code).toBe(0);
    const { devices } = rehearsal.practice.snapshot();
    expect(devices.map(({ serial, owner: whose }) => [serial.split('/').at(-1), whose])).toEqual([
      ['aws-first-steps-maria', { kind: 'user', name: 'maria-gone' }],
      ['aws-first-steps-maria-2', { kind: 'user', name: 'maria' }],
    ]);
    expect(operations(rehearsal)).not.toContain('iam:DeleteVirtualMFADevice');
  });

  it('deletes no device that its plan did not show: one that appeared since the look leads to a new plan', async () => {
    const rehearsal = await rehearse({ scenario: 'clean' });
    let appeared = false;
    const { practice } = rehearsal;
    const racing = rehearsal.aws.withPlugin(async ({ operation }, next) => {
      if (operation === 'iam:CreateVirtualMFADevice' && !appeared) {
        appeared = true;
        await rehearsal.aws.iam.send(
          new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'aws-first-steps-admin' }),
        );
      }
      return next();
    });
    const { code, dialogue } = await play({ ...rehearsal, aws: racing }, only);
    expect(code).toBe(0);
    const planned = dialogue.transcript.flatMap((happening) =>
      happening.kind === 'message' && happening.message.kind === 'plan' ? [happening.message.lines] : [],
    );
    expect(planned).toHaveLength(2);
    expect(planned[1]?.flatMap((line) => line.operations)).toContain('iam:DeleteVirtualMFADevice');
    expect(practice.snapshot().devices).toHaveLength(1);
  });

  it('takes whom the owner chose, also after an interrupted run that was making somebody else', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'anna');
      world.devices = [];
      const tags = [{ Key: 'aws-first-steps', Value: 'administrator' }];
      world.users.push(createScenarioUser(world, 'maria', { tags }));
    });
    const rehearsal = await rehearse({ scenario });
    const { progress } = await Progress.open(rehearsal.folder, rehearsal.practice.accountId);
    await progress.rememberAnswers('admin-user', { name: 'maria' });
    await progress.begin('admin-user');
    await play(rehearsal, { ...only, answers: { 'admin-user': { who: 'anna' } } });
    const { devices, users } = rehearsal.practice.snapshot();
    expect(devices.map((device) => device.owner)).toEqual([{ kind: 'user', name: 'anna' }]);
    expect(users.find((user) => user.name === 'maria')?.groups).toEqual([]);
  });
});

describe('somebody new beside an administrator who is not complete', () => {
  const scenario = accountWith((world) => {
    plantAdministrator(world, 'anna');
    world.devices = [];
  });
  const changes = [
    'iam:CreateUser',
    'iam:AddUserToGroup',
    'iam:CreateVirtualMFADevice',
    'iam:EnableMFADevice',
  ];

  it.each(changes)('is proposed to be completed by the next run, broken off after %s', async (change) => {
    const rehearsal = await rehearse({
      scenario,
      faults: { shouldHalt: (operation, _nth, when) => operation === change && when === 'after' },
    });
    await expect(play(rehearsal, only)).rejects.toBeInstanceOf(HaltedError);
    const again = await resumed(rehearsal);
    expect(operationsOf(await planSteps(await sessionOf(again), [step], () => ({})))).not.toContain(
      'iam:CreateUser',
    );
    expect((await play(again, only)).code).toBe(0);
    expect(again.practice.snapshot().users.map(({ name }) => name)).toEqual(['anna', 'admin']);
  });
});

describe('the name of a new administrator', () => {
  const nameQuestion = async (...taken: readonly string[]) => {
    const scenario = accountWith((world) =>
      world.users.push(...taken.map((name) => createScenarioUser(world, name))),
    );
    const { finding } = await lookAt(step, await rehearse({ scenario }));
    return step.questions(finding.facts)['name'];
  };

  it('is refused where a user has it already, whatever the case', async () => {
    const question = await nameQuestion('Maria');
    expect(question && findObjection(question, 'maria')).toMatch(/exists already/);
    expect(question && findObjection(question, 'marius')).toBeUndefined();
  });

  it.each(['josé', 'a b', 'a/b', 'x'.repeat(65), ''])(
    'is not "%s", which IAM would not take',
    async (name) => {
      const question = await nameQuestion();
      expect(question && findObjection(question, name)).toBeTruthy();
    },
  );

  it.each([
    [['ADMIN']],
    [['admin', 'First-Steps-Admin']],
    [['admin', 'first-steps-admin', 'first-steps-admin-2']],
  ])('is by default one that is free beside %j', async (taken) => {
    const question = await nameQuestion(...taken);
    const suggested = question?.kind === 'text' ? question.default : undefined;
    expect(suggested).toBeTruthy();
    expect(question && findObjection(question, suggested)).toBeUndefined();
  });
});

describe('the group of the administrators', () => {
  it('is the one that is there, also under another name', async () => {
    const scenario = accountWith((world) => {
      world.groups.push(createScenarioGroup(world, 'bosses', ['AdministratorAccess']));
    });
    const rehearsal = await rehearse({ scenario });
    await play(rehearsal, only);
    expect(rehearsal.practice.snapshot().groups.map(({ name }) => name)).toEqual(['bosses']);
  });

  it('is never one that has members already: they would all become administrators', async () => {
    const scenario = accountWith((world) => {
      world.groups.push(createScenarioGroup(world, 'administrators'));
      world.users.push(createScenarioUser(world, 'bob', { groups: ['administrators'] }));
    });
    const rehearsal = await rehearse({ scenario });
    expect((await play(rehearsal, only)).code).toBe(0);
    const { groups, users } = rehearsal.practice.snapshot();
    expect(groups.map(({ name, attached }) => [name, attached])).toEqual([
      ['administrators', []],
      ['Administrators-2', [policy('AdministratorAccess')]],
    ]);
    expect(users.find((user) => user.name === 'admin')?.groups).toEqual(['Administrators-2']);
  });

  it('is never one that somebody has given other permissions', async () => {
    const scenario = accountWith((world) => {
      world.groups.push(createScenarioGroup(world, 'Administrators', ['ReadOnlyAccess']));
    });
    const rehearsal = await rehearse({ scenario });
    await play(rehearsal, only);
    const [first] = rehearsal.practice.snapshot().groups;
    expect(first?.attached).toEqual([policy('ReadOnlyAccess')]);
  });
});

describe('the way to a new administrator', () => {
  it('sets the second factor before the password, and makes no access key', async () => {
    const rehearsal = await rehearse({ scenario: 'clean' });
    await play(rehearsal, only);
    const sent = operations(rehearsal);
    expect(sent.indexOf('iam:EnableMFADevice')).toBeGreaterThan(-1);
    expect(sent.indexOf('iam:EnableMFADevice')).toBeLessThan(sent.indexOf('iam:CreateLoginProfile'));
    expect(sent.filter((operation) => operation.includes('AccessKey'))).toEqual([]);
    expect(rehearsal.practice.snapshot().users.flatMap((user) => user.accessKeys)).toEqual([]);
  });

  it('shows the password before AWS learns it, and sets it only when it is stored', async () => {
    const rehearsal = await rehearse({ scenario: 'clean' });
    const passwordSet = () => operations(rehearsal).includes('iam:CreateLoginProfile');
    const before: boolean[] = [];
    const say = (stored: boolean) => () => {
      before.push(passwordSet());
      return stored;
    };
    const codes = () => rehearsal.practice.desk.getConsecutiveCodes();
    const who = owner({
      'code-1': [
        async () => {
          const [qr] = who.shown;
          await rehearsal.practice.desk.scanQrCode(qr?.kind === 'qr' ? qr.uri : '');
          return codes()[0];
        },
      ],
      'code-2': [() => codes()[1]],
      stored: [say(false), say(false), say(true)],
    });
    const { checkResult } = await takeByHand('admin-user', rehearsal, who);
    expect(checkResult.finding.status).toBe('met');
    expect(before).toEqual([false, false, false]);
    expect(passwordSet()).toBe(true);
    const shown = who.shown.find((note) => note.kind === 'password');
    const sent = changesIn(rehearsal).find(({ operation }) => operation === 'iam:CreateLoginProfile');
    expect(shown && sent?.input).toMatchObject({ Password: shown?.kind === 'password' && shown.password });
  });

  it.each([6, 20, 21, 128])('makes a password that a policy of %i characters accepts', async (length) => {
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
    expect((await play(await rehearse({ scenario }), only)).code).toBe(0);
  });

  it('is not begun where nobody is there to scan and to note', async () => {
    const rehearsal = await rehearse({ scenario: 'clean' });
    const { code, said } = await play(rehearsal, { ...only, desk: false });
    expect(code).toBe(1);
    expect(said).toMatch(/needs somebody who can scan/);
    expect(changesIn(rehearsal)).toEqual([]);
  });
});
