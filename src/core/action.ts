import type { Clock } from '../lib/clock.ts';
import type { Dialogue } from './dialogue.ts';
import type { AttestationStore } from './attestation.ts';
import type { AwsClients, AwsCall } from '../aws/clients.ts';
import { retryUntilConsistent } from '../aws/consistency.ts';
import { getAttempts, isAlreadyThere, isGone, undefinedIf } from '../aws/errors/codes.ts';
import { isRemoval } from '../aws/operation-name.ts';
import type { ServiceInput, ServiceName } from '../aws/services.ts';

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
  /** It needs a person who scans, types and notes. Where nobody is there, nothing of the plan is begun. */
  requiresPerson?: true;
  /** Performed when every other step is over: it ends the credentials that the program itself runs on. */
  deferred?: true;
  perform(context: ActionContext): Promise<void>;
};

type SendableCommand<Input extends object> = { input: Input; schema?: unknown };

/** The call that an SDK command makes. The name comes from the command's schema: class names do not survive bundling. */
export const toAwsCall = (service: string, command: SendableCommand<object>): AwsCall => {
  const name = Array.isArray(command.schema)
    ? String(command.schema[2])
    : command.constructor.name.replace(/Command$/, '');
  return { operation: `${service}:${name}`, input: command.input };
};

/**
 * An answer to a repeated call that says that the change is there: an earlier attempt got through, and only its answer
 * was lost. Where the first attempt is answered like that, somebody else has made the change, so the error is thrown.
 */
const isDoneByEarlierAttempt = (call: AwsCall, error: unknown): boolean =>
  getAttempts(error) > 1 && (isRemoval(call.operation) ? isGone : isAlreadyThere)(error);

/** The action that sends one command: `call('iam', new CreateGroupCommand({ GroupName }), 'make the group')`. */
export const call = <Name extends ServiceName>(
  service: Name,
  command: SendableCommand<Extract<ServiceInput<Name>, object>>,
  why: string,
): Action => {
  const planned = toAwsCall(service, command);
  return {
    why,
    calls: [planned],
    perform: async ({ aws, clock }) => {
      // The type of the command has been checked; which client it belongs to is known only when the program runs.
      const client = aws[service] as { send: (sent: unknown) => Promise<unknown> };
      // Judged before it is sent again: a new command would count its attempts from one.
      const send = () => undefinedIf((error) => isDoneByEarlierAttempt(planned, error), client.send(command));
      await retryUntilConsistent(clock, send);
    },
  };
};
