import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createInterface } from 'node:readline';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { python } from './install-moto.ts';

/** An account in moto and a key to it, or to a session of a role in it. */
export type FreshAccount = {
  accountId: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
};

/** What the SDK needs to sign in to an account of moto. */
export const credentialsIn = ({ accessKeyId, secretAccessKey, sessionToken }: FreshAccount) => ({
  accessKeyId,
  secretAccessKey,
  ...(sessionToken && { sessionToken }),
});

/** A running moto server. */
export type Moto = {
  url: string;
  /** Makes an account of its own, so that tests cannot disturb one another. */
  freshAccount(): Promise<FreshAccount>;
  stop(): Promise<void>;
};

/**
 * The user that every fresh account has, since moto has no root user to begin with. It holds no permission, which moto
 * does not ask for: an administrator with an access key would be a finding of its own.
 */
export const bootstrapUser = 'bootstrap';

// The server ends when its input does, so that it cannot outlive the tests even if they are killed.
//
// moto answers GetAccountAuthorizationDetails with every policy of AWS's own, AWS only with those in use
// (recorded for LocalStack's test_iam_account_authorization_details, 2026-02-17). So these accounts do as AWS does.
const server = `
import json, os, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from moto.iam import models
names = json.loads(os.environ["MANAGED_POLICIES"])
if names is not None:
    everything = json.loads(models.aws_managed_policies_data)
    models.aws_managed_policies_data = json.dumps({name: everything[name] for name in names})
from moto.server import main

answer_everything = models.IAMBackend.get_account_authorization_details

def only_what_is_used(self, policy_filter):
    details = answer_everything(self, policy_filter)
    holders = [*self.users.values(), *self.roles.values()]
    boundaries = {getattr(holder, 'permissions_boundary_arn', None) for holder in holders}
    used = lambda policy: policy.attachment_count > 0 or policy.arn in boundaries
    is_answered = lambda policy: not isinstance(policy, models.AWSManagedPolicy) or used(policy)
    return {**details, 'managed_policies': [policy for policy in details['managed_policies'] if is_answered(policy)]}

models.IAMBackend.get_account_authorization_details = only_what_is_used
main(sys.argv[1:])
`;

const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/;

const isRequest = (request: unknown): request is { headers: Record<string, string> } =>
  typeof request === 'object' && request !== null && 'headers' in request;

/** A client that acts in `accountId` whatever its credentials are: moto takes the account from this header. */
const clientIn = (accountId: string, url: string): IAMClient => {
  const client = new IAMClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bootstrap', secretAccessKey: 'bootstrap' },
  });
  client.middlewareStack.add(
    (next) => (args) => {
      if (isRequest(args.request)) args.request.headers['x-moto-account-id'] = accountId;
      return next(args);
    },
    { step: 'build', name: 'moto-account' },
  );
  return client;
};

const freshAccount = async (url: string): Promise<FreshAccount> => {
  const accountId = String(randomInt(1e11, 2e11));
  const iam = clientIn(accountId, url);
  const user = { UserName: bootstrapUser };
  await iam.send(new CreateUserCommand(user));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand(user));
  iam.destroy();
  return {
    accountId,
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
};

/**
 * Starts a moto server on a free port and waits until it answers. With only some of AWS's managed policies, an account is
 * made in milliseconds: all 1,500 of them take seconds, and are in every answer about users and groups.
 */
export const startMoto = async ({
  managedPolicies,
}: { managedPolicies?: readonly string[] } = {}): Promise<Moto> => {
  const child = spawn(python, ['-c', server, '-H', '127.0.0.1', '-p', '0'], {
    env: {
      ...process.env,
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      MANAGED_POLICIES: JSON.stringify(managedPolicies ?? null),
    },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const url = await new Promise<string>((resolve, reject) => {
    const said: string[] = [];
    child.once('error', reject);
    child.once('close', () => reject(new Error(`moto did not start:\n${said.join('\n')}`)));
    createInterface(child.stderr).on('line', (line) => {
      said.push(line);
      const found = address.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  return {
    url,
    freshAccount: () => freshAccount(url),
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
};
