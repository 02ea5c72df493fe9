import { describe, expect, it } from 'vitest';
import type { AwsClients } from '../../../src/aws/clients.ts';
import { BackError, ExitError } from '../../../src/core/dialogue.ts';
import { createAccessDeniedError } from '../../../src/practice/faults.ts';
import { UserError, type ExitCode } from '../../../src/lib/user-error.ts';
import type { Session } from '../../../src/run/session.ts';
import { runSetup } from '../../../src/commands/setup/setup.ts';
import { allSteps } from '../../../src/steps/index.ts';
import type { AnyStep } from '../../../src/core/step.ts';
import { createResumeCommands } from '../../../src/cli/resume-command.ts';
import {
  listChanges,
  runScripted,
  startPracticeRun,
  resumeRun,
  openSession,
  findStep,
  type PracticeRun,
} from '../../_support/practice-run.ts';
import { owner, type Owner } from '../../_support/scripted-owner.ts';
import { accountWith, plantAdministrator } from '../../_support/practice-worlds.ts';

const setUpByHand = async (
  rehearsal: PracticeRun,
  who: Owner,
  {
    steps = allSteps,
    named = false,
    signInAgain,
  }: { steps?: readonly AnyStep[]; named?: boolean; signInAgain?: () => Promise<Session> } = {},
): Promise<ExitCode> =>
  runSetup({
    session: await openSession(rehearsal),
    steps,
    dialogue: who,
    givenAnswers: undefined,
    stepsAreNamed: named,
    notices: [],
    signInAgain: signInAgain ?? (() => openSession(rehearsal)),
    resumeCommands: createResumeCommands({ command: 'setup', practice: false }),
  });

/** Root has done what only root can do, and there is an administrator. */
const rootIsDone = async () => {
  const rehearsal = await startPracticeRun({
    scenario: accountWith((world) => {
      plantAdministrator(world, 'maria');
      for (const user of world.users) {
        user.tags = [{ Key: 'aws-first-steps:billing-access', Value: 'activated 2026-11-23' }];
      }
    }),
  });
  await rehearsal.practice.desk.turnOnRootMfa();
  return rehearsal;
};

/** The ids of the steps that were taken, in order. */
const takenBy = (who: Owner) =>
  who.told
    .flatMap((note) => (note.kind === 'header' ? (note.current ?? []) : []))
    .filter((id, index, all) => id !== all[index - 1]);

const closingOf = (who: Owner) => who.told.find((note) => note.kind === 'summary');

const list = ['password-policy', 'billing-alarm'].map(findStep);

describe('the account at hand', () => {
  it('is the wrong one: nothing was changed, and it is unfinished (1)', async () => {
    const rehearsal = await startPracticeRun();
    await expect(setUpByHand(rehearsal, owner({ 'wizard/account': ['no'] }))).rejects.toMatchObject({
      message: 'Nothing was changed.',
      exitCode: 1,
    });
    expect(listChanges(rehearsal)).toEqual([]);
  });

  it('is asked about again when the owner goes back: there is nothing before', async () => {
    const who = owner({ 'wizard/account': [new BackError(), new BackError(), 'no'] });
    await expect(setUpByHand(await startPracticeRun(), who)).rejects.toBeInstanceOf(UserError);
    expect(who.names()).toEqual(['wizard/account', 'wizard/account', 'wizard/account']);
  });

  it('is said to be a rehearsal before anything is asked', async () => {
    const who = owner({ 'wizard/account': ['no'] });
    await expect(setUpByHand(await startPracticeRun(), who)).rejects.toBeInstanceOf(UserError);
    const [heading] = who.told.filter((note) => note.kind === 'heading');
    expect(heading?.paragraphs.join(' ')).toMatch(/simulated account/);
  });
});

