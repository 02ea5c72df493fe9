import { describe, expect, it } from 'vitest';
import { isRead } from '../../src/aws/account.ts';
import { expiredToken, type Faults } from '../../src/practice/faults.ts';
import { Refusal } from '../../src/practice/refusal.ts';
import { steps } from '../../src/steps/index.ts';
import { essence, play, rehearse, resumed, stepNamed, type Rehearsal } from '../rehearse.ts';
import { clueless, ending, type Attempt } from './attempt.ts';
import { tryAll } from './try-all.ts';

const failure = () => new Refusal('InternalFailure', 500, 'The request processing has failed');
const revocation = () =>
  new Refusal('InvalidClientTokenId', 403, 'The security token included in the request is invalid');

/** From the first call of an operation on, every call is answered like this. */
const fromThenOn = (operation: string, answer: () => Error): Faults => {
  let begun = false;
  return {
    answer: (called) => {
      begun ||= called === operation;
      return begun ? answer() : undefined;
    },
  };
};

/** What can go wrong in the middle of a step, and what the owner is told; nothing where the SDK gets over it. */
type Trial = { says?: RegExp; codes: readonly unknown[]; faults: (operation: string) => Faults };

const trials: Readonly<Record<string, Trial>> = {
  'a 500, twice': {
    codes: [0],
    faults: (operation) => ({
      answer: (called, nth) => (called === operation && nth < 3 ? failure() : undefined),
    }),
  },
  'a 500 for good': {
    says: /the fault is on its side/,
    // The step is left to do where AWS can still be asked about it, and not known where it cannot.
    codes: [1, 2],
    faults: (operation) => ({ answer: (called) => (called === operation ? failure() : undefined) }),
  },
  'an expired session': {
    says: /The session has expired\./,
    codes: [2],
    faults: (operation) => fromThenOn(operation, expiredToken),
  },
  'a revoked key': {
    says: /does not accept these credentials|does not let this session call IAM/,
    codes: [2],
    faults: (operation) => fromThenOn(operation, revocation),
  },
};

const attempt = async (rehearsal: Rehearsal, id: string): Promise<Attempt> => {
  const lines: string[] = [];
  return ending(async () => {
    const played = await play(rehearsal, { steps: [stepNamed(id)] });
    lines.push(played.said);
    return played.code;
  }, lines);
};

const undisturbed = async (id: string) => {
  const rehearsal = await rehearse();
  await play(rehearsal, { steps: [stepNamed(id)] });
  return {
    operations: [...new Set(rehearsal.practice.log.map(({ operation }) => operation))],
    end: essence(rehearsal),
  };
};

/** Reads without which a step can still come to a good end. */
const mayDoWithout = (operation: string) => isRead(operation);

describe.each(steps.map(({ id }) => id))('%s', (id) => {
  it.each(Object.entries(trials))(
    'gets over, or says in words, %s',
    async (what, { says, codes, faults }) => {
      const { operations, end } = await undisturbed(id);
      const failures = await tryAll(`${id}, ${what}, practice`, operations, async (operation) => {
        const rehearsal = await rehearse({ faults: faults(operation) });
        const { code, said } = await attempt(rehearsal, id);
        if (clueless.test(said)) return said.slice(-600);
        if (!codes.includes(code) && !(code === 0 && mayDoWithout(operation))) return `ended with ${code}`;
        if (code === 0) expect(essence(rehearsal)).toEqual(end);
        else if (says && !says.test(said)) return `did not say why:\n${said.slice(-600)}`;
        const again = await resumed(rehearsal);
        const last = await attempt(again, id);
        expect(last.code, last.said.slice(-600)).toBe(0);
        expect(essence(again)).toEqual(end);
        return undefined;
      });
      expect(failures).toEqual([]);
    },
  );
});
