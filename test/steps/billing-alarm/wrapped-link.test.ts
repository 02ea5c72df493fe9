import { describe, expect, it } from 'vitest';
import { parseConfirmationLink } from '../../../src/steps/billing-alarm/confirmation-link.ts';
import { listLinks } from '../../../src/steps/billing-alarm/wrapped-link.ts';

const topic = 'arn:aws:sns:us-east-1:123456789012:money';
const token = '0123456789abcdef'.repeat(6);
const page = 'https://sns.us-east-1.amazonaws.com/confirmation.html';
const link = `${page}?TopicArn=${topic}&Token=${token}&Endpoint=maria@example.com`;
const found = (pasted: string) => parseConfirmationLink(pasted, topic);
const coded = encodeURIComponent(link);
const base64 = Buffer.from(link).toString('base64');

describe('the link of a confirmation mail', () => {
  it.each<[string, string]>([
    ['as it is', link],
    ['with blanks around it', `  ${link}\n`],
    ['broken into lines', `${link.slice(0, 40)}\n${link.slice(40, 90)}\r\n  ${link.slice(90)}`],
    ['in a sentence', `Open (${link}).`],
    ['in Markdown', `[Confirm subscription](${link})`],
    ['in HTML', `<a href="${link.replaceAll('&', '&amp;')}">Confirm</a>`],
    ['in HTML, coded twice', link.replaceAll('&', '&amp;amp;')],
    ['with characters by number', link.replaceAll('&', '&#38;')],
    ['with characters by hexadecimal number', link.replaceAll('&', '&#x26;')],
    [
      'in JSON',
      `{"SubscribeURL":"${link.replaceAll('&', String.raw`\u0026`).replaceAll('/', String.raw`\/`)}"}`,
    ],
    ['as the mail is sent', link.replaceAll('=', '=3D').replace('money', 'mo=\r\nney')],
    ['in a parameter of another link', `https://filter.example/?u=${coded}&x=1`],
    ['coded twice in a parameter', `https://filter.example/?u=${encodeURIComponent(coded)}`],
    ['in a link in a link', `https://a.example/?u=${encodeURIComponent(`https://b.example/?v=${coded}`)}`],
    ['in the path of another link', `https://filter.example/redirect/${coded}`],
    ['as it is in the path of another link', `https://filter.example/redirect/${link}`],
    ['in the fragment of another link', `https://filter.example/#${coded}`],
    ['in base64 in the path', `https://filter.example/L0/${base64.replaceAll('/', '_')}/1`],
    ['in base64 in a parameter', `https://filter.example/?d=${encodeURIComponent(base64)}`],
    [
      'by Proofpoint, version 2',
      `https://urldefense.proofpoint.com/v2/url?u=${encodeURIComponent(link)
        .replaceAll('-', '-2D')
        .replaceAll('_', '-5F')
        .replaceAll('%2F', '_')
        .replaceAll('%', '-')}&d=DwM`,
    ],
    [
      'by Proofpoint, version 3',
      `https://urldefense.com/v3/__${link.replace('?', '*').replaceAll('&', '*')}__;${Buffer.from('?&&').toString('base64').replaceAll('=', '')}!!abc$`,
    ],
    [
      'by Proofpoint, version 3, with several characters at once',
      `https://urldefense.com/v3/__${page}**B${link.slice(page.length + 3)}__;${Buffer.from(
        link.slice(page.length, page.length + 3),
      )
        .toString('base64')
        .replaceAll('=', '')}!!x`,
    ],
  ])('is found %s', (_what, pasted) => {
    expect(found(pasted)).toEqual({ token });
  });

  it('may be the call itself, as a mail in JSON has it', () => {
    const call = `https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=${token}`;
    expect(found(call)).toEqual({ token });
  });

  it.each<[string, string, RegExp]>([
    ['is no link', 'hello', /That is no link/],
    [
      'leads elsewhere',
      `https://evil.example/confirmation.html?TopicArn=${topic}&Token=${token}`,
      /leads to evil\.example/,
    ],
    [
      'leads to a name like that of AWS',
      link.replace('amazonaws.com', 'amazonaws.com.evil.example'),
      /leads to/,
    ],
    ['leads to a name that ends like that of AWS', link.replace('sns.', 'evil.sns.'), /leads to/],
    ['leads to another port', link.replace('amazonaws.com', 'amazonaws.com:8443'), /leads to/],
    ['is not encrypted', link.replace('https', 'http'), /does not begin with https/],
    [
      'ends a subscription',
      link.replace('confirmation.html', 'unsubscribe.html'),
      /would end a subscription/,
    ],
    [
      'ends a subscription by a call',
      'https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe',
      /would end a subscription/,
    ],
    ['is for something else', link.replace('confirmation.html', 'other.html'), /for something else/],
    ['is another call', 'https://sns.us-east-1.amazonaws.com/?Action=Publish', /for something else/],
    [
      'is a call in another place',
      'https://sns.us-east-1.amazonaws.com/x?Action=ConfirmSubscription',
      /for something else/,
    ],
    ['is for another topic', link.replace('money', 'other'), /for another topic than money/],
    ['has no token', link.replace(token, ''), /not complete/],
    ['has a short token', link.replace(token, token.slice(0, 63)), /not complete/],
    ['has a long token', link.replace(token, 'a'.repeat(513)), /not complete/],
    ['has a token of other characters', link.replace(token, `${token}xyz`), /not complete/],
  ])('is refused with the reason when it %s', (_what, pasted, words) => {
    const result = found(pasted);
    expect('objection' in result && result.objection).toMatch(words);
  });

  it('is refused for what is wrong with the one that is closest', () => {
    const other = link.replace('money', 'other');
    const aws = 'https://sns.us-east-1.amazonaws.com/other.html';
    const objection = (pasted: string) => {
      const result = found(pasted);
      return 'objection' in result ? result.objection : '';
    };
    expect(objection(`https://a.example/x ${aws} ${other}`)).toContain('another topic');
    expect(objection(`https://a.example/x ${aws}`)).toContain('for something else');
    expect(found(`${other} ${link}`)).toEqual({ token });
  });
});

describe('the links in a text', () => {
  it('are none where there is none', () => {
    expect(listLinks('')).toEqual([]);
    expect(listLinks('ftp://a.example/x')).toEqual([]);
  });

  it('are followed no deeper than four times', () => {
    const wrap = (depth: number): string =>
      depth === 0
        ? 'https://inner.example/'
        : `https://w${depth}.example/?u=${encodeURIComponent(wrap(depth - 1))}`;
    expect(listLinks(wrap(4))).toContain('https://inner.example/');
    // The outermost comes first.
    expect(listLinks(wrap(4))[0]).toMatch(/^https:\/\/w4\./);
  });

  it('are not more than sixty', () => {
    const many = Array.from({ length: 100 }, (_, nth) => `https://a.example/${nth}`).join(' ');
    expect(listLinks(many).length).toBeLessThanOrEqual(60);
  });

  it('survive what cannot be decoded', () => {
    expect(listLinks('https://a.example/%E0%A4%A?u=%E0%A4%A')).toContain(
      'https://a.example/%E0%A4%A?u=%E0%A4%A',
    );
  });
});
