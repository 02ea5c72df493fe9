import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/lib/clock.ts';
import { BackError } from '../../../src/core/dialogue.ts';
import { ErrorResponse } from '../../../src/practice/error-response.ts';
import { generateCode, getCodeWindow } from '../../../src/practice/totp.ts';
import {
  listChanges,
  runScripted,
  startPracticeRun,
  listSecrets,
  findStep,
  readWrittenFiles,
  type PracticeRun,
} from '../../_support/practice-run.ts';
import { owner, type Owner } from '../../_support/scripted-owner.ts';
import { runStepByHand } from '../../_support/practice-worlds.ts';

const otherSeed = 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU';

/** Whose phone shows the codes of the newest device; an offset counts windows of 30 seconds from now. */
const phoneOf = ({ practice, clock }: PracticeRun) => {
  const seed = () => practice.snapshot().devices.at(-1)?.seed ?? '';
  const shows = (offset: number, of?: string) => () =>
    generateCode(of ?? seed(), getCodeWindow(clock.now()) + offset);
  return { shows };
};

const sent = (practiceRun: PracticeRun) =>
  listChanges(practiceRun).filter(({ operation }) => operation === 'iam:EnableMFADevice');

/** Types two wrong codes, then two right ones. */
const typing = async (
  wrong: (phone: ReturnType<typeof phoneOf>) => readonly [unknown, unknown],
  faults?: Parameters<typeof startPracticeRun>[0],
): Promise<{ practiceRun: PracticeRun; who: Owner; status: string }> => {
  const practiceRun = await startPracticeRun({ scenario: 'clean', ...faults });
  const phone = phoneOf(practiceRun);
  const [first, second] = wrong(phone);
  const who = owner({ 'code-1': [first, phone.shows(-1)], 'code-2': [second, phone.shows(0)] });
  const { checkResult } = await runStepByHand('admin-user', practiceRun, who);
  return { practiceRun, who, status: checkResult.finding.status };
};

describe('two codes that cannot both be right', () => {
  type Phone = ReturnType<typeof phoneOf>;
  it.each<[string, (phone: Phone) => readonly [unknown, unknown], RegExp]>([
    ['the same twice', (phone) => [phone.shows(0), phone.shows(0)], /Both codes are the same/],
    ['swapped', (phone) => [phone.shows(0), phone.shows(-1)], /swapped/],
    ['with another between them', (phone) => [phone.shows(-2), phone.shows(0)], /Another code came between/],
    [
      'of another entry of the app',
      (phone) => [phone.shows(-1, otherSeed), phone.shows(0, otherSeed)],
      /Neither code is right/,
    ],
    ['mistyped', (phone) => [phone.shows(-1), '000000'], /^The second code is not of this entry/m],
  ])(
    'are refused with the reason, are not sent, and are asked for again: %s',
    async (_what, wrong, sentence) => {
      const { practiceRun, who, status } = await typing(wrong);
      expect(who.sentences()).toMatch(sentence);
      expect(sent(practiceRun)).toHaveLength(1);
      expect(who.names().filter((name) => name === 'code-1')).toHaveLength(2);
      expect(status).toBe('met');
    },
  );

  it('are accepted with the space that apps show in the middle', async () => {
    const spaced = (code: () => string) => () => ` ${code().slice(0, 3)} ${code().slice(3)} `;
    const { practiceRun, status } = await typing((phone) => [
      spaced(phone.shows(-1)),
      spaced(phone.shows(0)),
    ]);
    expect(sent(practiceRun)).toHaveLength(1);
    expect(status).toBe('met');
  });
});

