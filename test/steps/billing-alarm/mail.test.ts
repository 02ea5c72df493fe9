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

const link = (practiceRun: PracticeRun) => newest(practiceRun, /https:\S+confirmation\.html\S+/);
const words = (practiceRun: PracticeRun) => newest(practiceRun, /(?<=type are: )\w+ \w+ \d\d/);

/** An owner who gives their address, reads the words of the drill, and gives `replies` to the other questions. */
const ownerOf = (practiceRun: PracticeRun, replies: Readonly<Record<string, readonly Reply[]>>) =>
  owner({ email: ['maria@example.com'], 'drill-words': [() => words(practiceRun)], ...replies });

const subscribed = (practiceRun: PracticeRun) =>
  practiceRun.practice
    .snapshot()
    .subscriptions.map(({ endpoint, confirmed, authenticated = false }) => [
      endpoint,
      confirmed,
      authenticated,
    ]);

const clicks = (practiceRun: PracticeRun) => async () => {
  await practiceRun.practice.desk.clickConfirmationLinks();
  return saysNothing;
};

describe('the confirmation link of the mail', () => {
  it('is confirmed in a way that no link in a mail can undo, even for a program that opens all links', async () => {
    const practiceRun = await startPracticeRun();
    const who = ownerOf(practiceRun, {
      'wait-for-mail': ['paste'],
      'confirmation-link': [() => link(practiceRun)],
    });
    const { checkResult } = await runStepByHand('billing-alarm', practiceRun, who);
    expect(checkResult.finding.status).toBe('met');
    expect(subscribed(practiceRun)).toEqual([['maria@example.com', true, true]]);
    await practiceRun.practice.desk.openEveryMailLink();
    expect((await checkIn(step, practiceRun)).finding.status).toBe('met');
  });

  it('is kept in no file', async () => {
    const practiceRun = await startPracticeRun();
    await runScripted(practiceRun, { steps: [step] });
    const token = practiceRun.practice.snapshot().subscriptions[0]?.token ?? 'none';
    expect(await readWrittenFiles(practiceRun)).toContain('sns:ConfirmSubscription');
    expect(await readWrittenFiles(practiceRun)).not.toContain(token);
    expect(await readWrittenFiles(practiceRun)).not.toContain(words(practiceRun));
  });

  it('is sent again, and its confirmation is seen even when AWS lists it on the second page of the topic', async () => {
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
    const practiceRun = await startPracticeRun({ scenario });
    const who = ownerOf(practiceRun, {
      'wait-for-mail': ['again', 'paste', saysNothing],
      'confirmation-link': [() => link(practiceRun)],
    });
    const { checkResult } = await runStepByHand('billing-alarm', practiceRun, who);
    expect(checkResult.finding.status).toBe('met');
  });

  it('is asked for again when it cannot be used, and nothing is sent', async () => {
    const practiceRun = await startPracticeRun();
    const who = ownerOf(practiceRun, {
      'wait-for-mail': ['paste', 'paste', 'later'],
      'confirmation-link': ['https://example.com/', () => link(practiceRun).replace('billing', 'other')],
    });
    await runStepByHand('billing-alarm', practiceRun, who);
    expect(who.sentences()).toContain('leads to example.com and not to AWS');
    expect(who.sentences()).toContain('for another topic');
    expect(listChanges(practiceRun).map(({ operation }) => operation)).not.toContain(
      'sns:ConfirmSubscription',
    );
  });

  it('is reported when AWS no longer accepts it, and the wait goes on', async () => {
    const practiceRun = await startPracticeRun();
    const who = ownerOf(practiceRun, {
      'wait-for-mail': ['paste', 'later'],
      'confirmation-link': [() => link(practiceRun).replace(/Token=\w{8}/, 'Token=00000000')],
    });
    const { checkResult } = await runStepByHand('billing-alarm', practiceRun, who);
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
  ])('is read from the mail %s', (_, pasted) => {
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

describe('a click on the link', () => {
  it('confirms too; the step says who could end the subscription, and the owner can decline the repair', async () => {
    const practiceRun = await startPracticeRun();
    const who = ownerOf(practiceRun, { 'wait-for-mail': [clicks(practiceRun)] });
    const { checkResult } = await runStepByHand('billing-alarm', practiceRun, who);
    expect(who.names()).toContain('lock');
    expect(checkResult.finding).toMatchObject({ status: 'met' });
    expect(checkResult.finding.summary).toContain('confirmed by a click, so anyone who has one of its mails');
  });

  it('can be followed by a scanner that opens every link: verify then says what has happened', async () => {
    const practiceRun = await startPracticeRun();
    await runStepByHand(
      'billing-alarm',
      practiceRun,
      ownerOf(practiceRun, { 'wait-for-mail': [clicks(practiceRun)] }),
    );
    await practiceRun.practice.desk.openEveryMailLink();
    const { finding } = await checkIn(step, practiceRun);
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toMatch(/it reached you on 2026-11-23, and since then .*follows the links/);
  });

  it('can be repaired: the program subscribes again, and locks the subscription', async () => {
    const practiceRun = await startPracticeRun();
    const who = ownerOf(practiceRun, {
      'wait-for-mail': [clicks(practiceRun), 'paste'],
      lock: ['anew'],
      'confirmation-link': [() => link(practiceRun)],
    });
    const { checkResult } = await runStepByHand('billing-alarm', practiceRun, who);
    expect(subscribed(practiceRun)).toEqual([['maria@example.com', true, true]]);
    expect(checkResult.finding.status).toBe('met');
    expect(checkResult.finding.summary).not.toContain('confirmed by a click');
  });

  it('can be repaired in an account where it happened long ago', async () => {
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

describe('a mail that does not arrive', () => {
  it('can be sent to another address, which then counts', async () => {
    const practiceRun = await startPracticeRun();
    const who = ownerOf(practiceRun, {
      email: ['typo@example.com'],
      'other-email': ['maria@example.com'],
      'wait-for-mail': [
        'other',
        async () => {
          await practiceRun.practice.desk.clickConfirmationLinks('maria@example.com');
          return saysNothing;
        },
      ],
    });
    const { checkResult } = await runStepByHand('billing-alarm', practiceRun, who);
    expect(subscribed(practiceRun)).toEqual([
      ['typo@example.com', false, false],
      ['maria@example.com', true, false],
    ]);
    expect(checkResult.finding.status).toBe('met');
  });

  it('is valid for two days, which any machine reports; sending it again restarts them', async () => {
    const practiceRun = await startPracticeRun();
    const who = ownerOf(practiceRun, { 'wait-for-mail': ['later'] });
    await runStepByHand('billing-alarm', practiceRun, who);
    expect((await checkIn(step, practiceRun)).finding.summary).toContain('valid until 2026-11-25 12:00 UTC');
    await practiceRun.clock.sleep(day);
    const again = ownerOf(practiceRun, { 'wait-for-mail': ['again', 'later'] });
    await runStepByHand('billing-alarm', practiceRun, again);
    expect((await checkIn(step, practiceRun)).finding.summary).toContain('valid until 2026-11-26 12:00 UTC');
    await practiceRun.clock.sleep(2 * day);
    expect((await checkIn(step, practiceRun)).finding).toMatchObject({
      status: 'unmet',
      summary: expect.stringMatching(/the mail of 2026-11-24 12:00 UTC has expired/),
    });
  });
});
