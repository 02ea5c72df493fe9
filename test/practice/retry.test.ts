import { CreateUserCommand, GetUserCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import {
  createAccessDeniedError,
  createExpiredTokenError,
  HaltedError,
  createThrottlingError,
  type Faults,
} from '../../src/practice/faults.ts';
import { practise, refusalOf } from '../_support/practice-clients.ts';

const maria = new CreateUserCommand({ UserName: 'maria' });

const onCreateUser = (answer: (nth: number) => Error | undefined): Faults => ({
  getError: (operation, nth) => (operation === 'iam:CreateUser' ? answer(nth) : undefined),
});

describe('a call to the practice account', () => {
  it('is retried by the SDK after it was throttled twice', async () => {
    const { iam, practice } = practise({
      faults: onCreateUser((nth) => (nth < 3 ? createThrottlingError() : undefined)),
    });
    const { $metadata } = await iam.send(maria);
    expect($metadata.attempts).toBe(3);
    expect(practice.log.map(({ operation, error }) => [operation, error])).toEqual([
      ['iam:CreateUser', 'Throttling'],
      ['iam:CreateUser', 'Throttling'],
      ['iam:CreateUser', undefined],
    ]);
    expect(practice.snapshot().users).toHaveLength(1);
  });

  it('is given up by the SDK after three throttled attempts', async () => {
    const { iam, practice } = practise({ faults: onCreateUser(() => createThrottlingError()) });
    expect(await refusalOf(iam.send(maria))).toEqual({
      name: 'Throttling',
      code: 'Throttling',
      status: 400,
      message: 'Rate exceeded',
    });
    expect(practice.log).toHaveLength(3);
  });

  it.each([
    ['AccessDenied', createAccessDeniedError('iam:CreateUser')],
    ['ExpiredToken', createExpiredTokenError()],
  ])('is not retried by the SDK after %s', async (code, refusal) => {
    const { iam, practice } = practise({ faults: onCreateUser(() => refusal) });
    expect(await refusalOf(iam.send(maria))).toMatchObject({ name: code, code, status: 403 });
    expect(practice.log).toHaveLength(1);
  });

  it('has made its change when only the answer was lost, so that the next attempt finds it made', async () => {
    const { iam, practice } = practise({
      faults: { shouldLoseResponse: (operation, nth) => operation === 'iam:CreateUser' && nth === 1 },
    });
    const error = await iam.send(maria).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'EntityAlreadyExistsException', $metadata: { attempts: 2 } });
    expect(practice.log.map((one) => one.error)).toEqual(['Error', 'EntityAlreadyExists']);
  });

  it('is answered at the second attempt when it is a read whose answer was lost', async () => {
    const { iam } = practise({ faults: { shouldLoseResponse: (_operation, nth) => nth === 1 } });
    const { Users, $metadata } = await iam.send(new ListUsersCommand({}));
    expect(Users).toEqual([]);
    expect($metadata.attempts).toBe(2);
  });
});

describe('a practice account whose program is killed', () => {
  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)(
    'stops %s the change, leaves %i users, and answers nothing afterwards',
    async (moment, users) => {
      const { iam, practice } = practise({
        faults: { shouldHalt: (operation, _nth, when) => operation === 'iam:CreateUser' && when === moment },
      });
      await expect(iam.send(maria)).rejects.toBeInstanceOf(HaltedError);
      await expect(iam.send(new ListUsersCommand({}))).rejects.toBeInstanceOf(HaltedError);
      expect(practice.log).toHaveLength(2);
      expect(practice.snapshot().users).toHaveLength(users);
    },
  );

  it('can be opened again as it was left', async () => {
    const { practice, iam } = practise({
      faults: { shouldHalt: (operation, _nth, when) => operation === 'iam:CreateUser' && when === 'after' },
    });
    await expect(iam.send(maria)).rejects.toBeInstanceOf(HaltedError);
    const again = practise({ scenario: practice.snapshot() });
    const { User } = await again.iam.send(new GetUserCommand({ UserName: 'maria' }));
    expect(User?.UserName).toBe('maria');
  });
});
