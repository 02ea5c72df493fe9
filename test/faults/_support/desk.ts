import type { Clock } from '../../../src/lib/clock.ts';
import type { ScriptedDesk } from '../../../src/ui/practice/desk.ts';
import { codeOf } from '../../terminal/_support/phone.ts';

/** Somebody with a phone that is not the program's own, and with no mailbox. */
export const deskAt = (clock: Clock): ScriptedDesk => {
  let secret = '';
  return {
    email: 'maria@example.com',
    performTask: () => undefined,
    findMail: () => undefined,
    phone: {
      scan: (uri) => {
        secret = new URL(uri).searchParams.get('secret') ?? '';
      },
      codes: () => {
        const window = Math.floor(clock.now().getTime() / 30_000);
        return [codeOf(secret, window - 1), codeOf(secret, window)];
      },
    },
  };
};