describe('the list of steps', () => {
  it('can be asked for at the start', async () => {
    const who = owner({ 'wizard/account': ['list'], 'wizard/list': ['over'] });
    expect(await setUpByHand(await startPracticeRun(), who, { steps: list })).toBe(1);
    expect(who.names()).toEqual(['wizard/account', 'wizard/list']);
  });

  it('is where going back from the first question of a step leads', async () => {
    const who = owner({ length: [new BackError()], 'wizard/list': ['over'] });
    await setUpByHand(await startPracticeRun(), who, { steps: list });
    expect(who.names()).toEqual(['wizard/account', 'length', 'wizard/list']);
  });

  it('is where the owner can turn after each step', async () => {
    const who = owner({ 'wizard/next': ['list'], 'wizard/list': ['over'] });
    await setUpByHand(await startPracticeRun(), who, { steps: list });
    expect(who.names()).toEqual([
      'wizard/account',
      'length',
      'wizard/go-ahead',
      'wizard/next',
      'wizard/list',
    ]);
  });

  it('skips a step with a reason, and lets it be taken up later', async () => {
    const rehearsal = await startPracticeRun();
    const skipping = owner({
      'wizard/account': ['list'],
      'wizard/list': ['password-policy', 'over'],
      'wizard/take-up': ['skip'],
      'wizard/skip-reason': ['single sign-on'],
    });
    const only = { steps: [findStep('password-policy')] };
    expect(await setUpByHand(rehearsal, skipping, only)).toBe(0);
    expect(closingOf(skipping)).toMatchObject({
      entries: [{ status: 'skipped', summary: 'Skipped: single sign-on' }],
    });

    const again = await resumeRun(rehearsal);
    const untroubled = owner();
    expect(await setUpByHand(again, untroubled, only)).toBe(0);
    expect(untroubled.names()).toEqual([]);

    const both = { steps: [findStep('password-policy'), findStep('groups')] };
    const taking = owner({
      'wizard/account': ['list'],
      'wizard/list': ['password-policy', 'over'],
      'wizard/take-up': ['take'],
    });
    await setUpByHand(again, taking, both);
    expect(closingOf(taking)).toMatchObject({ entries: [{ status: 'met' }, { status: 'unmet' }] });
    expect((await openSession(again)).progress.findSkip('password-policy')).toBeUndefined();
  });

  it('stays when the owner goes back from it, or from what it leads to', async () => {
    const who = owner({
      'wizard/account': ['list'],
      'wizard/list': [new BackError(), 'password-policy', 'password-policy', 'over'],
      'wizard/take-up': [new BackError()],
      length: [new BackError()],
    });
    await setUpByHand(await startPracticeRun(), who, { steps: list });
    expect(who.names()).toEqual([
      'wizard/account',
      'wizard/list',
      'wizard/list',
      'wizard/take-up',
      'wizard/list',
      'wizard/take-up',
      'length',
      'wizard/list',
    ]);
  });
});

describe('going on from the list', () => {
  it('takes what is open, in order, and nothing that was passed by', async () => {
    const who = owner({ 'wizard/account': ['list'], 'wizard/list': ['password-policy', 'on'] });
    const steps = ['groups', 'password-policy', 'budget'].map(findStep);
    await setUpByHand(await startPracticeRun(), who, { steps });
    expect(takenBy(who)).toEqual(['password-policy', 'groups', 'budget']);
  });

  it('is also how a walk is continued in which the owner went back', async () => {
    const who = owner({ scope: [new BackError()], 'wizard/list': ['on'] });
    const steps = ['groups', 'password-policy'].map(findStep);
    await setUpByHand(await startPracticeRun(), who, { steps });
    expect(takenBy(who)).toEqual(['groups', 'password-policy']);
  });

  it('is asked for with --only where all is done, and what rests on the word of the owner can be taken back', async () => {
    const rehearsal = await startPracticeRun();
    await runScripted(rehearsal);
    const steps = [findStep('billing-access'), findStep('password-policy')];
    const plain = owner();
    expect(await setUpByHand(await resumeRun(rehearsal), plain, { steps })).toBe(0);
    expect(plain.names()).toEqual([]);
    const who = owner({ 'wizard/word': ['take-back'], activated: ['later'], 'wizard/list': ['over'] });
    expect(await setUpByHand(await resumeRun(rehearsal), who, { steps, named: true })).toBe(1);
    expect(who.names().slice(0, 3)).toEqual(['wizard/account', 'wizard/word', 'wizard/go-ahead']);
    expect(closingOf(who)).toMatchObject({ entries: [{ status: 'unmet' }, { status: 'met' }] });
  });

  it('is not offered where nothing is open', async () => {
    const rehearsal = await startPracticeRun();
    const who = owner({ 'wizard/account': ['list'], 'wizard/list': ['password-policy', 'over'] });
    await setUpByHand(rehearsal, who, { steps: [findStep('password-policy')] });
    const [before, after] = who.asked.flatMap(({ question }) =>
      question.kind === 'choice' && question.message === 'Which step?'
        ? [question.options.map(({ value }) => value)]
        : [],
    );
    expect(before).toContain('on');
    expect(after).not.toContain('on');
  });

  it('shows how a step stands that is done, until that was read', async () => {
    const rehearsal = await startPracticeRun();
    await runScripted(rehearsal, { steps: [findStep('password-policy')] });
    const who = owner({ 'wizard/account': ['list'], 'wizard/list': ['password-policy', 'over'] });
    await setUpByHand(await resumeRun(rehearsal), who, { steps: list });
    expect(who.names()).toEqual(['wizard/account', 'wizard/list', 'wizard/next', 'wizard/list']);
  });
});

