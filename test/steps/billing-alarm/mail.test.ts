import { describe, expect, it } from 'vitest';
import { parseConfirmationLink } from '../../../src/steps/billing-alarm/confirmation-link.ts';
import { owner, saysNothing, type Reply } from '../../_support/scripted-owner.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  resumeRun,
  findStep,
  readWrittenFiles,
  type PracticeRun,
} from '../../_support/practice-run.ts';
import { accountWith, plantTopic, runStepByHand } from '../../_support/practice-worlds.ts';

const step = findStep('billing-alarm');
const topic = 'arn:aws:sns:us-east-1:431209876655:aws-first-steps-billing';
const day = 24 * 60 * 60 * 1000;

const newest = ({ practice }: PracticeRun, pattern: RegExp): string =>
  practice.desk
    .listMails()
    .flatMap(({ text }) => pattern.exec(text)?.[0] ?? [])
    .at(-1) ?? '';

const link = (rehearsal: PracticeRun) => newest(rehearsal, /https:\S+confirmation\.html\S+/);
const words = (rehearsal: PracticeRun) => newest(rehearsal, /(?<=type are: )\w+ \w+ \d\d/);

/** An owner who gives their address and reads the words of the drill, and does `replies` besides. */
const ownerOf = (rehearsal: PracticeRun, replies: Readonly<Record<string, readonly Reply[]>>) =>
  owner({ email: ['maria@example.com'], 'drill-words': [() => words(rehearsal)], ...replies });

const subscribed = (rehearsal: PracticeRun) =>
  rehearsal.practice
    .snapshot()
    .subscriptions.map(({ endpoint, confirmed, authenticated = false }) => [
      endpoint,
      confirmed,
      authenticated,
    ]);

const clicks = (rehearsal: PracticeRun) => async () => {
  await rehearsal.practice.desk.clickConfirmationLinks();
  return saysNothing;
};

describe('the link of the mail', () => {
  it('is confirmed so that no link in a mail can end it, not even for a program that opens all of them', async () => {
    const rehearsal = await startPracticeRun();
    const who = ownerOf(rehearsal, {
      'wait-for-mail': ['paste'],
      'confirmation-link': [() => link(rehearsal)],
    });
    const { checkResult } = await runStepByHand('billing-alarm', rehearsal, who);
    expect(checkResult.finding.status).toBe('met');
    expect(subscribed(rehearsal)).toEqual([['maria@example.com', true, true]]);
    await rehearsal.practice.desk.openEveryMailLink();
    expect((await checkIn(step, rehearsal)).finding.status).toBe('met');
  });

  it('is in no file that is kept', async () => {
    const rehearsal = await startPracticeRun();
    await runScripted(rehearsal, { steps: [step] });
    const token = rehearsal.practice.snapshot().subscriptions[0]?.token ?? 'none';
    expect(await readWrittenFiles(rehearsal)).toContain('sns:ConfirmSubscription');
    expect(await readWrittenFiles(rehearsal)).not.toContain(token);
    expect(await readWrittenFiles(rehearsal)).not.toContain(words(rehearsal));
  });

  it('comes again, and is seen to be confirmed, although AWS lists it on the second page of the topic', async () => {
    const scenario = accountWith((world) => {
      plantTopic(world, 'aws-first-steps-billing', false);
      const waiting = world.subscriptions.splice(0);
      const ended = waiting.flatMap((one) =>
        Array.from({ length: 100 }, (_, index) => ({
          ...one,
          arn: `${one.arn.slice(0, -3)}${100 + index}`,
          token: 'b'.repeat(288),
          deleted: true as const,
        })),
      );
      world.subscriptions = [...ended, ...waiting];
    });
    const rehearsal = await startPracticeRun({ scenario });
    const who = ownerOf(rehearsal, {
      'wait-for-mail': ['again', 'paste', saysNothing],
      'confirmation-link': [() => link(rehearsal)],
    });
    const { checkResult } = await runStepByHand('billing-alarm', rehearsal, who);
    expect(checkResult.finding.status).toBe('met');
  });

  it('is asked for again where it cannot be used, and nothing is sent', async () => {
    const rehearsal = await startPracticeRun();
    const who = ownerOf(rehearsal, {
      'wait-for-mail': ['paste', 'paste', 'later'],
      'confirmation-link': ['https://example.com/', () => link(rehearsal).replace('billing', 'other')],
    });
    await runStepByHand('billing-alarm', rehearsal, who);
    expect(who.sentences()).toContain('leads to example.com and not to AWS');
    expect(who.sentences()).toContain('for another topic');
    expect(listChanges(rehearsal).map(({ operation }) => operation)).not.toContain('sns:ConfirmSubscription');
  });

  it('that AWS does not take any more is told, and the wait goes on', async () => {
    const rehearsal = await startPracticeRun();
    const who = ownerOf(rehearsal, {
      'wait-for-mail': ['paste', 'later'],
      'confirmation-link': [() => link(rehearsal).replace(/Token=\w{8}/, 'Token=00000000')],
    });
    const { checkResult } = await runStepByHand('billing-alarm', rehearsal, who);
    expect(who.sentences()).toMatch(/AWS refused sns:ConfirmSubscription.* older than two days/);
    expect(checkResult.finding.status).toBe('waiting');
  });

  const token = 'a1'.repeat(144);
  const good = `https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=${topic}&Token=${token}&Endpoint=m@example.com`;

  it.each([
    ['as it stands in the mail', good],
    ['with its parts encoded', good.replace(topic, encodeURIComponent(topic))],
    ['broken over lines', good.replaceAll('&', '\n  &')],
    ['between angle brackets', `<${good}>`],
  ])('is read %s', (_, pasted) => {
    expect(parseConfirmationLink(pasted, topic)).toEqual({ token });
  });

  it.each([
    ['no link at all', 'Confirm subscription', /no link/],
    ['http', good.replace('https', 'http'), /https/],
    [
      'another host',
      good.replace('sns.us-east-1.amazonaws.com', 'sns.us-east-1.amazonaws.com.evil.example'),
      /not to AWS/,
    ],
    [
      'a host in disguise',
      good.replace('https://', 'https://sns.us-east-1.amazonaws.com@evil.example/'),
      /not to AWS/,
    ],
    ['another port', good.replace('.com/', '.com:8443/'), /not to AWS/],
    [
      'a mail filter in front',
      `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(good)}`,
      /mail filters/,
    ],
    ['the link that ends', good.replace('confirmation', 'unsubscribe'), /end a subscription/],
    ['another page', good.replace('confirmation', 'other'), /something else/],
    ['another topic', good.replace('first-steps-billing', 'other'), /another topic/],
    ['another account', good.replace('431209876655', '999988887777'), /another topic/],
    ['no token', good.replace(token, ''), /not complete/],
    ['half a token', good.replace(token, 'a1b2'), /not complete/],
    ['a token that is none', good.replace(token, 'x'.repeat(288)), /not complete/],
  ])('is refused with its reason: %s', (_, pasted, reason) => {
    expect(parseConfirmationLink(pasted, topic)).toEqual({ objection: expect.stringMatching(reason) });
  });
});

