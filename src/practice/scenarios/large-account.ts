import { randomBase32 } from '../operation.ts';
import { groupIn, userIn } from './scenarios.ts';
import type { World } from '../world/world.ts';

/** How much there is of what in a large account. */
export type Size = { users?: number; groups?: number; devices?: number; topics?: number; alarms?: number };

const numbered = <T>(count: number | undefined, make: (name: string) => T, stem: string): T[] =>
  Array.from({ length: count ?? 0 }, (_, index) => make(`${stem}-${String(index + 1).padStart(4, '0')}`));

/** An account with more of everything than fits on a page. */
export const large = (world: World, size: Size): World => {
  const { createdAt, id } = world.account;
  const sns = (name: string) => `arn:aws:sns:us-east-1:${id}:${name}`;
  return {
    ...world,
    users: numbered(size.users, (name) => userIn(world, name), 'user'),
    groups: numbered(size.groups, (name) => groupIn(world, name), 'group'),
    devices: numbered(
      size.devices,
      (name) => ({ serial: `arn:aws:iam::${id}:mfa/${name}`, seed: randomBase32(64), createdAt }),
      'device',
    ),
    topics: numbered(size.topics, (name) => ({ arn: sns(name), attributes: {}, tags: [] }), 'topic'),
    alarms: numbered(size.alarms, (name) => alarmOn(world, name), 'alarm'),
  };
};

const alarmOn = ({ account }: World, name: string): World['alarms'][number] => ({
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
