import { generateBase32 } from '../operation.ts';
import { createScenarioGroup, createScenarioUser } from './scenarios.ts';
import type { World } from '../world/world.ts';

export type LargeAccountSize = {
  users?: number;
  groups?: number;
  devices?: number;
  topics?: number;
  alarms?: number;
};

const createNumberedItems = <T>(count: number | undefined, make: (name: string) => T, stem: string): T[] =>
  Array.from({ length: count ?? 0 }, (_, index) => make(`${stem}-${String(index + 1).padStart(4, '0')}`));

/** An account that has more of everything than fits on one page of a list. */
export const createLargeAccount = (world: World, size: LargeAccountSize): World => {
  const { createdAt, id } = world.account;
  const sns = (name: string) => `arn:aws:sns:us-east-1:${id}:${name}`;
  return {
    ...world,
    users: createNumberedItems(size.users, (name) => createScenarioUser(world, name), 'user'),
    groups: createNumberedItems(size.groups, (name) => createScenarioGroup(world, name), 'group'),
    devices: createNumberedItems(
      size.devices,
      (name) => ({ serial: `arn:aws:iam::${id}:mfa/${name}`, seed: generateBase32(64), createdAt }),
      'device',
    ),
    topics: createNumberedItems(
      size.topics,
      (name) => ({ arn: sns(name), attributes: {}, tags: [] }),
      'topic',
    ),
    alarms: createNumberedItems(size.alarms, (name) => createSampleAlarm(world, name), 'alarm'),
  };
};

const createSampleAlarm = ({ account }: World, name: string): World['alarms'][number] => ({
  arn: `arn:aws:cloudwatch:us-east-1:${account.id}:alarm:${name}`,
  configuredAt: account.createdAt,
  settings: {
    AlarmName: name,
    Namespace: 'Example',
    MetricName: 'Errors',
    Dimensions: [],
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    ActionsEnabled: true,
    AlarmActions: [],
    OKActions: [],
    InsufficientDataActions: [],
  },
  tags: [],
  state: { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', at: account.createdAt },
});
