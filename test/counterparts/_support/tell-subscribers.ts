import type { ProxiedCall, Disturbance } from '../../_support/aws-proxy.ts';

type Body = { BudgetName?: string; Budget?: { BudgetName: string }; Notification?: object };
type Sent = { Notification: object; Subscribers: readonly object[] };

const sameFields = (one: object, other: object) =>
  Object.entries(one).every(([name, value]) => Reflect.get(other, name) === value);

/** moto has no call that tells who gets a notification; this tells what has gone by in CreateBudget. */
export const tellSubscribers = (): Disturbance => {
  const seen = new Map<string, readonly Sent[]>();
  const read = ({ body }: ProxiedCall) =>
    JSON.parse(body) as Body & { NotificationsWithSubscribers?: readonly Sent[] };
  return (call) => {
    if (call.operation === 'budgets:CreateBudget') {
      const { Budget, NotificationsWithSubscribers = [] } = read(call);
      seen.set(Budget?.BudgetName ?? '', NotificationsWithSubscribers);
    }
    if (call.operation !== 'budgets:DescribeSubscribersForNotification') return undefined;
    const { BudgetName = '', Notification = {} } = read(call);
    const { Subscribers = [] } =
      seen.get(BudgetName)?.find((one) => sameFields(Notification, one.Notification)) ?? {};
    return ({ reply }) =>
      reply({
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({ Subscribers }),
      });
  };
};
