import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { runWarm } from '../_support/warm-program.ts';
import { essenceOf, readAccount } from './_support/account.ts';
import { goOnToTheEnd, homeWith, startPractice } from './_support/program.ts';
import { personAtScreen, answerAll, type Reply } from './_support/person.ts';
import {
  begin,
  beginWithList,
  everything,
  groups,
  onlyWalked,
  rootMfa,
  walkedTitles,
} from './_support/step-answers.ts';

const chooseInList = (title: string): Reply => [
  'Where to?',
  (seat) => {
    const rows = seat.terminal.screen().map((row) => row.replace(/^.*│/, ''));
    const at = rows.findIndex((row) => row.includes('❯'));
    const wanted = rows.findIndex(
      (row, index) =>
        index > rows.findIndex((one) => one.includes('Where to?')) &&
        row.includes(title) &&
        !row.includes('Go on:'),
    );
    const key = wanted > at ? 'down' : 'up';
    for (let row = 0; row < Math.abs(wanted - at); row++) seat.press(key);
    seat.press('enter');
  },
];

describe('a run that was stopped', () => {
  it('goes on where it stopped, and the end is that of a run in one go', async () => {
    const home = await temporaryFolder();
    const first = startPractice(home, onlyWalked);
    await answerAll(personAtScreen(first), [begin, ...rootMfa, ['Type the last four', 'ctrl-c']]);
    expect((await first.exit).code).toBe(130);
    const second = startPractice(home, onlyWalked);
    const seat = personAtScreen(second);
    await seat.see('Is this the account');
    expect(seat.text()).toMatch(/✔ Root MFA[^]*○ Root access keys/);
    await answerAll(seat, everything('ink', 'root-access-keys'));
    expect(await second.exit).toEqual({ code: 0, signal: 0 });
    expect(second).toMatchObject({ alternate: false, cursorHidden: false });
    const closing = second.scrollback().join('\n');
    for (const title of walkedTitles) expect(closing).toMatch(new RegExp(`[✔☑] ${title}`));
    const inOneGo = await temporaryFolder();
    await goOnToTheEnd(inOneGo, onlyWalked);
    const root = { caller: undefined };
    const ends = await Promise.all([home, inOneGo].map(readAccount));
    const [one, other] = ends.map((account) => essenceOf({ ...account, ...root }));
    expect(one).toEqual(other);
  });

  it('asks nothing when everything is done, and changes nothing', async () => {
    const home = await temporaryFolder();
    await goOnToTheEnd(home);
    const before = await readAccount(home);
    const terminal = startPractice(home);
    expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
    expect(terminal.scrollback().join('\n')).toContain('Done');
    expect(await readAccount(home)).toEqual(before);
  });
});

describe('Esc', () => {
  it('leads to the question before, with what was answered', async () => {
    const home = await homeWith(await temporaryFolder(), ['root-mfa', 'root-access-keys']);
    const seat = personAtScreen(startPractice(home));
    await answerAll(seat, [begin, ['User name', (at) => at.answer('maria')], ['Go ahead?', 'escape']]);
    await seat.see(/\? User name\s+maria/);
    seat.press('enter');
    await seat.see('Go ahead?');
    expect(seat.text()).toContain('maria');
  });

  it('leads from question to question, and from the first one to the list', async () => {
    const home = await temporaryFolder();
    const seat = personAtScreen(startPractice(home, ['--only', 'groups,password-policy']));
    await answerAll(seat, [
      begin,
      ['Who else will work', 'enter'],
      ['Which teams?', 'enter'],
      ['A team with a name', 'escape'],
      ['Which teams?', 'escape'],
      ['Who else will work', 'escape'],
    ]);
    await seat.see('Where to?');
    expect(seat.text()).toMatch(/❯ Go on: Groups[^]* Groups +to do/);
    expect(seat.text()).toContain('That is all for now');
  });

  it('leaves no device behind that nobody has scanned', async () => {
    const home = await homeWith(await temporaryFolder(), ['root-mfa', 'root-access-keys']);
    const seat = personAtScreen(startPractice(home));
    await answerAll(seat, [begin, ['User name', 'enter'], ['Go ahead?', 'enter'], ['First code', 'escape']]);
    await seat.see('Where to?');
    expect((await readAccount(home)).devices.filter((device) => !device.owner)).toEqual([]);
    // The user without phone and password is no administrator yet, and can be completed.
    expect(seat.text()).toMatch(/Daily administrator +to do/);
  });
});

describe('the list', () => {
  it('skips a step with a reason, and takes it up later', async () => {
    const home = await temporaryFolder();
    const seat = personAtScreen(startPractice(home, ['--only', 'groups,password-policy']));
    await answerAll(seat, [
      beginWithList,
      chooseInList('Groups'),
      ['What about this step?', (at) => at.press('down', 'enter')],
      ['Why is it skipped?', (at) => at.answer('one-woman show')],
    ]);
    await seat.see(/Groups +skipped/);
    const { stdout } = await runWarm(['verify', '--practice', '--home', home, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { skipped: 1 },
      steps: expect.arrayContaining([
        expect.objectContaining({
          id: 'groups',
          skipped: expect.objectContaining({ reason: 'one-woman show' }),
        }),
      ]),
    });
    await answerAll(seat, [
      chooseInList('Groups'),
      ['What about this step?', 'enter'],
      ...groups.slice(0, -1),
      ['Go on?', (at) => at.press('down', 'enter')],
    ]);
    await seat.see(/Groups +done/);
    expect((await readAccount(home)).groups.map(({ name }) => name)).toEqual(['developers']);
  });

  it('ends the run when that is all for now, and says what is left', async () => {
    const terminal = startPractice(await temporaryFolder(), ['--only', 'groups,password-policy']);
    await answerAll(personAtScreen(terminal), [beginWithList, chooseInList('That is all for now')]);
    expect((await terminal.exit).code).toBe(1);
    expect(terminal.scrollback().join('\n')).toMatch(/So far[^]*Groups[^]*Password policy/);
  });
});