describe('a step that the owner turns away from in the middle', () => {
  it('is looked at again, so that the list and the last page say what is there by now', async () => {
    const who = owner({ email: ['maria@example.com'], wait: [new BackError()], 'wizard/list': ['over'] });
    await setUpByHand(await startPracticeRun(), who, { steps: [findStep('billing-alarm')] });
    const closing = closingOf(who);
    expect(closing).toMatchObject({ entries: [{ status: 'waiting' }] });
    expect(closing?.paragraphs.join(' ')).toMatch(/mail/);
  });
});

/** What root hands over: all steps of an administrator but the one that makes them. */
const forTheAdministrator = allSteps
  .filter((step) => step.performedBy === 'administrator' && !step.makesAdministrator)
  .map(({ id }) => id);

describe('handing over to the administrator', () => {
  it('says which step of root is still open', async () => {
    const rehearsal = await startPracticeRun({
      scenario: accountWith((world) => plantAdministrator(world, 'maria')),
    });
    await rehearsal.practice.desk.turnOnRootMfa();
    const who = owner({ activated: ['later'] });
    await setUpByHand(rehearsal, who);
    const said = who.told.flatMap((note) => (note.kind === 'heading' ? note.paragraphs : [])).join(' ');
    expect(said).toContain('Not done yet, and only root can: Billing access.');
    expect(said).not.toContain('What only root can do is done.');
  });

  it('comes after the last step that needs root, and not before', async () => {
    const rehearsal = await rootIsDone();
    const who = owner();
    expect(await setUpByHand(rehearsal, who)).toBe(1);
    expect(who.names()).toEqual(['wizard/account', 'wizard/carry-on']);
    expect(who.told.some((note) => note.kind === 'manual-task' && note.id === 'sign-in')).toBe(true);
    expect(listChanges(rehearsal)).toEqual([]);
  });

  it('goes on as the administrator once AWS says so', async () => {
    const rehearsal = await rootIsDone();
    const { practice } = rehearsal;
    const who = owner({
      'wizard/carry-on': [
        'signed-in',
        async () => (await practice.desk.signInAs({ user: 'maria' }), 'signed-in'),
      ],
    });
    await setUpByHand(rehearsal, who);
    expect(who.sentences()).toContain('AWS says that this is still the root user.');
    expect(takenBy(who)).toEqual(forTheAdministrator);
    const places = who.told.filter((note) => note.kind === 'header');
    expect(places.at(-1)?.identity).toBe('user maria');
  });

  it('is refused by whoever wants to go on as root', async () => {
    const who = owner({ 'wizard/carry-on': [new BackError(), 'root'] });
    await setUpByHand(await rootIsDone(), who);
    expect(takenBy(who)).toEqual(forTheAdministrator);
  });

  it('is not offered to somebody who is the administrator already', async () => {
    const rehearsal = await rootIsDone();
    await rehearsal.practice.desk.signInAs({ user: 'maria' });
    const who = owner();
    await setUpByHand(rehearsal, who);
    expect(who.names()).not.toContain('wizard/carry-on');
  });

  it('comes before the first step of an administrator, from the list too, and only once', async () => {
    const who = owner({
      'wizard/account': ['list'],
      'wizard/list': ['password-policy', 'groups', 'over'],
      'wizard/carry-on': ['root'],
    });
    await setUpByHand(await rootIsDone(), who);
    expect(who.names().filter((name) => name === 'wizard/carry-on')).toHaveLength(1);
    expect(takenBy(who)).toEqual(['password-policy', 'groups']);
  });

  it('comes although billing access is left out, and says what only root can still do', async () => {
    const who = owner({ 'wizard/carry-on': ['leave'] });
    const steps = ['root-mfa', 'admin-user', 'groups'].map(findStep);
    await setUpByHand(await rootIsDone(), who, { steps });
    expect(who.names()).toEqual(['wizard/account', 'wizard/carry-on']);
  });

  it('is not offered while there is no administrator to hand over to', async () => {
    const rehearsal = await startPracticeRun({ scenario: 'clean' });
    const who = owner({ 'wizard/go-ahead': ['not-now', 'not-now'] });
    await setUpByHand(rehearsal, who);
    expect(who.names()).not.toContain('wizard/carry-on');
    expect(takenBy(who)).toContain('groups');
  });
});

