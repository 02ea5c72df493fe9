import { CreateGroupCommand, DeleteGroupCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import type { AwsClients } from '../../src/aws/clients.ts';
import { call, toAwsCall } from '../../src/core/action.ts';
import { showUserError } from '../../src/core/messages.ts';
import { stepForAccount } from '../../src/core/step.ts';
import { UserError } from '../../src/lib/user-error.ts';
import { change, madeUpStep } from '../_support/made-up-step.ts';
import { owner } from '../_support/scripted-owner.ts';

describe('a step in an account where it cannot exist', () => {
  const { step, countChecks } = madeUpStep(['unmet'], {
    unavailableIn: { project: 'Nobody signs in as root in a project' },
    readPermissions: ['iam:GetAccountSummary'],
    questionNames: ['name'],
    questions: () => ({ name: { kind: 'confirm', message: 'Sure?' } }),
    plan: () => [change()],
    manualTask: () => ({ kind: 'manual-task', id: 'root-mfa', doneQuestion: 'done', instructions: [] }),
    revoke: () => [change()],
    outcome: () => [{ about: 'warnings', text: 'at 5 USD' }],
    price: () => ({ text: 'a lot' }),
    makesAdministrator: () => true,
  });
  const there = stepForAccount('project', step);

  it('says why, and does not ask AWS', async () => {
    expect(await there.check(undefined as never)).toEqual({
      status: 'not-applicable',
      summary: 'Nobody signs in as root in a project',
      facts: undefined,
    });
    expect(countChecks()).toBe(0);
    expect(there.readPermissions).toEqual([]);
  });

  it('asks, plans, promises and costs nothing, but its answers keep their names', () => {
    expect(there.questions(undefined)).toEqual({});
    expect(there.restoreAnswers(undefined, { name: true })).toEqual({ answers: {}, complete: true });
    expect(there.plan(undefined, { name: true })).toEqual([]);
    expect(there.questionNames).toEqual(['name']);
    for (const part of ['manualTask', 'revoke', 'outcome', 'price', 'makesAdministrator'] as const)
      expect(there[part]).toBeUndefined();
  });

  it('is itself in every other account', () => {
    expect(stepForAccount('standalone', step)).toBe(step);
    expect(stepForAccount('unknown', step)).toBe(step);
    const other = madeUpStep(['unmet']).step;
    expect(stepForAccount('project', other)).toBe(other);
  });
});

describe('a call', () => {
  const group = { GroupName: 'developers' };
  class RenameEverythingCommand {
    input = group;
  }

  it('is named by the schema of its command, and without one by its class', () => {
    expect(toAwsCall('iam', new CreateGroupCommand(group))).toEqual({
      operation: 'iam:CreateGroup',
      input: group,
    });
    expect(toAwsCall('iam', new RenameEverythingCommand()).operation).toBe('iam:RenameEverything');
  });

  const answering = (name: string, attempts: number) => {
    const error = Object.assign(new Error(name), { name, $fault: 'client', $metadata: { attempts } });
    return { iam: { send: () => Promise.reject(error) } } as unknown as AwsClients;
  };
  const clock = { now: () => new Date(0), sleep: () => Promise.resolve() };
  const perform = (command: CreateGroupCommand | DeleteGroupCommand, aws: AwsClients) =>
    call('iam', command, 'change the group').perform({ aws, clock } as never);

  it('is done where only the answer to its first attempt was lost', async () => {
    const create = perform(new CreateGroupCommand(group), answering('EntityAlreadyExistsException', 2));
    await expect(create).resolves.toBeUndefined();
    const remove = perform(new DeleteGroupCommand(group), answering('NoSuchEntityException', 2));
    await expect(remove).resolves.toBeUndefined();
  });

  it('is not done where somebody else has made the change, or where it is another one', async () => {
    const create = new CreateGroupCommand(group);
    const remove = new DeleteGroupCommand(group);
    await expect(perform(create, answering('EntityAlreadyExistsException', 1))).rejects.toThrow(
      'EntityAlreadyExistsException',
    );
    await expect(perform(remove, answering('NoSuchEntityException', 1))).rejects.toThrow(
      'NoSuchEntityException',
    );
    await expect(perform(create, answering('NoSuchEntityException', 2))).rejects.toThrow(
      'NoSuchEntityException',
    );
    await expect(perform(remove, answering('EntityAlreadyExistsException', 2))).rejects.toThrow(
      'EntityAlreadyExistsException',
    );
    await expect(perform(create, answering('AccessDenied', 2))).rejects.toThrow('AccessDenied');
  });
});

describe('an error that is shown', () => {
  it('is a warning, and each next step a text of its own', () => {
    const who = owner();
    showUserError(new UserError('It failed.', ['Do this.', 'Or that.']), who);
    expect(who.told).toEqual([
      { kind: 'text', tone: 'warning', text: 'It failed.' },
      { kind: 'text', text: 'Do this.' },
      { kind: 'text', text: 'Or that.' },
    ]);
  });
});
