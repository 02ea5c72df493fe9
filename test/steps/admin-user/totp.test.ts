import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateCode, getCodeWindow } from '../../../src/practice/totp.ts';
import { judgeCodes, formatAppUserName, formatOtpauthUri } from '../../../src/steps/admin-user/totp.ts';

const seed = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const otherSeed = 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU';
const now = new Date('2026-11-23T12:00:10.000Z');
const code = (offset: number, of = seed) => generateCode(of, getCodeWindow(now) + offset);

const because = (first: string, second: string): string => {
  const verdict = judgeCodes(seed, first, second, now);
  return verdict.plausible ? 'good' : verdict.reason;
};

/** Six digits that the authenticator does not show anywhere near now. */
const mistyped = '000000';

describe('two authenticator codes', () => {
  it('are accepted when the second directly follows the first', () => {
    expect(judgeCodes(seed, code(-1), code(0), now)).toEqual({ plausible: true });
  });

  it('match the test vector of RFC 6238', () => {
    const vector = Buffer.from('12345678901234567890', 'ascii');
    const base32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect(vector.length).toBe(20);
    // At 59 seconds the RFC gives 94287082 in eight digits; six are its end. The one after is 00:01:00 to 00:01:29.
    const verdict = judgeCodes(base32, '287082', generateCode(base32, 2), new Date(70_000));
    expect(verdict).toEqual({ plausible: true });
  });

  it('are accepted when a clock is wrong by minutes, since AWS decides in the end', () => {
    expect(judgeCodes(seed, code(5), code(6), now)).toEqual({ plausible: true });
    expect(judgeCodes(seed, code(-12), code(-11), now)).toEqual({ plausible: true });
  });

  it('may be accepted when neither is known, since this clock may be wrong, but a certain mistake is refused', () => {
    expect(judgeCodes(seed, code(-30), code(-29), now)).toMatchObject({
      plausible: false,
      dueToLocalClock: true,
    });
    const mistakes = [
      [code(0), code(0)],
      [code(0), code(-1)],
      [code(-2), code(0)],
      [code(0), mistyped],
    ] as const;
    for (const [first, second] of mistakes) {
      expect(judgeCodes(seed, first, second, now)).not.toHaveProperty('dueToLocalClock');
    }
  });

  it('are refused when they are the same', () => {
    expect(because(code(0), code(0))).toMatch(/both codes are the same/i);
  });

  it('are refused when they are swapped', () => {
    expect(because(code(0), code(-1))).toMatch(/swapped/);
  });

  it('are refused when there is another code between them', () => {
    expect(because(code(-2), code(0))).toMatch(/Another code came between/);
  });

  it('are refused when both come from another entry of the app', () => {
    expect(because(code(-1, otherSeed), code(0, otherSeed))).toMatch(/Neither code is right/);
  });

  it.each([
    ['first', mistyped, code(0)],
    ['second', code(-1), mistyped],
  ])('are refused with the code named when the %s was mistyped', (which, first, second) => {
    expect(because(first, second)).toMatch(new RegExp(`^The ${which} code`));
  });

  it('are refused with a different sentence for each reason', () => {
    const sentences = [
      because(code(0), code(0)),
      because(code(0), code(-1)),
      because(code(-2), code(0)),
      because(code(-1, otherSeed), code(0, otherSeed)),
      because(mistyped, code(0)),
      because(code(0), mistyped),
    ];
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  it('never appear in the sentence that refuses them', () => {
    const digits = fc.stringMatching(/^\d{6}$/);
    fc.assert(
      fc.property(digits, digits, (first, second) => {
        const sentence = because(first, second);
        expect(sentence).not.toContain(first);
        expect(sentence).not.toContain(second);
      }),
    );
  });
});

describe('the URI for the authenticator app', () => {
  const userName = fc.stringMatching(/^[A-Za-z0-9_+=,.@-]{1,64}$/);
  const aws64 = fc.stringMatching(/^[A-Z2-7]{64}$/);

  it('always fits with the whole seed into the QR code that an 80 by 24 terminal can show', () => {
    fc.assert(
      fc.property(userName, aws64, (name, secret) => {
        const uri = formatOtpauthUri(secret, name, '431209876655');
        expect(uri.length).toBeLessThanOrEqual(134);
        expect(new URL(uri).searchParams.get('secret')).toBe(secret);
        expect(new URL(uri).searchParams.get('issuer')).toBe('AWS');
      }),
    );
  });

  it('keeps two administrators apart whose names differ only where they are cut', () => {
    const labels = ['maria.gonzalez-lopez-admin', 'maria.gonzalez-lopez-breakglass'].map((name) =>
      formatAppUserName(seed, name, '431209876655'),
    );
    expect(new Set(labels).size).toBe(2);
    expect(labels.map((label) => label.slice(0, 10))).toEqual(['maria.gonz', 'maria.gonz']);
    expect(labels).toEqual(labels.map(() => expect.stringMatching(/^[a-z.-]+~[0-9a-f]{5}$/)));
  });

  it('calls a user as AWS does where that fits', () => {
    expect(formatAppUserName(seed, 'maria', '431209876655')).toBe('maria');
  });

  it('names the user and the account as far as they fit', () => {
    expect(formatOtpauthUri(seed, 'maria', '431209876655')).toContain('AWS:maria@431209876655?');
  });
});
