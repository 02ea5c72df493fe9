import type { ServiceInputTypes as BudgetsInput } from '@aws-sdk/client-budgets';
import type { ServiceInputTypes as CloudWatchInput } from '@aws-sdk/client-cloudwatch';
import type { ServiceInputTypes as IamInput } from '@aws-sdk/client-iam';
import type { ServiceInputTypes as SnsInput } from '@aws-sdk/client-sns';
import type { Clock } from '../lib/clock.ts';
import type { Dialogue } from './dialogue.ts';
import type { AttestationStore } from './attestation.ts';
import type { AwsClients, AwsCall } from '../aws/clients.ts';
import type { ServiceInputTypes as BillingInput } from '../aws/json/billing.ts';
import { getAttempts, getErrorCode, retryUntilConsistent } from '../aws/consistency.ts';
import { isRemoval } from '../aws/operation-name.ts';

/** What an action works with. */
export type ActionContext = {
  aws: AwsClients;
  dialogue: Dialogue;
  clock: Clock;
  attestations: AttestationStore;
};

/** One line of a plan and the only thing that changes an account: what it shows is what it does. */
export type Action = {
  why: string;
  /** The changing calls that it makes, in order; secrets in their inputs are left out. Reads are not listed. */
  calls: readonly AwsCall[];
  /** Operations that it makes only if the owner asks for them while it is performed, or to clean up after what failed. */
  optionalPermissions?: readonly string[];
  /** It asks the owner while it is performed, so nothing else may be drawn over it. */
  usesDialogue?: true;
  /** It cannot be done without a person who scans, types and notes: nothing of the plan is begun where nobody is. */
  requiresPerson?: true;
  /** To be done when every other step is over: it ends the credentials that the program itself runs on. */
  deferred?: true;
  perform(hands: ActionContext): Promise<void>;
};

type CommandSender = { send: (command: never) => Promise<unknown> };
type SendableCommand = { input: object; schema?: unknown };

/** The call that an SDK command makes. The name comes from the command's schema: class names do not survive bundling. */
export const toAwsCall = (service: string, command: SendableCommand): AwsCall => {
  const name = Array.isArray(command.schema)
    ? String(command.schema[2])
    : command.constructor.name.replace(/Command$/, '');
  return { operation: `${service}:${name}`, input: command.input };
};

/**
 * An answer that says that the change is there: a first attempt of ours got through and only its answer was lost.
 * The same answer to a first attempt is not ours to explain, so it is thrown.
 */
const isDoneByEarlierAttempt = (call: AwsCall, error: unknown): boolean =>
  getAttempts(error) > 1 &&
  (isRemoval(call.operation) ? ['NoSuchEntity'] : ['EntityAlreadyExists', 'DuplicateRecord']).includes(
    getErrorCode(error) ?? '',
  );

const createSendAction = (
  service: string,
  client: (aws: AwsClients) => CommandSender,
  command: SendableCommand,
  why: string,
): Action => {
  const call = toAwsCall(service, command);
  return {
    why,
    calls: [call],
    perform: async ({ aws, clock }) => {
      // Judged before it is sent anew: of that, nobody could tell any more that an earlier attempt had got through.
      const send = () =>
        client(aws)
          .send(command as never)
          .catch((error: unknown) => {
            if (!isDoneByEarlierAttempt(call, error)) throw error;
          });
      await retryUntilConsistent(clock, send);
    },
  };
};

/** The action that sends one IAM command. */
export const iam = (command: { input: IamInput }, why: string): Action =>
  createSendAction('iam', (aws) => aws.iam, command, why);

/** The action that sends one SNS command. */
export const sns = (command: { input: SnsInput }, why: string): Action =>
  createSendAction('sns', (aws) => aws.sns, command, why);

/** The action that sends one CloudWatch command. */
export const cloudwatch = (command: { input: CloudWatchInput }, why: string): Action =>
  createSendAction('cloudwatch', (aws) => aws.cloudwatch, command, why);

/** The action that sends one command of AWS Billing. */
export const billing = (command: { input: BillingInput }, why: string): Action =>
  createSendAction('billing', (aws) => aws.billing, command, why);

/** The action that sends one Budgets command. */
export const budgets = (command: { input: BudgetsInput }, why: string): Action =>
  createSendAction('budgets', (aws) => aws.budgets, command, why);
