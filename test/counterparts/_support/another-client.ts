import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { python } from './install-moto.ts';

/**
 * A call that the other client makes: the service and the operation as AWS names them. `{ $from: [0, 'User', 'Arn'] }` in
 * the input is what the first call of the list was answered.
 */
export type ForeignCall = readonly [service: string, operation: string, input: object, region?: string];

// moto takes the account from the header, so that one client of each service does for all accounts.
const program = `
import functools, json, sys
import boto3
from botocore import xform_name
from botocore.config import Config

url, current = sys.argv[1], {}

def in_account(params, **_):
    params["headers"]["x-moto-account-id"] = current["account"]

@functools.cache
def client(service, region):
    made = boto3.client(
        service,
        endpoint_url=url,
        region_name=region,
        aws_access_key_id="another",
        aws_secret_access_key="client",
        config=Config(retries={"total_max_attempts": 1}),
    )
    made.meta.events.register("before-call", in_account)
    return made

def resolve(value, answers):
    if isinstance(value, dict):
        if "$from" in value:
            return functools.reduce(lambda found, key: found[key], value["$from"], answers)
        return {key: resolve(one, answers) for key, one in value.items()}
    if isinstance(value, list):
        return [resolve(one, answers) for one in value]
    return value

for line in sys.stdin:
    request, answers = json.loads(line), []
    current["account"] = request["account"]
    try:
        for service, operation, given, *region in request["calls"]:
            call = getattr(client(service, *(region or ["us-east-1"])), xform_name(operation))
            answers.append(call(**resolve(given, answers)))
        print(json.dumps({"answers": answers}, default=str), flush=True)
    except Exception as error:  # Also what boto3 makes of the error pages of moto.
        print(json.dumps({"error": f"{operation}: {error}"}), flush=True)
`;

/** boto3, AWS's SDK for Python: another client than the program's own, which knows nothing of the program. */
export type AnotherClient = {
  /** Makes the calls in an account, one after the other, and returns what each was answered. */
  call(account: string, calls: readonly ForeignCall[]): Promise<readonly unknown[]>;
  stop(): void;
};

type Reply = { answers: readonly unknown[] } | { error: string };

/** Starts boto3 in a process of its own. What it is asked to do, it does in turn. */
export const startAnotherClient = (url: string): AnotherClient => {
  const child = spawn(python, ['-c', program, url], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void }[] = [];
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line) as Reply));
  let hasEnded = false;
  child.once('close', () => {
    hasEnded = true;
    for (const one of waiting) one.reject(new Error('the other client has ended'));
  });
  return {
    call: async (account, calls) => {
      if (hasEnded) throw new Error('the other client has ended');
      const reply = new Promise<Reply>((resolve, reject) => waiting.push({ resolve, reject }));
      child.stdin.write(`${JSON.stringify({ account, calls })}\n`);
      const got = await reply;
      if ('error' in got) throw new Error(got.error);
      return got.answers;
    },
    stop: () => child.stdin.end(),
  };
};
