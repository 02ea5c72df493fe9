import {
  CreateGroupCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HaltedError } from '../../src/practice/faults.ts';
import { PracticeAccount, type PracticeOptions } from '../../src/practice/account.ts';
import { clientsOf, handClock } from '../_support/practice-clients.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

const newFile = async () => join(await temporaryFolder(), 'below', 'account.json');

const open = async (file: string, options: PracticeOptions = {}) => {
  const practice = await PracticeAccount.open(file, { clock: handClock(), ...options });
  return { practice, desk: practice.desk, ...clientsOf(practice) };
};

const maria = { UserName: 'maria' };

describe('a practice account that is kept in a file', () => {
  it('is there again after the program has ended', async () => {
    const file = await newFile();
    const first = await open(file);
    await first.iam.send(new CreateUserCommand(maria));
    await first.desk.turnOnRootMfa();
    const second = await open(file);
    expect(second.practice.snapshot()).toEqual(first.practice.snapshot());
    expect(second.practice.notice).toBeUndefined();
  });

  it('keeps what the phone scanned, so that a practice run can continue after a restart', async () => {
    const file = await newFile();
    const first = await open(file);
    await first.iam.send(new CreateUserCommand(maria));
    const { VirtualMFADevice } = await first.iam.send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }),
    );
    await first.desk.scanQrCode(
      `otpauth://totp/maria?secret=${new TextDecoder().decode(VirtualMFADevice?.Base32StringSeed)}`,
    );
    const second = await open(file);
    const [AuthenticationCode1, AuthenticationCode2] = second.desk.getConsecutiveCodes();
    const SerialNumber = VirtualMFADevice?.SerialNumber;
    const enable = new EnableMFADeviceCommand({
      ...maria,
      SerialNumber,
      AuthenticationCode1,
      AuthenticationCode2,
    });
    await expect(second.iam.send(enable)).resolves.toBeDefined();
  });

  it('is readable by its owner alone, and leaves no other file behind', async () => {
    const file = await newFile();
    const { iam } = await open(file);
    await iam.send(new CreateUserCommand(maria));
    const { mode } = await stat(file);
    expect((mode & 0o777).toString(8)).toBe(process.platform === 'win32' ? '666' : '600');
    expect(await readdir(join(file, '..'))).toEqual(['account.json']);
  });

  it('has everything in the file before the call is answered', async () => {
    const file = await newFile();
    const { iam } = await open(file);
    await iam.send(new CreateUserCommand(maria));
    expect(await readFile(file, 'utf8')).toContain('"name":"maria"');
  });

  it.each(['before', 'after'] as const)(
    'is consistent when the program is killed %s a change',
    async (moment) => {
      const file = await newFile();
      const { iam } = await open(file, {
        faults: { shouldHalt: (operation, _nth, when) => operation === 'iam:CreateUser' && when === moment },
      });
      await iam.send(new CreateGroupCommand({ GroupName: 'admins' }));
      await expect(iam.send(new CreateUserCommand(maria))).rejects.toBeInstanceOf(HaltedError);
      const again = await open(file);
      const { Users } = await again.iam.send(new ListUsersCommand({}));
      expect(Users?.map((user) => user.UserName)).toEqual(moment === 'after' ? ['maria'] : []);
      expect(again.practice.snapshot().groups).toHaveLength(1);
    },
  );

  it('handles simultaneous calls one after another', async () => {
    const file = await newFile();
    const { iam } = await open(file);
    const names = ['ann', 'ben', 'cem', 'dan', 'eve'];
    await Promise.all(names.map((UserName) => iam.send(new CreateUserCommand({ UserName }))));
    const again = await open(file);
    expect(
      again.practice
        .snapshot()
        .users.map((user) => user.name)
        .toSorted(),
    ).toEqual(names);
  });

  it.each([
    ['half a file', '{"version":1,"account":{"id":"4312'],
    ['a file of something else', '{"version":1}'],
    ['a file of a later version', '{"version":2}'],
    ['an empty file', ''],
  ])('starts over, without losing the old file, when there is %s', async (_what, content) => {
    const file = await newFile();
    await open(file);
    await writeFile(file, content);
    const { practice } = await open(file);
    const aside = `${file}.damaged-2026-11-23T12-00-10-000Z`;
    expect(await readFile(aside, 'utf8')).toBe(content);
    expect(practice.notice).toContain(aside);
    expect(practice.snapshot().users).toEqual([]);
  });

  it('starts over when there is a folder in the place of the file', async () => {
    const file = await newFile();
    await mkdir(file, { recursive: true });
    const { practice } = await open(file);
    expect(practice.notice).toContain(`${file}.damaged-`);
    expect((await readdir(join(file, '..'))).toSorted()[0]).toBe('account.json');
  });
});
