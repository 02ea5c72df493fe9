import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { runWarm } from '../_support/warm-program.ts';
import { essenceOf, readAccount } from './_support/account.ts';
import { everythingDone, goOnToTheEnd, homeWith, startPractice, statusesIn } from './_support/program.ts';
import { personAtScreen, answerAll } from './_support/person.ts';
import {
  begin,
  beginWithList,
  chooseInList,
  everything,
  onlyWalked,
  rootMfa,
  teams,
} from './_support/step-answers.ts';

describe('a run that was stopped', () => {
  it('goes on where it stopped, and the end is that of a run in one go', async () => {
    const home = await temporaryFolder();
    const first = startPractice(home, onlyWalked);
    await answerAll(personAtScreen(first), [begin, ...rootMfa, ['Type the last four', 'ctrl-c']]);
    expect((await first.exit).code).toBe(130);
    const second = startPractice(home, onlyWalked);
    const seat = personAtScreen(second);
    await seat.see('Is this the account');
    expect(seat.text()).toMatch(/Welcome back[^]*1 of 8 is done\. Next: Root access keys\./);
    await answerAll(seat, everything('ink', 'root-access-keys'));
    expect(await second.exit).toEqual({ code: 0, signal: 0 });
    expect(second).toMatchObject({ alternate: false, cursorHidden: false });
    expect(second.scrollback().join('\n')).toContain('Your practice account is set up.');
    expect(await statusesIn(home)).toEqual(everythingDone);
    const inOneGo = await temporaryFolder();
    await goOnToTheEnd(inOneGo, onlyWalked);
    const root = { caller: undefined };
    const ends = await Promise.all([home, inOneGo].map(readAccount));
    const [one, other] = ends.map((account) => essenceOf({ ...account, ...root }));
    expect(one).toEqual(other);
  });

  it('asks what now when everything is done, and leaving changes nothing', async () => {
    const home = await temporaryFolder();
    await goOnToTheEnd(home);
    const before = await readAccount(home);
    const terminal = startPractice(home);
    await answerAll(personAtScreen(terminal), [
      ['You have rehearsed to the end. What now?', (seat) => seat.press('up', 'enter')],
    ]);
    expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
    expect(terminal).toMatchObject({ alternate: false, cursorHidden: false });
    expect(terminal.scrollback().join('\n')).toContain('For real: npx aws-first-steps');
    expect(await readAccount(home)).toEqual(before);
  });

  it('asks nothing when the steps that were named are done, and changes nothing', async () => {
    const home = await temporaryFolder();
    await goOnToTheEnd(home);
    const before = await readAccount(home);
    const terminal = startPractice(home, ['--only', 'root-mfa,password-policy']);
    expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
    expect(terminal.scrollback().join('\n')).toContain('What you chose is done.');
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
      ...teams.slice(0, 2),
      ['One more team', 'escape'],
      ['Which teams?', 'escape'],
      ['Who else will work', 'escape'],
    ]);
    await seat.see('Where to?');
    expect(seat.text()).toMatch(/❯ +Go on: Groups[^]*○ Groups +to do/);
    expect(seat.text()).toMatch(/Skip a step[^]* Stop here/);
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
      chooseInList('Skip a step'),
      ['Which step do you skip?', 'enter'],
      ['Why do you skip it?', (at) => at.answer('one-woman show')],
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
    await answerAll(seat, [chooseInList('Groups'), ...teams]);
    await seat.see(/Groups +done/);
    expect((await readAccount(home)).groups.map(({ name }) => name)).toEqual(['developers']);
  });

  it('ends the run when that is all for now, and says what is left', async () => {
    const terminal = startPractice(await temporaryFolder(), ['--only', 'groups,password-policy']);
    await answerAll(personAtScreen(terminal), [beginWithList, chooseInList('Stop here')]);
    expect((await terminal.exit).code).toBe(1);
    expect(terminal.scrollback().join('\n')).toMatch(/2 things are left[^]*Groups[^]*Password policy/);
  });
});
