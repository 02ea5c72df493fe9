import { EntityAlreadyExistsException, IAMServiceException } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { ExitError } from '../../../src/core/dialogue.ts';
import { enrolPhone } from '../../../src/steps/admin-user/enrol-phone.ts';
import { fastClock, startPracticeRun } from '../../_support/practice-run.ts';
import { owner } from '../../_support/scripted-owner.ts';

const serial = 'arn:aws:iam::123456789012:mfa/maria';
const seed = 'A'.repeat(64);
const planFor = (orphanSerial?: string, user = 'maria') =>
  enrolPhone({
    accountId: '123456789012',
    user,
    device: { name: 'maria', serial, ...(orphanSerial !== undefined && { orphanSerial }) },
  });

const made = (text = seed) => ({
  VirtualMFADevice: { SerialNumber: serial, Base32StringSeed: Buffer.from(text) },
});
const alreadyThere = (attempts: number) =>
  new EntityAlreadyExistsException({ message: 'It exists.', $metadata: { attempts } });
const refused = (name: string) => new IAMServiceException({ name, $fault: 'client', $metadata: {} });

/** Performs it with an owner who leaves when the code is shown; what AWS was asked is kept. */
const perform = async (
  answers: { create?: readonly (object | Error)[]; remove?: Error } = {},
  orphanSerial?: string,
  user?: string,
) => {
  const { aws } = await startPracticeRun();
  const calls: string[] = [];
  const creations = [...(answers.create ?? [made()])];
  const who = owner();
  const left = new ExitError();
  const context = {
    aws: aws.withPlugin(async ({ operation, input }) => {
      calls.push(`${operation.replace('iam:', '')} ${Object.values(input).join(' ')}`);
      const answer = operation === 'iam:CreateVirtualMFADevice' ? creations.shift() : (answers.remove ?? {});
      if (answer instanceof Error) throw answer;
      return answer ?? {};
    }),
    clock: fastClock(),
    attestations: { of: () => undefined, keep: async () => undefined },
    dialogue: {
      ...who,
      showSecretWhile: (async (note) => {
        who.show({ kind: 'text', text: `shown: ${note.kind === 'qr' ? note.secret : note.kind}` });
        throw left;
      }) as typeof who.showSecretWhile,
    },
  };
  const error: unknown = await planFor(orphanSerial, user)
    .perform(context)
    .catch((thrown: unknown) => thrown);
  return { calls, error, left, shown: who.sentences() };
};

const create = 'CreateVirtualMFADevice maria';
const remove = `DeleteVirtualMFADevice ${serial}`;

describe('the plan to register a phone', () => {
  it('makes a device and enables it, and says that it may have to delete it again', () => {
    const { calls, why, ...rest } = planFor();
    expect(calls.map(({ operation }) => operation)).toEqual([
      'iam:CreateVirtualMFADevice',
      'iam:EnableMFADevice',
    ]);
    expect(calls[1]?.input).toEqual({ UserName: 'maria', SerialNumber: serial });
    expect(why).toBe('register the phone of maria as maria, with two codes from it');
    expect(rest).toMatchObject({
      optionalPermissions: ['iam:DeleteVirtualMFADevice'],
      usesDialogue: true,
      requiresPerson: true,
    });
  });

  it('deletes the device of an interrupted run first, and says so', () => {
    const { calls, why } = planFor(serial);
    expect(calls[0]).toEqual({ operation: 'iam:DeleteVirtualMFADevice', input: { SerialNumber: serial } });
    expect(calls).toHaveLength(3);
    expect(why).toContain('the device of an interrupted run makes room');
  });
});

describe('the name in the authenticator app', () => {
  it('is said where it is not that of the user, because that does not fit', async () => {
    const long = 'a'.repeat(64);
    expect((await perform({}, undefined, long)).shown).toMatch(/a~[0-9a-f]{5}/);
    expect((await perform()).shown).not.toContain('~');
  });
});

describe('a new device', () => {
  it('is deleted again when the owner leaves, since nobody else has its secret', async () => {
    const { calls, error, left, shown } = await perform();
    expect(calls).toEqual([create, remove]);
    expect(error).toBe(left);
    expect(shown).toBe(`shown: ${seed}`);
  });

  it('lets the owner leave even where it cannot be deleted', async () => {
    const { error, left } = await perform({ remove: refused('AccessDenied') });
    expect(error).toBe(left);
  });

  it('takes the place of that of an interrupted run, also when that is gone by now', async () => {
    expect((await perform({}, serial)).calls).toEqual([remove, create, remove]);
    expect((await perform({ remove: refused('NoSuchEntityException') }, serial)).calls).toContain(create);
  });

  it('is not made where that of an interrupted run cannot be deleted', async () => {
    const { calls, error } = await perform({ remove: refused('AccessDenied') }, serial);
    expect(calls).toEqual([remove]);
    expect(error).toMatchObject({ name: 'AccessDenied' });
  });

  it('is made anew when only the answer to the first attempt was lost, and with it the secret', async () => {
    const { calls, shown } = await perform({ create: [alreadyThere(2), made('B'.repeat(32))] });
    expect(calls).toEqual([create, remove, create, remove]);
    expect(shown).toBe(`shown: ${'B'.repeat(32)}`);
  });

  it('of somebody else is never deleted to make room', async () => {
    const theirs = alreadyThere(1);
    const { calls, error } = await perform({ create: [theirs] });
    expect(calls).toEqual([create]);
    expect(error).toMatchObject({ name: 'EntityAlreadyExistsException' });
  });

  it.each(['', 'A'.repeat(15), `${seed}<html>`, `x${seed}`, seed.toLowerCase(), `${'A'.repeat(16)}1`])(
    'is deleted and not shown when AWS sends "%s" as its secret',
    async (text) => {
      const { calls, error, shown } = await perform({ create: [made(text)] });
      expect(calls).toEqual([create, remove]);
      expect(error).toMatchObject({ message: expect.stringContaining('no authenticator app can use') });
      expect(shown).toBe('');
    },
  );
});
