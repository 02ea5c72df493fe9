import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import { GetSMSSandboxAccountStatusCommand } from '@aws-sdk/client-sns';
import { GetAccountInformationCommand } from '@aws-sdk/client-account';
import * as budgets from '@aws-sdk/client-budgets';
import {
  GetBillingPreferencesCommand,
  UpdateBillingPreferencesCommand,
} from '../../../src/aws/json/billing.ts';
import { GetAccountPlanStateCommand } from '../../../src/aws/json/freetier.ts';
import type { Clause } from './contract.ts';

const Notification: budgets.Notification = {
  NotificationType: 'ACTUAL',
  ComparisonOperator: 'GREATER_THAN',
  Threshold: 80,
};
const Subscriber: budgets.Subscriber = { SubscriptionType: 'EMAIL', Address: 'maria@example.com' };

const numberIn = (topic: string) => topic.split(':')[4] ?? '';

const ofBudget = (topic: string) => ({ AccountId: numberIn(topic), BudgetName: 'month', Notification });

/** Calls that no emulator answers; they are made where the budget of the other clauses is there. */
export const unknownClauses: readonly Clause[] = [
  { name: 'the name of the account', call: (aws) => aws.account.send(new GetAccountInformationCommand({})) },
  { name: 'the plan of the account', call: (aws) => aws.freetier.send(new GetAccountPlanStateCommand({})) },
  {
    name: 'the billing preferences',
    call: (aws) => aws.billing.send(new GetBillingPreferencesCommand({ features: ['BILLING_ALERTS'] })),
  },
  {
    name: 'turning on a billing preference',
    call: (aws) =>
      aws.billing.send(
        new UpdateBillingPreferencesCommand({
          feature: 'BILLING_ALERTS',
          billingPreferencesPerKey: [{ key: 'cloudwatch', value: 'ENABLED' }],
        }),
      ),
  },
  {
    name: 'the history of an alarm',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.DescribeAlarmHistoryCommand({ AlarmName: 'bill' })),
  },
  {
    name: 'a mute rule',
    call: (aws) =>
      aws.cloudwatch.send(new cloudwatch.GetAlarmMuteRuleCommand({ AlarmMuteRuleName: 'quiet' })),
  },
  {
    name: 'changing a mute rule',
    call: (aws) =>
      aws.cloudwatch.send(
        new cloudwatch.PutAlarmMuteRuleCommand({
          Name: 'quiet',
          Rule: { Schedule: { Expression: 'cron(0 20 * * *)', Duration: 'PT12H' } },
          MuteTargets: { AlarmNames: ['other'] },
        }),
      ),
  },
  {
    name: 'deleting a mute rule',
    call: (aws) =>
      aws.cloudwatch.send(new cloudwatch.DeleteAlarmMuteRuleCommand({ AlarmMuteRuleName: 'quiet' })),
  },
  {
    name: 'the mute rules',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.ListAlarmMuteRulesCommand({})),
  },
  {
    name: 'the SMS sandbox',
    call: (aws) => aws.sns.send(new GetSMSSandboxAccountStatusCommand({})),
  },
  {
    name: 'the subscribers of a notification',
    call: (aws, topic) =>
      aws.budgets.send(new budgets.DescribeSubscribersForNotificationCommand(ofBudget(topic))),
  },
  {
    name: 'adding a subscriber to a notification',
    call: (aws, topic) =>
      aws.budgets.send(new budgets.CreateSubscriberCommand({ ...ofBudget(topic), Subscriber })),
  },
  {
    name: 'changing a budget',
    call: (aws, topic) =>
      aws.budgets.send(
        new budgets.UpdateBudgetCommand({
          AccountId: numberIn(topic),
          NewBudget: {
            BudgetName: 'month',
            BudgetType: 'COST',
            TimeUnit: 'MONTHLY',
            BudgetLimit: { Amount: '20', Unit: 'USD' },
          },
        }),
      ),
  },
];
