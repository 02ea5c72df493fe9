import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PracticePasswordPolicy } from '../../src/practice/world/world.ts';
import { findObjection } from '../../src/core/question.ts';
import { listChanges, checkIn, runScripted, startPracticeRun, findStep } from '../_support/practice-run.ts';
import { accountWith } from '../_support/practice-worlds.ts';

const step = findStep('password-policy');
const only = { steps: [step] };

const strong: PracticePasswordPolicy = {
  MinimumPasswordLength: 14,
  PasswordReusePrevention: 24,
  AllowUsersToChangePassword: true,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
};

const having = (policy: PracticePasswordPolicy | undefined) =>
  accountWith((world) => {
    if (policy) world.passwordPolicy = policy;
  });

const look = async (policy: PracticePasswordPolicy | undefined) =>
  (await checkIn(step, await startPracticeRun({ scenario: having(policy) }))).finding;

/** What the setup makes of a policy. */
const after = async (
  policy: PracticePasswordPolicy | undefined,
): Promise<PracticePasswordPolicy | undefined> => {
  const practiceRun = await startPracticeRun({ scenario: having(policy) });
  expect((await runScripted(practiceRun, only)).code).toBe(0);
  return practiceRun.practice.snapshot().passwordPolicy;
};

const anyPolicy: fc.Arbitrary<PracticePasswordPolicy> = fc.record(
  {
    MinimumPasswordLength: fc.integer({ min: 6, max: 128 }),
    RequireSymbols: fc.boolean(),
    RequireNumbers: fc.boolean(),
    RequireUppercaseCharacters: fc.boolean(),
    RequireLowercaseCharacters: fc.boolean(),
    AllowUsersToChangePassword: fc.boolean(),
    MaxPasswordAge: fc.integer({ min: 1, max: 1095 }),
    PasswordReusePrevention: fc.integer({ min: 1, max: 24 }),
    HardExpiry: fc.boolean(),
  },
  {
    requiredKeys: [
      'MinimumPasswordLength',
      'RequireSymbols',
      'RequireNumbers',
      'RequireUppercaseCharacters',
      'RequireLowercaseCharacters',
      'AllowUsersToChangePassword',
    ],
  },
);

