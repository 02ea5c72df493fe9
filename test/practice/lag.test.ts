import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { practise, refusalOf } from '../_support/practice-clients.ts';

const maria = { UserName: 'maria' };

describe('an account in which changes take time to spread', () => {
  it('shows a new user only after a number of further calls', async () => {
    const { iam } = practise({ faults: { lag: 2 } });
    const count = async () => (await iam.send(new ListUsersCommand({}))).Users?.length;
    await iam.send(new CreateUserCommand(maria));
    expect([await count(), await count(), await count()]).toEqual([0, 0, 1]);
  });

  it('shows changes in the order in which they were made', async () => {
    const { iam } = practise({ faults: { lag: 2 } });
    const names = async () => (await iam.send(new ListUsersCommand({}))).Users?.map((user) => user.UserName);
    await iam.send(new CreateUserCommand(maria));
    await iam.send(new CreateUserCommand({ UserName: 'noah' }));
    expect([await names(), await names(), await names()]).toEqual([[], ['maria'], ['maria', 'noah']]);
  });

  it('refuses a change that needs something not visible yet, and then accepts it', async () => {
    const { iam } = practise({ faults: { lag: 1 } });
    await iam.send(new CreateUserCommand(maria));
    const profile = new CreateLoginProfileCommand({ ...maria, Password: 'Correct-horse-9' });
    expect(await refusalOf(iam.send(profile))).toMatchObject({ name: 'NoSuchEntityException', status: 404 });
    await expect(iam.send(profile)).resolves.toHaveProperty('LoginProfile');
  });

  it('knows at once that a name is in use', async () => {
    const { iam } = practise({ faults: { lag: 9 } });
    await iam.send(new CreateUserCommand(maria));
    expect(await refusalOf(iam.send(new CreateUserCommand(maria)))).toMatchObject({
      code: 'EntityAlreadyExists',
    });
  });

  it('changes nothing when it refuses a change', async () => {
    const { iam, practice } = practise({ faults: { lag: 9 } });
    await iam.send(new CreateUserCommand(maria));
    await iam.send(new CreateGroupCommand({ GroupName: 'admins' }));
    const add = new AddUserToGroupCommand({ ...maria, GroupName: 'admins' });
    expect(await refusalOf(iam.send(add))).toMatchObject({ code: 'NoSuchEntity' });
    expect(practice.snapshot().users[0]?.groups).toEqual([]);
  });
});
