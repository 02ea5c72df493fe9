import { describe, expect, it } from 'vitest';
import type { AnswersFile } from '../../src/core/answers-file.ts';
import type { Question } from '../../src/core/question.ts';
import { createScenarioGroup, createScenarioUser } from '../../src/practice/scenarios/scenarios.ts';
import type { World } from '../../src/practice/world/world.ts';
import { allSteps } from '../../src/steps/index.ts';
import { listAnswers, startIn, startingAccountNames } from '../_support/starting-accounts.ts';
import {
  checkIn,
  findStep,
  listChanges,
  reasonOf,
  resumeRun,
  runScripted,
  startPracticeRun,
  type PracticeRun,
} from '../_support/practice-run.ts';
import { accountWith, plantAdministrator, plantPhone, policy } from '../_support/practice-worlds.ts';

const password = { createdAt: '2026-11-23T12:00:00.000Z', resetRequired: false };

const accessKey = (id: string) => ({ id, active: true, createdAt: '2026-11-23T12:00:00.000Z' });

/** Beside a working administrator: people who are more than they should be, and groups that are less than they look. */
const plantRisks = (world: World): void => {
  plantAdministrator(world, 'maria');
  const [maria] = world.users;
  maria?.accessKeys.push(accessKey('AKIAMARIA1'), accessKey('AKIAMARIA2'));
  world.groups.push(
    { ...createScenarioGroup(world, 'developers', ['AWSDenyAll']) },
    {
      ...createScenarioGroup(world, 'auditors'),
      inline: [{ name: 'require-mfa', document: JSON.stringify({ Statement: [] }) }],
    },
  );
  const groups = ['Administrators'];
  world.users.push(
    createScenarioUser(world, 'anna', { groups, loginProfile: password }),
    createScenarioUser(world, 'bob', { groups, loginProfile: password, accessKeys: [accessKey('AKIABOB')] }),
    createScenarioUser(world, 'carol', { attached: [policy('ReadOnlyAccess')] }),
  );
};

/** Nobody can work: each administrator lacks something else. */
const plantIncomplete = (world: World): void => {
  world.groups.push(
    createScenarioGroup(world, 'Administrators', ['AdministratorAccess']),
    createScenarioGroup(world, 'leavers', ['AWSDenyAll']),
  );
  const groups = ['Administrators'];
  world.users.push(
    createScenarioUser(world, 'anna', { groups: [...groups, 'leavers'], loginProfile: password }),
    createScenarioUser(world, 'bob', { groups, loginProfile: password }),
    createScenarioUser(world, 'carol', { groups }),
    createScenarioUser(world, 'dave', { groups }),
    createScenarioUser(world, 'erin', {
      tags: [{ Key: 'aws-first-steps', Value: 'administrator' }],
      accessKeys: [accessKey('AKIAERIN')],
    }),
  );
  plantPhone(world, 'carol');
};

type Account = {
  start: () => Promise<PracticeRun>;
  answers: (id: string, practiceRun: PracticeRun) => Promise<AnswersFile[string]>;
};

const withDefaults = (plant: (world: World) => void): Account => ({
  start: () => startPracticeRun({ scenario: accountWith(plant) }),
  answers: (id, practiceRun) => listAnswers('a new account', practiceRun, id),
});

const accounts: Readonly<Record<string, Account>> = {
  ...Object.fromEntries(
    startingAccountNames.map((name): [string, Account] => [
      name,
      { start: () => startIn(name), answers: (id, practiceRun) => listAnswers(name, practiceRun, id) },
    ]),
  ),
  'an account with people at risk': withDefaults(plantRisks),
  'an account without a complete administrator': withDefaults(plantIncomplete),
};

/** Every answer that can be given to a question by choosing. */
const listValues = (question: Question): readonly AnswersFile[string][string][] => {
  if (question.kind === 'confirm') return [true, false];
  if (question.kind === 'choice') return question.options.map(({ value }) => value);
  return question.kind === 'choices' ? question.options.map(({ value }) => [value]) : [];
};

/** The owner's answers, and the same with one answer changed to each other one in turn. */
const listVariants = (
  answers: AnswersFile[string],
  questions: Readonly<Record<string, Question>>,
): readonly AnswersFile[string][] => [
  answers,
  ...Object.entries(questions).flatMap(([name, question]) =>
    listValues(question).map((value) => ({ ...answers, [name]: value })),
  ),
];

/** Runs a step with some answers, and says whether it did anything and what is found now. */
const carryOut = async ({ start }: Account, id: string, answers: AnswersFile[string]) => {
  const step = findStep(id);
  const practiceRun = await start();
  const { said } = await runScripted(practiceRun, { steps: [step], answers: { [id]: answers } });
  const { finding } = await checkIn(step, await resumeRun(practiceRun));
  return { finding, said, hasActed: listChanges(practiceRun).length > 0 };
};

describe.each(Object.entries(accounts))('in %s', (_name, account) => {
  it.each(allSteps.map(({ id }) => id))(
    'what the step %s found does not stand after anything that the owner chose was carried out, and its remedy can be',
    async (id) => {
      const step = findStep(id);
      const practiceRun = await account.start();
      const { finding } = await checkIn(step, practiceRun);
      const variants =
        finding.status === 'unmet'
          ? listVariants(await account.answers(id, practiceRun), step.questions(finding.facts))
          : [];
      const standing: string[] = [];
      let hasRemedy = !finding.remedy?.includes('Run the setup');
      for (const answers of variants) {
        const { finding: after, said, hasActed } = await carryOut(account, id, answers);
        const isSame = after.summary === finding.summary;
        if (hasActed && isSame) standing.push(`${JSON.stringify(answers)}\n${said}`);
        hasRemedy ||= !isSame;
      }
      expect(standing, reasonOf(finding)).toEqual([]);
      expect(hasRemedy, reasonOf(finding)).toBe(true);
    },
  );
});
