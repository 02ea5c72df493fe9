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
      'wait-for-mail': ['missing', 'paste', saysNothing],
      'mail-missing': ['again'],
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

  const subscribeUrl = `https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=${token}`;

  const wrapped = {
    safelinks: (url: string) =>
      `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=05%7C02%7C&sdata=a%2Bb%3D&reserved=0`,
    proofpoint2: (url: string) =>
      `https://urldefense.proofpoint.com/v2/url?u=${encodeURIComponent(url)
        .replaceAll(/[-_]/gu, (sign) => `%${sign.codePointAt(0)?.toString(16)}`)
        .replaceAll('%2F', '_')
        .replaceAll('%', '-')}&d=DwMFAg&c=x&r=y&m=z&s=q&e=`,
    proofpoint3: (url: string) =>
      `https://urldefense.com/v3/__${url.replace('::', '**A').replaceAll('@', '*')}__;${Buffer.from('::@').toString('base64url')}!!AbC!dEf$`,
  };
  const wrapOften = (url: string, times: number): string =>
    times === 0 ? url : wrapOften(wrapped.safelinks(url), times - 1);

  it.each([
    ['as it stands in the mail', good],
    ['with its parts encoded', good.replace(topic, encodeURIComponent(topic))],
    ['broken over lines', good.replaceAll('&', '\n  &')],
    ['between angle brackets', `<${good}>`],
    ['behind Microsoft safelinks', wrapped.safelinks(good)],
    ['behind safelinks with entities', wrapped.safelinks(good).replaceAll('&', '&amp;')],
    ['behind safelinks, broken over lines', wrapped.safelinks(good).replaceAll(/(.{70})/gu, '$1\n')],
    [
      'behind Proofpoint v1',
      `https://urldefense.proofpoint.com/v1/url?u=${encodeURIComponent(good)}&k=abc%3D`,
    ],
    ['behind Proofpoint v2', wrapped.proofpoint2(good)],
    ['behind Proofpoint v3', wrapped.proofpoint3(good)],
    [
      'behind Proofpoint v3 that a program shortened',
      wrapped.proofpoint3(good).replace('__https://', '__https:/'),
    ],
    ['behind Barracuda', `https://linkprotect.cudasvc.com/url?a=${encodeURIComponent(good)}&c=E,1,x&typo=1`],
    ['behind Cisco', `https://secure-web.cisco.com/1Abc-dEf_123/${encodeURIComponent(good)}`],
    ['behind Google', `https://www.google.com/url?q=${encodeURIComponent(good)}&source=gmail&ust=17&usg=AO`],
    [
      'behind Trend Micro',
      `https://ctp.trendmicro.com:443/wis/clicktime/v1/query?url=${encodeURIComponent(good)}&umid=1&auth=x`,
    ],
    ['behind FireEye', `https://protect2.fireeye.com/v1/url?k=1-2-3&q=1&e=4&u=${encodeURIComponent(good)}`],
    [
      'behind Sophos',
      `https://eu-west-1.protection.sophos.com/?d=amazonaws.com&u=${Buffer.from(good).toString('base64')}&p=m&i=1`,
    ],
    ['behind a filter that encodes nothing', `https://filter.example/check?url=${good}`],
    ['behind a filter with it in its path', `https://filter.example/check/${good}`],
    ['behind two filters', wrapped.proofpoint2(wrapped.safelinks(good))],
    ['behind three filters', wrapOften(good, 3)],
    ['from the source in HTML', `<a href="${good.replaceAll('&', '&amp;')}">Confirm subscription</a>`],
    ['with numbers for entities', good.replaceAll('&', '&#38;')],
    ['from the source in quoted-printable', good.replaceAll('=', '=3D').replaceAll(/(.{60})/gu, '$1=\n')],
    ['with a full stop', `${good}.`],
    ['in brackets', `(${good})`],
    ['in Markdown', `[Confirm subscription](${good})`],
    ['in quotation marks', `"${good}"`],
    ['with words around it', `Please open ${good} now.`],
    ['as SubscribeURL of the JSON form', subscribeUrl],
    [
      'with the whole JSON form around it',
      `{"Type":"SubscriptionConfirmation","SubscribeURL":"${subscribeUrl}","Token":"x","SigningCertURL":"https://sns.us-east-1.amazonaws.com/x.pem"}`,
    ],
    ['from JSON with escaped signs', subscribeUrl.replaceAll('&', String.raw`\u0026`)],
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
    ['a mail filter that keeps the address', 'https://protect-eu.mimecast.com/s/AbCdEf12345', /mail filter/],
    [
      'a mail filter before another host',
      wrapped.safelinks(good.replace('amazonaws.com', 'amazonaws.com.evil.example')),
      /not to AWS/,
    ],
    ['a mail filter before http', wrapped.safelinks(good.replace('https', 'http')), /https/],
    [
      'a mail filter before another topic',
      wrapped.safelinks(good.replace('billing', 'other')),
      /another topic/,
    ],
    [
      'a mail filter before the link that ends',
      wrapped.safelinks(good.replace('confirmation', 'unsubscribe')),
      /end a subscription/,
    ],
    ['the call for something else', good.replace('confirmation.html?', '?Action=Publish&'), /something else/],
    ['the call that ends', good.replace('confirmation.html?', '?Action=Unsubscribe&'), /end a subscription/],
    ['a wrap in a wrap in a wrap, and so on', wrapOften(good, 7), /not to AWS/],
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
    expect(checkResult.finding.summary).toContain('its link was clicked, so anyone who has one of its mails');
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
    expect(checkResult.finding.summary).not.toContain('its link was clicked');
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
      'mail-missing': ['other'],
      'wait-for-mail': [
        'missing',
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
    const again = ownerOf(practiceRun, { 'wait-for-mail': ['missing', 'later'], 'mail-missing': ['again'] });
    await runStepByHand('billing-alarm', practiceRun, again);
    expect((await checkIn(step, practiceRun)).finding.summary).toContain('valid until 2026-11-26 12:00 UTC');
    await practiceRun.clock.sleep(2 * day);
    expect((await checkIn(step, practiceRun)).finding).toMatchObject({
      status: 'unmet',
      summary: expect.stringMatching(/the mail of 2026-11-24 12:00 UTC has expired/),
    });
  });
});
