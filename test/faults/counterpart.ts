import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { estimatedCharges } from '../../src/steps/billing-alarms.ts';
import { startMoto, type FreshAccount, type Moto } from '../counterparts/moto.ts';

/** The answers with which the three unattended steps come to their end. */
export const answers = {
  groups: {
    scope: 'teams',
    teams: ['developers', 'billing'],
    'own-team': 'data-science',
    'own-team-like': 'read-only',
    'require-mfa': true,
  },
  'password-policy': { length: 16 },
  'billing-alarm': { email: 'maria@example.com', amounts: '5, 20' },
};

/** The steps that can be carried out without a person. */
export const unattended: readonly string[] = Object.keys(answers);

/** What the SDK needs to sign in to an account of moto. */
export const credentialsIn = ({ accessKeyId, secretAccessKey }: FreshAccount) => ({
  accessKeyId,
  secretAccessKey,
});

/** The same as the environment of a program. */
export const environmentIn = (url: string, account: FreshAccount): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: account.accessKeyId,
  AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** Publishes the account's bill, as AWS does once billing alerts are on: without it no billing alarm is ever done. */
const publishBill = async (url: string, account: FreshAccount): Promise<void> => {
  const { Namespace, MetricName, Dimensions } = estimatedCharges;
  const client = new CloudWatchClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: credentialsIn(account),
  });
  await client.send(
    new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName, Dimensions, Value: 0 }] }),
  );
  client.destroy();
};

/** A moto server whose accounts have billing alerts on. */
export const startCounterpart = async (): Promise<Moto> => {
  const moto = await startMoto();
  return {
    ...moto,
    freshAccount: async () => {
      const account = await moto.freshAccount();
      await publishBill(moto.url, account);
      return account;
    },
  };
};