describe('a click', () => {
  it('confirms too; who could end it is said, and the offer can be left alone', async () => {
    const rehearsal = await startPracticeRun();
    const who = ownerOf(rehearsal, { 'wait-for-mail': [clicks(rehearsal)] });
    const { checkResult } = await runStepByHand('billing-alarm', rehearsal, who);
    expect(who.names()).toContain('lock');
    expect(checkResult.finding).toMatchObject({ status: 'met' });
    expect(checkResult.finding.summary).toContain('confirmed by a click, so anyone who has one of its mails');
  });

  it('leaves the owner to a scanner that follows every link: verify then says what has happened', async () => {
    const rehearsal = await startPracticeRun();
    await runStepByHand(
      'billing-alarm',
      rehearsal,
      ownerOf(rehearsal, { 'wait-for-mail': [clicks(rehearsal)] }),
    );
    await rehearsal.practice.desk.openEveryMailLink();
    const { finding } = await checkIn(step, rehearsal);
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toMatch(/it reached you on 2026-11-23, and since then .*follows the links/);
  });

  it('can be made good: subscribed anew, and locked', async () => {
    const rehearsal = await startPracticeRun();
    const who = ownerOf(rehearsal, {
      'wait-for-mail': [clicks(rehearsal), 'paste'],
      lock: ['anew'],
      'confirmation-link': [() => link(rehearsal)],
    });
    const { checkResult } = await runStepByHand('billing-alarm', rehearsal, who);
    expect(subscribed(rehearsal)).toEqual([['maria@example.com', true, true]]);
    expect(checkResult.finding.status).toBe('met');
    expect(checkResult.finding.summary).not.toContain('confirmed by a click');
  });

  it('is offered to be made good in an account where somebody clicked long ago', async () => {
    const first = await startPracticeRun();
    const who = ownerOf(first, { 'wait-for-mail': [clicks(first)], drill: ['later'] });
    await runStepByHand('billing-alarm', first, who);
    const again = await resumeRun(first);
    const later = ownerOf(again, {
      lock: ['anew'],
      'wait-for-mail': ['paste'],
      'confirmation-link': [() => link(again)],
    });
    const { checkResult } = await runStepByHand('billing-alarm', again, later);
    expect(checkResult.finding.status).toBe('met');
    expect(subscribed(again)).toEqual([['maria@example.com', true, true]]);
  });
});

describe('a mail that does not come', () => {
  it('can be sent to another address, which is then the one that counts', async () => {
    const rehearsal = await startPracticeRun();
    const who = ownerOf(rehearsal, {
      email: ['typo@example.com'],
      'other-email': ['maria@example.com'],
      'wait-for-mail': [
        'other',
        async () => {
          await rehearsal.practice.desk.clickConfirmationLinks('maria@example.com');
          return saysNothing;
        },
      ],
    });
    const { checkResult } = await runStepByHand('billing-alarm', rehearsal, who);
    expect(subscribed(rehearsal)).toEqual([
      ['typo@example.com', false, false],
      ['maria@example.com', true, false],
    ]);
    expect(checkResult.finding.status).toBe('met');
  });

  it('is valid for two days, told on any machine; sending it again begins them anew', async () => {
    const rehearsal = await startPracticeRun();
    const who = ownerOf(rehearsal, { 'wait-for-mail': ['later'] });
    await runStepByHand('billing-alarm', rehearsal, who);
    expect((await checkIn(step, rehearsal)).finding.summary).toContain('valid until 2026-11-25 12:00 UTC');
    await rehearsal.clock.sleep(day);
    const again = ownerOf(rehearsal, { 'wait-for-mail': ['again', 'later'] });
    await runStepByHand('billing-alarm', rehearsal, again);
    expect((await checkIn(step, rehearsal)).finding.summary).toContain('valid until 2026-11-26 12:00 UTC');
    await rehearsal.clock.sleep(2 * day);
    expect((await checkIn(step, rehearsal)).finding).toMatchObject({
      status: 'unmet',
      summary: expect.stringMatching(/the mail of 2026-11-24 12:00 UTC has expired/),
    });
  });
});