describe('the last key of root', () => {
  it('is deleted with its own credentials, although somebody else is signed in by then', async () => {
    const rehearsal = await rootIsDone();
    const id = 'AKIAAAAAAAAAAAAA9999';
    const world = rehearsal.practice.snapshot();
    world.root.accessKeys = [{ id, createdAt: world.account.createdAt, active: true }];
    world.caller = { kind: 'root-key', accessKeyId: id };
    const onKey = await startPracticeRun({ scenario: world });
    const asMaria: string[] = [];
    const who = owner({ 'key-1': ['9999'], 'wizard/carry-on': ['signed-in'] });
    await setUpByHand(onKey, who, {
      signInAgain: async () => {
        const session = await openSession(onKey);
        const aws: AwsClients = session.aws.withPlugin(async ({ operation }, next) => {
          asMaria.push(operation);
          // One practice account has one caller; hers counts as soon as the key is gone.
          const { root } = onKey.practice.snapshot();
          if (root.accessKeys.length === 0) await onKey.practice.desk.signInAs({ user: 'maria' });
          return next();
        });
        return { ...session, aws, identity: { ...session.identity, kind: 'user', name: 'maria' } };
      },
    });
    expect(asMaria).toContain('iam:UpdateAccountPasswordPolicy');
    expect(asMaria).not.toContain('iam:DeleteAccessKey');
    // Maria can still look, so nothing is left to be believed.
    expect(closingOf(who)?.entries.find((entry) => entry.id === 'root-access-keys')?.status).toBe('met');
    expect(onKey.practice.snapshot().root.accessKeys).toEqual([]);
  });

  it('is deleted once, although the owner has agreed to it twice', async () => {
    const rehearsal = await startPracticeRun({ scenario: 'on-root-key' });
    const [key] = rehearsal.practice.snapshot().root.accessKeys;
    const typed = key?.id.slice(-4);
    const who = owner({
      'wizard/account': ['list'],
      'wizard/list': ['root-access-keys', 'root-access-keys', 'over'],
      'key-1': [typed, typed],
    });
    await setUpByHand(rehearsal, who, { steps: [findStep('root-access-keys')] });
    expect(listChanges(rehearsal)).toHaveLength(1);
    expect(closingOf(who)).toBeDefined();
  });

  it.each([
    ['goes back from it the second time', { 'key-1': [new BackError()] }],
    [
      'skips it the second time',
      { 'wizard/take-up': ['take', 'skip'], 'wizard/skip-reason': ['a backup uses it'] },
    ],
    ['says "not now" the second time', { 'wizard/go-ahead': ['yes', 'not-now'] }],
  ])('stays when the owner %s', async (_what, replies: Readonly<Record<string, readonly unknown[]>>) => {
    const rehearsal = await startPracticeRun({ scenario: 'on-root-key' });
    const [key] = rehearsal.practice.snapshot().root.accessKeys;
    const typed = key?.id.slice(-4);
    const who = owner({
      'wizard/account': ['list'],
      'wizard/list': ['root-access-keys', 'root-access-keys', 'over'],
      ...replies,
      'key-1': [typed, ...(replies['key-1'] ?? [typed])],
    });
    await setUpByHand(rehearsal, who, { steps: [findStep('root-access-keys')] });
    expect(listChanges(rehearsal)).toEqual([]);
    expect(rehearsal.practice.snapshot().root.accessKeys).toHaveLength(1);
  });

  it('is known to be gone where only the answer to its deletion was lost', async () => {
    const rehearsal = await startPracticeRun({ scenario: 'on-root-key' });
    const [key] = rehearsal.practice.snapshot().root.accessKeys;
    const who = owner({ 'key-1': [key?.id.slice(-4)] });
    const session = await openSession(rehearsal);
    // The second attempt is signed with a key that is no more.
    const aws = session.aws.withPlugin(async ({ operation }, next) => {
      const answer = await next();
      if (operation !== 'iam:DeleteAccessKey') return answer;
      throw Object.assign(new Error('The security token included in the request is invalid.'), {
        name: 'InvalidClientTokenId',
        $fault: 'client',
        $metadata: { attempts: 2, httpStatusCode: 403 },
      });
    });
    const code = await runSetup({
      session: { ...session, aws },
      steps: [findStep('root-access-keys')],
      dialogue: who,
      givenAnswers: undefined,
      notices: [],
      signInAgain: () => openSession(rehearsal),
      resumeCommands: createResumeCommands({ command: 'setup', practice: false }),
    });
    expect(code).toBe(1);
    expect(closingOf(who)).toMatchObject({ entries: [{ status: 'waiting' }] });
  });

  it('is told about, with the closing page, where AWS does not let it be deleted', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:DeleteAccessKey' ? createAccessDeniedError(operation) : undefined,
    };
    const rehearsal = await startPracticeRun({ scenario: 'on-root-key', faults });
    const [key] = rehearsal.practice.snapshot().root.accessKeys;
    const who = owner({ 'key-1': [key?.id.slice(-4)] });
    expect(await setUpByHand(rehearsal, who, { steps: [findStep('root-access-keys')] })).toBe(1);
    expect(who.sentences()).toContain('You are not allowed iam:DeleteAccessKey.');
    expect(closingOf(who)).toMatchObject({ entries: [{ status: 'unmet' }] });
  });

  it('stays when the owner leaves before the end', async () => {
    const rehearsal = await startPracticeRun({ scenario: 'on-root-key' });
    const [key] = rehearsal.practice.snapshot().root.accessKeys;
    const who = owner({ 'key-1': [key?.id.slice(-4)], 'wizard/next': [new ExitError()] });
    const leaving = setUpByHand(rehearsal, who, { steps: [findStep('root-access-keys')] });
    await expect(leaving).rejects.toBeInstanceOf(ExitError);
    expect(listChanges(rehearsal)).toEqual([]);
  });
});

