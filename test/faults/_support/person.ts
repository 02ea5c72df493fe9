import { lastTwoCodes } from '../../terminal/_support/phone.ts';
import { personAtScreen, type Person } from '../../terminal/_support/person.ts';
import type { Terminal } from '../../terminal/_support/terminal.ts';
import { secretOn } from '../../terminal/_support/step-answers.ts';

type Manner = { words: string; act: (seat: Person) => void | Promise<void> };

const pressEnter = (words: string): Manner => ({ words, act: (seat) => seat.confirm() });

const typeCode = (words: string, which: 0 | 1): Manner => ({
  words,
  act: (seat) => seat.answer(lastTwoCodes(secretOn(seat))[which]),
});

/** How somebody answers who wants an administrator and takes what is proposed, in whatever order they are asked. */
const manners: readonly Manner[] = [
  pressEnter('Is this the account'),
  pressEnter('Who is the daily administrator?'),
  pressEnter('User name'),
  pressEnter('Go ahead?'),
  typeCode('First code', 0),
  typeCode('Second code', 1),
  { words: 'Have you stored the password?', act: (seat) => seat.sayYes() },
  pressEnter('Go on?'),
];

const askedIn = (text: string) => manners.find(({ words }) => text.includes(`? ${words}`));

/** Sits in front of the program until it ends, however it does, and answers what it asks. Returns its exit code and signal. */
export const sitThrough = async (terminal: Terminal) => {
  const seat = personAtScreen(terminal);
  let [asked, ended]: [Manner | undefined, boolean] = [undefined, false];
  const end = terminal.exit.then(() => {
    ended = true;
  });
  for (;;) {
    const before = asked;
    const another = () => ![undefined, before].includes(askedIn(terminal.text()));
    // What is waited for can no longer come once the program has ended.
    await Promise.race([
      end,
      terminal.waitFor(another, 60_000).catch((error) => (ended ? end : Promise.reject(error))),
    ]);
    if (ended) return terminal.exit;
    asked = askedIn(terminal.text());
    await asked?.act(seat);
  }
};