describe('codes that do not match the clock of this computer', () => {
  /** The phone and AWS agree; the clock of this computer is a quarter of an hour behind both. */
  const behind = async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const { clock } = practiceRun;
    const late: Clock = { ...clock, now: () => new Date(clock.now().getTime() - 15 * 60_000) };
    return { phone: phoneOf(practiceRun), practiceRun: { ...practiceRun, clock: late } };
  };

  it('are sent when the owner insists, because the clock of the computer may be wrong', async () => {
    const { practiceRun, phone } = await behind();
    const who = owner({
      'code-1': [phone.shows(-1)],
      'code-2': [phone.shows(0)],
      'send-anyway': [true],
    });
    const { checkResult } = await runStepByHand('admin-user', practiceRun, who);
    expect(who.sentences()).toMatch(/Neither code is right.*the clocks of phone and computer/);
    expect(checkResult.finding.status).toBe('met');
  });

  it('are not sent without asking, nor by just pressing Enter', async () => {
    const { practiceRun, phone } = await behind();
    const who = owner({
      'code-1': [phone.shows(-1), new BackError()],
      'code-2': [phone.shows(0)],
    });
    await expect(runStepByHand('admin-user', practiceRun, who)).rejects.toBeInstanceOf(BackError);
    expect(who.names()).toContain('send-anyway');
    expect(sent(practiceRun)).toEqual([]);
  });

  it('are refused by AWS when they belong to another entry, and are asked for again', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const phone = phoneOf(practiceRun);
    const who = owner({
      'code-1': [phone.shows(-1, otherSeed), phone.shows(-1)],
      'code-2': [phone.shows(0, otherSeed), phone.shows(0)],
      'send-anyway': [true],
    });
    const { checkResult } = await runStepByHand('admin-user', practiceRun, who);
    expect(who.sentences()).toMatch(/AWS refused these codes/);
    expect(sent(practiceRun)).toHaveLength(2);
    expect(checkResult.finding.status).toBe('met');
  });
});

describe('codes that AWS refuses', () => {
  it('are asked for again, and the clock is named, when the clock of the phone is wrong', async () => {
    const { practiceRun, who, status } = await typing((phone) => [phone.shows(7), phone.shows(8)]);
    expect(sent(practiceRun)).toHaveLength(2);
    expect(who.sentences()).toMatch(/AWS refused these codes.*the phone's clock/);
    expect(status).toBe('met');
  });

  it('are asked for again on the same device, so that the owner need not scan twice', async () => {
    const answer = (operation: string, nth: number) =>
      operation === 'iam:EnableMFADevice' && nth === 1
        ? new ErrorResponse('InvalidAuthenticationCode', 403, 'Authentication code for device is not valid.')
        : undefined;
    const { practiceRun, who } = await typing((phone) => [phone.shows(-1), phone.shows(0)], {
      faults: { getError: answer },
    });
    expect(who.shown.filter((note) => note.kind === 'qr')).toHaveLength(1);
    expect(
      listChanges(practiceRun).filter(({ operation }) => operation.endsWith('VirtualMFADevice')),
    ).toHaveLength(1);
  });
});

describe('an owner who leaves the question for the codes', () => {
  const turnAway = async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const who = owner({ 'code-1': [new BackError()] });
    await expect(runStepByHand('admin-user', practiceRun, who)).rejects.toBeInstanceOf(BackError);
    return practiceRun;
  };

  it('leaves no half-made device behind, since nobody holds its seed', async () => {
    expect((await turnAway()).practice.snapshot().devices).toEqual([]);
  });

  it('gets no password, because there is never one without a second factor', async () => {
    const practiceRun = await turnAway();
    expect(practiceRun.practice.snapshot().users.map((user) => user.loginProfile)).toEqual([undefined]);
  });

  it('can finish in the next run, which continues with the same user', async () => {
    const practiceRun = await turnAway();
    expect((await runScripted(practiceRun, { steps: [findStep('admin-user')] })).code).toBe(0);
    expect(practiceRun.practice.snapshot().users.map(({ name }) => name)).toEqual(['admin']);
  });

  it('leaves no trace of the seed in a file', async () => {
    const practiceRun = await turnAway();
    const written = await readWrittenFiles(practiceRun);
    for (const secret of listSecrets(practiceRun)) expect(written).not.toContain(secret);
    expect(written).not.toMatch(/[A-Z2-7]{64}/);
  });
});

describe('a secret that is none', () => {
  it.each(['', 'hunter2!', 'ABC', '0189'.repeat(16)])(
    'is refused before it is shown, and its device is deleted: %j',
    async (seed) => {
      const practiceRun = await startPracticeRun({ scenario: 'clean' });
      const aws = practiceRun.aws.withPlugin(async ({ operation }, next) => {
        const output = await next();
        return operation === 'iam:CreateVirtualMFADevice' && 'VirtualMFADevice' in output
          ? {
              ...output,
              VirtualMFADevice: {
                ...(output.VirtualMFADevice as object),
                Base32StringSeed: Buffer.from(seed),
              },
            }
          : output;
      });
      const { said } = await runScripted({ ...practiceRun, aws }, { steps: [findStep('admin-user')] });
      expect(said).toContain('something that no authenticator app can use as a secret');
      expect(said).not.toContain('The phone of');
      expect(practiceRun.practice.snapshot().devices).toEqual([]);
    },
  );
});
