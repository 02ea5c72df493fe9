import { BudgetsClient } from '@aws-sdk/client-budgets';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { SNSClient } from '@aws-sdk/client-sns';
import { runProgram } from '../../terminal/_support/program.ts';
import { bootstrapUser, type FreshAccount } from './moto.ts';

/** What the program finds around it when it is to work in `account`; `url` is moto or something in front of it. */
export const environment = ({ accessKeyId, secretAccessKey }: FreshAccount, url: string) => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_EC2_METADATA_DISABLED: 'true',
  // The profile of whoever runs the tests may name another one.
  AWS_REGION: 'us-east-1',
});

/** Clients of the test's own, which know nothing of the program. */
export const clients = (credentials: FreshAccount, endpoint: string) => {
  const config = { endpoint, region: 'us-east-1', credentials };
  return {
    iam: new IAMClient(config),
    sns: new SNSClient(config),
    cloudwatch: new CloudWatchClient(config),
    budgets: new BudgetsClient(config),
  };
};

/** Makes the user with whom an account of moto begins an administrator. */
export const makeAdministrator = async (account: FreshAccount, url: string): Promise<void> => {
  const { iam } = clients(account, url);
  const group = { GroupName: 'Bootstrap' };
  await iam.send(new CreateGroupCommand(group));
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new AttachGroupPolicyCommand({ ...group, PolicyArn }));
  await iam.send(new AddUserToGroupCommand({ ...group, UserName: bootstrapUser }));
};

const statusesIn = (stdout: string): Record<string, string> => {
  const { steps } = JSON.parse(stdout) as { steps: readonly { id: string; status: string }[] };
  return Object.fromEntries(steps.map(({ id, status }) => [id, status]));
};

/** The status of every step, by its id, as `verify` tells it. */
export const verify = async (
  account: FreshAccount,
  url: string,
  home: string,
): Promise<Record<string, string>> => {
  const args = ['verify', '--home', home, '--format', 'json'];
  return statusesIn((await runProgram(args, { env: environment(account, url) })).stdout);
};
