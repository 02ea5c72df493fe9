import { describe, expect, it } from 'vitest';
import {
  checkIn,
  findStep,
  listChanges,
  runScripted,
  startPracticeRun,
} from '../../_support/practice-run.ts';
import { accountWith, plantTopic, publishCharges, topicIn } from '../../_support/practice-worlds.ts';

const step = findStep('billing-alarm');

const scenario = accountWith((world) => {
  publishCharges(world);
  plantTopic(world, 'alpha', true);
  plantTopic(world, 'beta', true);
});

const warnedThrough = async (answers: Readonly<Record<string, string>>) => {
  const practiceRun = await startPracticeRun({ scenario });
  await runScripted(practiceRun, { steps: [step], answers: { 'billing-alarm': answers } });
  const actions = listChanges(practiceRun).flatMap(({ operation, input }) =>
    operation === 'cloudwatch:PutMetricAlarm' && 'AlarmActions' in input ? [input.AlarmActions] : [],
  );
  return [...new Set(actions.map((topics) => String(topics)))];
};

describe('several amounts', () => {
  it('are proven through the alarm at the lowest', async () => {
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    const plan = step.plan(finding.facts, { topic: 'alpha', amounts: '100, 9, 20' });
    const set = plan
      .flatMap(({ calls }) => calls)
      .flatMap(({ operation, input }) =>
        operation === 'cloudwatch:SetAlarmState' && 'AlarmName' in input ? [input.AlarmName] : [],
      );
    expect([...new Set(set)]).toEqual(['aws-first-steps-billing-9-usd']);
  });
});

describe('where two topics already mail to somebody', () => {
  it.each(['alpha', 'beta'])('the alarms publish to the chosen one: %s', async (topic) => {
    expect(await warnedThrough({ topic, amounts: '10' })).toEqual([topicIn(scenario, topic)]);
  });

  it('a new one is made if that was chosen', async () => {
    expect(await warnedThrough({ topic: 'new', email: 'jo@example.com', amounts: '10' })).toEqual([
      topicIn(scenario, 'aws-first-steps-billing'),
    ]);
  });
});
