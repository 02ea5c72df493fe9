import { describe, expect, it } from 'vitest';
import { createScenarioGroup, createScenarioUser } from '../../../src/practice/scenarios/scenarios.ts';
import type { World } from '../../../src/practice/world/world.ts';
import { describeSignIn } from '../../../src/steps/admin-user/outcome.ts';
import type { AdministratorCandidate } from '../../../src/steps/shared/administrators.ts';
import { checkIn, findStep, resumeRun, runScripted, startPracticeRun } from '../../_support/practice-run.ts';
import { accountWith, plantAdministrator, plantPhone } from '../../_support/practice-worlds.ts';

const step = findStep('admin-user');

const outcomeIn = async (plant: (world: World) => void) => {
  const { finding } = await checkIn(step, await startPracticeRun({ scenario: accountWith(plant) }));
  return step.outcome?.(finding.facts).map(({ about, text }) => `${about}: ${text}`);
};

const ready: AdministratorCandidate = {
  name: 'maria',
  createdByUs: false,
  hasDoubtfulTag: false,
  isAdministrator: 'yes',
  usableRole: undefined,
  canBecomeAdministrator: true,
  groups: [],
  administratorGroups: [],
  isOnlyAdministratorByGroup: false,
  hasMfa: true,
  usesAuthenticatorApp: true,
  hasPassword: true,
  accessKeys: [],
  quarantine: undefined,
};

describe('what follows from the daily administrator', () => {
  it('is that the owner signs in as the user that the step made', async () => {
    const practiceRun = await startPracticeRun();
    await runScripted(practiceRun, { steps: [step], answers: { 'admin-user': { name: 'maria' } } });
    const { finding } = await checkIn(step, await resumeRun(practiceRun));
    expect(step.outcome?.(finding.facts)).toEqual([
      { about: 'sign-in', text: 'as maria, with a code from the phone' },
    ]);
  });

  it('is nothing in a new account', async () => {
    expect(await outcomeIn(() => undefined)).toEqual([]);
  });

  it('names every administrator who has a password and MFA, and nobody else', async () => {
    const outcome = await outcomeIn((world) => {
      plantAdministrator(world, 'otto');
      plantAdministrator(world, 'anna');
      const loginProfile = { createdAt: world.account.createdAt, resetRequired: false };
      world.users.push(
        createScenarioUser(world, 'without-mfa', { groups: ['Administrators'], loginProfile }),
        createScenarioUser(world, 'without-password', { groups: ['Administrators'] }),
        createScenarioUser(world, 'reader', { groups: ['readers'], loginProfile }),
      );
      world.groups.push(createScenarioGroup(world, 'readers', ['ReadOnlyAccess']));
      plantPhone(world, 'without-password');
      plantPhone(world, 'reader');
    });
    expect(outcome).toEqual(['sign-in: as anna or otto, with a code from the phone']);
  });

  it('names three of many, and counts the rest', async () => {
    const outcome = await outcomeIn((world) => {
      for (const name of ['anna', 'maria', 'otto', 'paul', 'rosa']) plantAdministrator(world, name);
    });
    expect(outcome).toEqual(['sign-in: as anna, maria, otto and 2 more, with a code from the phone']);
  });

  it('speaks of no code where somebody has another second factor, such as a passkey', () => {
    const candidates = [ready, { ...ready, name: 'anna', usesAuthenticatorApp: false }];
    expect(describeSignIn({ candidates })).toEqual([
      { about: 'sign-in', text: 'as anna or maria, with MFA' },
    ]);
  });

  it('leaves out an administrator whom AWS has locked down', () => {
    expect(
      describeSignIn({ candidates: [{ ...ready, quarantine: 'AWSCompromisedKeyQuarantineV3' }] }),
    ).toEqual([]);
  });
});
