import { act, isInSight, personAtScreen, type Reply } from '../../terminal/_support/person.ts';
import { adminUserToPage, begin, codes, noteThePassword } from '../../terminal/_support/step-answers.ts';
import type { Terminal } from '../../terminal/_support/terminal.ts';

/** How somebody answers who wants an administrator and takes what is proposed, in whatever order they are asked. */
const createManners = (): readonly Reply[] => [
  begin,
  ['Who is the daily administrator?', 'enter'],
  ...adminUserToPage,
  ...codes(),
  noteThePassword,
  // Where the step is not done after all, or there was a warning.
  ['Go on?', 'enter'],
];

/** Sits in front of the program until it ends, however it does, and answers what it asks. Returns its exit code and signal. */
export const sitThrough = async (terminal: Terminal) => {
  const seat = personAtScreen(terminal);
  const manners = createManners();
  const findAsked = () => manners.find(([sight]) => isInSight(seat, sight));
  let [asked, ended]: [Reply | undefined, boolean] = [undefined, false];
  const end = terminal.exit.then(() => {
    ended = true;
  });
  for (;;) {
    const before = asked;
    const another = () => ![undefined, before].includes(findAsked());
    // What is waited for can no longer come once the program has ended.
    await Promise.race([
      end,
      terminal.waitFor(another).catch((error) => (ended ? end : Promise.reject(error))),
    ]);
    if (ended) return terminal.exit;
    asked = findAsked();
    if (asked) await act(seat, asked);
  }
};
