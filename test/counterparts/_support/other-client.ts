import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { python } from './install-moto.ts';
import type { FreshAccount } from './moto.ts';

/** A call as boto3 names it: `{ service: 'iam', call: 'create_user', with: { UserName: 'jo' } }`. */
export type OtherCall = { service: string; call: string; with: object };

/** A client of AWS that shares nothing with the program: boto3. */
export type OtherClient = {
  /** Makes the calls one after the other, and returns their answers; fails with the first that fails. */
  make(calls: readonly OtherCall[]): Promise<readonly unknown[]>;
  stop(): void;
};

const script = fileURLToPath(new URL('other_client.py', import.meta.url));

/** Starts one in an account of moto; `url` is moto or something in front of it. */
export const startOtherClient = (account: FreshAccount, url: string): OtherClient => {
  const child = spawn(python, [script], {
    env: {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: account.accessKeyId,
      AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
      AWS_DEFAULT_REGION: 'us-east-1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const make = async (call: OtherCall): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(call)}\n`);
    const { value } = await lines.next();
    const said = JSON.parse(String(value)) as { answer?: unknown; error?: string };
    if (said.error !== undefined) throw new Error(`${call.service}:${call.call}: ${said.error}`);
    return said.answer;
  };
  return {
    make: async (calls) => {
      const answers: unknown[] = [];
      for (const call of calls) answers.push(await make(call));
      return answers;
    },
    stop: () => child.stdin.end(),
  };
};