describe('a password policy', () => {
  it('is strong enough when it requires 14 characters and refuses the last 24 passwords', async () => {
    expect((await look(strong)).status).toBe('met');
  });

  it.each<[string, Partial<PracticePasswordPolicy>, RegExp]>([
    ['is too short', { MinimumPasswordLength: 13 }, /13 characters are enough/],
    ['refuses too few old ones', { PasswordReusePrevention: 23 }, /only the last 23/],
    ['does not let users change their own', { AllowUsersToChangePassword: false }, /may not change/],
    ['locks out whoever lets it expire', { HardExpiry: true, MaxPasswordAge: 90 }, /locks its user out/],
  ])('is reported when it %s', async (_what, weakness, sentence) => {
    const { status, summary } = await look({ ...strong, ...weakness });
    expect(status).toBe('unmet');
    expect(summary).toMatch(sentence);
  });

  it.each<[Partial<PracticePasswordPolicy>, string]>([
    [{}, '14 characters, the last 24 refused; any characters will do'],
    [
      { RequireNumbers: true, RequireSymbols: true },
      '14 characters, the last 24 refused; with digits, symbols',
    ],
    [
      { MaxPasswordAge: 1 },
      '14 characters, the last 24 refused; any characters will do; passwords expire after a day, so people choose ones that are easy to guess',
    ],
    [
      { MaxPasswordAge: 90, RequireUppercaseCharacters: true, RequireLowercaseCharacters: true },
      '14 characters, the last 24 refused; with capital letters, small letters; passwords expire after 90 days',
    ],
  ])('is described as a whole when it is strong enough (%#)', async (change, summary) => {
    expect(await look({ ...strong, ...change })).toMatchObject({ status: 'met', summary });
  });

  it('is described as a whole when it is too weak', async () => {
    const { summary } = await look({
      ...strong,
      MinimumPasswordLength: 8,
      AllowUsersToChangePassword: false,
      HardExpiry: true,
      MaxPasswordAge: 1,
    });
    expect(summary).toBe(
      'Too weak: 8 characters are enough; users may not change their own; an expired password locks its user out until somebody else resets it; any characters will do; passwords expire after a day, so people choose ones that are easy to guess',
    );
  });

  it('is reported when it refuses no old password at all', async () => {
    const { PasswordReusePrevention: _none, ...rest } = strong;
    expect((await look(rest)).summary).toMatch(/old passwords are accepted again/);
  });

  it('cannot be made shorter than the existing one', async () => {
    const finding = await look({ ...strong, MinimumPasswordLength: 30, PasswordReusePrevention: 5 });
    const question = step.questions(finding.facts)['length'];
    expect(question && findObjection(question, 29)).toBeTruthy();
    expect(question && findObjection(question, 30)).toBeUndefined();
    expect(question && findObjection(question, 129)).toBeTruthy();
  });

  it('replaces the default of AWS by one that is stronger in every point', async () => {
    expect(await after(undefined)).toEqual({
      ...strong,
      RequireSymbols: true,
      RequireNumbers: true,
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: true,
      HardExpiry: false,
    });
  });

  it.each<[string, PracticePasswordPolicy | undefined, string]>([
    [
      'the default of AWS',
      undefined,
      'ask for 14 characters, with capital and small letters, digits and symbols, refuse the last 24 passwords, let users change their own',
    ],
    ['a short one', { ...strong, MinimumPasswordLength: 8 }, 'ask for 14 characters'],
    [
      'a strict one',
      { ...strong, AllowUsersToChangePassword: false, HardExpiry: true, MaxPasswordAge: 90 },
      'let users change their own, let users replace an expired one',
    ],
    [
      'a long one that refuses few',
      { ...strong, MinimumPasswordLength: 30, PasswordReusePrevention: 5 },
      'refuse the last 24 passwords',
    ],
  ])('has all that it changes of %s, and nothing else, in its plan', async (_what, before, why) => {
    const { facts } = await look(before);
    const length = Math.max(14, before?.MinimumPasswordLength ?? 0);
    expect(step.plan(facts, { length }).map((action) => action.why)).toEqual([why]);
  });

  it('claims no control that a policy found strong enough may fail', async () => {
    expect((await look(strong)).status).toBe('met');
    expect(step.controls).toMatchObject({
      securityHub: ['IAM.15', 'IAM.16'],
      prowler: ['iam_password_policy_minimum_length_14', 'iam_password_policy_reuse_24'],
    });
  });

  it('is left alone when it is strong', async () => {
    const practiceRun = await startPracticeRun({ scenario: having(strong) });
    await runScripted(practiceRun, only);
    expect(listChanges(practiceRun)).toEqual([]);
  });

  it('is always sent whole, because whatever is left out falls back to less than the default of AWS', async () => {
    const practiceRun = await startPracticeRun({ scenario: having({ ...strong, MinimumPasswordLength: 8 }) });
    await runScripted(practiceRun, only);
    expect(listChanges(practiceRun).map(({ input }) => Object.keys(input).toSorted())).toEqual([
      [
        'AllowUsersToChangePassword',
        'HardExpiry',
        'MinimumPasswordLength',
        'PasswordReusePrevention',
        'RequireLowercaseCharacters',
        'RequireNumbers',
        'RequireSymbols',
        'RequireUppercaseCharacters',
      ],
    ]);
  });

  it('is never weaker in any point than the previous one, and keeps its expiry', async () => {
    await fc.assert(
      fc.asyncProperty(anyPolicy, async (before) => {
        const now = await after(before);
        const types = [
          'RequireSymbols',
          'RequireNumbers',
          'RequireUppercaseCharacters',
          'RequireLowercaseCharacters',
        ] as const;
        for (const type of types) expect(now?.[type]).toBe(before[type]);
        expect(now?.MinimumPasswordLength).toBeGreaterThanOrEqual(Math.max(14, before.MinimumPasswordLength));
        expect(now?.PasswordReusePrevention).toBe(24);
        expect(now?.MaxPasswordAge).toBe(before.MaxPasswordAge);
        expect(now?.AllowUsersToChangePassword).toBe(true);
        expect(now?.HardExpiry ?? false).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
