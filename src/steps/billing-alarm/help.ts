import type { StepHelp } from '../../core/step.ts';
import { ourAlarmNamePrefix } from './alarms.ts';
import { billingTopicName } from './facts.ts';
import { explainWords } from '../shared/words.ts';

/** What the owner reads who asks for help with the billing alarm. */
export const billingAlarmHelp: StepHelp = {
  words: [
    ...explainWords('CloudWatch alarm', 'metric', 'SNS topic', 'Region', 'us-east-1'),
    {
      word: 'fire drill',
      meaning:
        'A test: the alarm goes off once although nothing is wrong, and the words in its mail prove that it reaches you.',
    },
  ],
  ifSkipped:
    'A forgotten server or a stolen password can run up a large bill before you see it at the end of the month.',
  // AWS keeps collecting the figures for good (CloudWatch User Guide, "Create a billing alarm", "Enabling billing alerts").
  undo: `In us-east-1, delete the alarms "${ourAlarmNamePrefix}..." in the CloudWatch console and the topic "${billingTopicName}" in the SNS console. Billing alerts stay on, because AWS has no way to turn them off. Repairs to an alarm or topic that you had before are listed in journal.jsonl, call by call: set it back in its console.`,
  url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html',
};