describe('an answers file', () => {
  it('serves again when all that it asked for is there', async () => {
    const rehearsal = await startPracticeRun();
    const answers = { 'admin-user': { name: 'maria' }, 'password-policy': { length: 14 } };
    const steps = [findStep('admin-user'), findStep('password-policy')];
    expect((await runScripted(rehearsal, { steps, answers })).code).toBe(0);
    expect((await runScripted(await resumeRun(rehearsal), { steps, answers })).code).toBe(0);
  });
});

describe('how it ends', () => {
  it('is done (0) when nothing was left, and asks nothing then', async () => {
    const rehearsal = await startPracticeRun();
    await runScripted(rehearsal);
    const who = owner();
    expect(await setUpByHand(await resumeRun(rehearsal), who)).toBe(0);
    expect(who.names()).toEqual([]);
    expect(closingOf(who)?.title).toMatch(/^Done/);
  });

  it('is unfinished (1) when something is left', async () => {
    const who = owner({ 'wizard/go-ahead': ['not-now'] });
    expect(await setUpByHand(await startPracticeRun(), who, { steps: [findStep('password-policy')] })).toBe(
      1,
    );
    expect(closingOf(who)?.title).toMatch(/^So far/);
  });

  it('is a problem (2) when something could not be told', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:GetAccountPasswordPolicy' ? createAccessDeniedError(operation) : undefined,
    };
    const steps = [findStep('password-policy')];
    expect(await setUpByHand(await startPracticeRun({ faults }), owner(), { steps })).toBe(2);
  });

  it('is with whoever leaves: the wish is passed on, and what was done is kept', async () => {
    const rehearsal = await startPracticeRun();
    const who = owner({ 'wizard/next': [new ExitError('SIGTERM')] });
    await expect(setUpByHand(rehearsal, who, { steps: list })).rejects.toMatchObject({
      exitCause: 'SIGTERM',
    });
    expect(listChanges(rehearsal).map(({ operation }) => operation)).toEqual([
      'iam:UpdateAccountPasswordPolicy',
    ]);
  });

  it('goes through the steps in their own order', async () => {
    const { dialogue } = await runScripted(await startPracticeRun());
    const order = dialogue.transcript
      .flatMap((one) =>
        one.kind === 'message' && one.message.kind === 'header' ? (one.message.current ?? []) : [],
      )
      .filter((id, index, all) => id !== all[index - 1]);
    expect(order).toEqual(allSteps.map(({ id }) => id));
  });
});
