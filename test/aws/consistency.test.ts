import { IAMServiceException } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { consistencyDelays, retryUntilConsistent } from '../../src/aws/consistency.ts';
import type { Clock } from '../../src/lib/clock.ts';

const failing = (name: string) => new IAMServiceException({ name, $fault: 'client', $metadata: {} });

/** Sends a call that fails so often, and says how long was waited in between. */
const send = async (failures: number, error: Error) => {
  const slept: number[] = [];
  const clock: Clock = {
    now: () => new Date(0),
    sleep: (pause) => {
      slept.push(pause);
      return Promise.resolve();
    },
  };
  let calls = 0;
  const answer = await retryUntilConsistent(clock, () => {
    calls += 1;
    return calls > failures ? Promise.resolve('done') : Promise.reject(error);
  }).catch((failure: unknown) => failure);
  return { answer, calls, slept };
};

describe('a call about what was changed a moment ago', () => {
  const notThere = failing('NoSuchEntityException');

  it('is made once where it succeeds', async () => {
    expect(await send(0, notThere)).toEqual({ answer: 'done', calls: 1, slept: [] });
  });

  it('is made again, later and later, until the change is visible', async () => {
    expect(await send(3, notThere)).toEqual({
      answer: 'done',
      calls: 4,
      slept: consistencyDelays.slice(0, 3),
    });
    expect(consistencyDelays.toSorted((one, other) => one - other)).toEqual(consistencyDelays);
  });

  it('fails as AWS answers it in the end', async () => {
    const { answer, calls, slept } = await send(100, notThere);
    expect(answer).toBe(notThere);
    expect(calls).toBe(consistencyDelays.length + 1);
    expect(slept).toEqual(consistencyDelays);
  });

  it.each(['AccessDenied', 'EntityAlreadyExists', 'Throttling'])(
    'is not made again after %s',
    async (name) => {
      const refusal = failing(name);
      expect(await send(1, refusal)).toEqual({ answer: refusal, calls: 1, slept: [] });
    },
  );
});
