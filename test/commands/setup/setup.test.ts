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
import { change, madeUpStep } from '../../_support/made-up-step.ts';
import { owner, type Owner } from '../../_support/scripted-owner.ts';
import { accountWith, plantAdministrator } from '../../_support/practice-worlds.ts';

const setUpByHand = async (
  practiceRun: PracticeRun,
  who: Owner,
  {
    steps = allSteps,
    named = false,
    signInAgain,
  }: { steps?: readonly AnyStep[]; named?: boolean; signInAgain?: () => Promise<Session> } = {},
): Promise<ExitCode> =>
  runSetup({
    session: await openSession(practiceRun),
    steps,
    dialogue: who,
    givenAnswers: undefined,
    stepsAreNamed: named,
    notices: [],
    signInAgain: signInAgain ?? (() => openSession(practiceRun)),
    resumeCommands: createResumeCommands({ command: 'setup', practice: false }),
  });

/** Root has done what only root can do, and there is an administrator. */
const rootIsDone = async () => {
  const practiceRun = await startPracticeRun({
    scenario: accountWith((world) => {
      plantAdministrator(world, 'maria');
      for (const user of world.users) {
        user.tags = [{ Key: 'aws-first-steps:billing-access', Value: 'activated 2026-11-23' }];
      }
    }),
  });
  await practiceRun.practice.desk.turnOnRootMfa();
  return practiceRun;
};

/** The ids of the steps that ran, in order. */
const takenBy = (who: Owner) =>
  who.told
    .flatMap((note) => (note.kind === 'header' ? (note.current ?? []) : []))
    .filter((id, index, all) => id !== all[index - 1]);

const closingOf = (who: Owner) => who.told.find((note) => note.kind === 'summary');

const list = ['password-policy', 'billing-alarm'].map(findStep);

describe('the account question', () => {
  it('leaves the run unfinished (1), with nothing changed, when the owner says that it is the wrong account', async () => {
    const practiceRun = await startPracticeRun();
    await expect(setUpByHand(practiceRun, owner({ 'wizard/account': ['no'] }))).rejects.toMatchObject({
      message: 'Nothing was changed.',
      exitCode: 1,
    });
    expect(listChanges(practiceRun)).toEqual([]);
  });

  it('is asked again when the owner goes back, because there is nothing before it', async () => {
    const who = owner({ 'wizard/account': [new BackError(), new BackError(), 'no'] });
    await expect(setUpByHand(await startPracticeRun(), who)).rejects.toBeInstanceOf(UserError);
    expect(who.names()).toEqual(['wizard/account', 'wizard/account', 'wizard/account']);
  });

  it('comes after the notice that this is a practice account', async () => {
    const who = owner({ 'wizard/account': ['no'] });
    await expect(setUpByHand(await startPracticeRun(), who)).rejects.toBeInstanceOf(UserError);
    const [heading] = who.told.filter((note) => note.kind === 'heading');
    expect(heading?.paragraphs.join(' ')).toMatch(/simulated account/);
  });
});

describe('the menu', () => {
  it('can be opened at the start', async () => {
    const who = owner({ 'wizard/account': ['list'], 'wizard/list': ['over'] });
    expect(await setUpByHand(await startPracticeRun(), who, { steps: list })).toBe(1);
    expect(who.names()).toEqual(['wizard/account', 'wizard/list']);
  });

  it('opens when the owner goes back from the first question of a step', async () => {
    const who = owner({ length: [new BackError()], 'wizard/list': ['over'] });
    await setUpByHand(await startPracticeRun(), who, { steps: list });
    expect(who.names()).toEqual(['wizard/account', 'length', 'wizard/list']);
  });

  it('can be opened after a step that is not done', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:UpdateAccountPasswordPolicy' ? createAccessDeniedError(operation) : undefined,
    };
    const who = owner({ 'wizard/next': ['list'], 'wizard/list': ['over'] });
    await setUpByHand(await startPracticeRun({ faults }), who, { steps: list });
    expect(who.names()).toEqual([
      'wizard/account',
      'length',
      'wizard/go-ahead',
      'wizard/next',
      'wizard/list',
    ]);
  });

  it('is not asked for after a step that is done, of which the next page says in one line that it is', async () => {
    const who = owner({ email: [new BackError()], 'wizard/list': ['over'] });
    await setUpByHand(await startPracticeRun(), who, { steps: list });
    expect(who.names()).toEqual(['wizard/account', 'length', 'wizard/go-ahead', 'email', 'wizard/list']);
  });

  it('skips a step with a reason, and can take the skip back later', async () => {
    const practiceRun = await startPracticeRun();
    const skipping = owner({
      'wizard/account': ['list'],
      'wizard/list': ['skip', 'over'],
      'wizard/skip-step': ['password-policy'],
      'wizard/skip-reason': ['single sign-on'],
    });
    const only = { steps: [findStep('password-policy')] };
    expect(await setUpByHand(practiceRun, skipping, only)).toBe(0);
    expect(closingOf(skipping)).toMatchObject({
      entries: [{ status: 'skipped', summary: 'Skipped: single sign-on' }],
    });

    const again = await resumeRun(practiceRun);
    const untroubled = owner();
    expect(await setUpByHand(again, untroubled, only)).toBe(0);
    expect(untroubled.names()).toEqual([]);

    const both = { steps: [findStep('password-policy'), findStep('groups')] };
    const taking = owner({
      'wizard/account': ['list'],
      'wizard/list': ['password-policy', 'over'],
    });
    await setUpByHand(again, taking, both);
    expect(closingOf(taking)).toMatchObject({ entries: [{ status: 'met' }, { status: 'unmet' }] });
    expect((await openSession(again)).progress.findSkip('password-policy')).toBeUndefined();
  });

  it('stays open when the owner goes back from it, or from what it leads to', async () => {
    const who = owner({
      'wizard/account': ['list'],
      'wizard/list': [new BackError(), 'skip', 'password-policy', 'over'],
      'wizard/skip-step': [new BackError()],
      length: [new BackError()],
    });
    await setUpByHand(await startPracticeRun(), who, { steps: list });
    expect(who.names()).toEqual([
      'wizard/account',
      'wizard/list',
      'wizard/list',
      'wizard/skip-step',
      'wizard/list',
      'length',
      'wizard/list',
    ]);
  });
});

describe('continuing from the menu', () => {
  it('runs the open steps in order, and none that was skipped', async () => {
    const who = owner({ 'wizard/account': ['list'], 'wizard/list': ['password-policy', 'on'] });
    const steps = ['groups', 'password-policy', 'budget'].map(findStep);
    await setUpByHand(await startPracticeRun(), who, { steps });
    expect(takenBy(who)).toEqual(['password-policy', 'groups', 'budget']);
  });

  it('also continues a walk in which the owner went back', async () => {
    const who = owner({ scope: [new BackError()], 'wizard/list': ['on'] });
    const steps = ['groups', 'password-policy'].map(findStep);
    await setUpByHand(await startPracticeRun(), who, { steps });
    expect(takenBy(who)).toEqual(['groups', 'password-policy']);
  });

  it('is possible with --only when everything is done, so that attestations can be revoked', async () => {
    const practiceRun = await startPracticeRun();
    await runScripted(practiceRun);
    const steps = [findStep('billing-access'), findStep('password-policy')];
    const plain = owner();
    expect(await setUpByHand(await resumeRun(practiceRun), plain, { steps })).toBe(0);
    expect(plain.names()).toEqual([]);
    const who = owner({ 'wizard/word': ['take-back'], activated: ['later'], 'wizard/list': ['over'] });
    expect(await setUpByHand(await resumeRun(practiceRun), who, { steps, named: true })).toBe(1);
    expect(who.names().slice(0, 3)).toEqual(['wizard/account', 'wizard/word', 'wizard/go-ahead']);
    expect(closingOf(who)).toMatchObject({ entries: [{ status: 'unmet' }, { status: 'met' }] });
  });

  it('is not needed for a step that was skipped, if it is named: then it is asked about again', async () => {
    const practiceRun = await startPracticeRun();
    const steps = [findStep('password-policy')];
    await (await openSession(practiceRun)).progress.skip('password-policy', 'not needed', new Date());
    const passing = owner();
    expect(await setUpByHand(await resumeRun(practiceRun), passing, { steps })).toBe(0);
    expect(passing.names()).toEqual([]);
    const naming = owner();
    expect(await setUpByHand(await resumeRun(practiceRun), naming, { steps, named: true })).toBe(0);
    expect(naming.names()).toContain('length');
    expect(closingOf(naming)).toMatchObject({ entries: [{ status: 'met' }] });
  });

  it('is not offered when nothing is open', async () => {
    const practiceRun = await startPracticeRun();
    const who = owner({ 'wizard/account': ['list'], 'wizard/list': ['password-policy', 'over'] });
    await setUpByHand(practiceRun, who, { steps: [findStep('password-policy')] });
    const [before, after] = who.asked.flatMap(({ question }) =>
      question.kind === 'choice' && question.message === 'Where to?'
        ? [question.options.map(({ value }) => value)]
        : [],
    );
    expect(before).toContain('on');
    expect(after).not.toContain('on');
  });

  it('shows the finding of a step that is done until the owner has read it', async () => {
    const practiceRun = await startPracticeRun();
    await runScripted(practiceRun, { steps: [findStep('password-policy')] });
    const who = owner({
      'wizard/account': ['list'],
      'wizard/list': ['password-policy', 'over'],
      'wizard/next': ['list'],
    });
    await setUpByHand(await resumeRun(practiceRun), who, { steps: list });
    expect(who.names()).toEqual(['wizard/account', 'wizard/list', 'wizard/next', 'wizard/list']);
  });

  it('costs one answer, after which the walk is as it was before the owner went back', async () => {
    const who = owner({ length: [new BackError()], 'wizard/list': ['on'] });
    const steps = ['password-policy', 'groups'].map(findStep);
    await setUpByHand(await startPracticeRun(), who, { steps });
    expect(who.names().slice(0, 6)).toEqual([
      'wizard/account',
      'length',
      'wizard/list',
      'length',
      'wizard/go-ahead',
      'scope',
    ]);
  });

  it('returns to the list after a step that was chosen there, and goes on from it', async () => {
    const who = owner({ 'wizard/account': ['list'], 'wizard/list': ['password-policy', 'on'] });
    const steps = ['groups', 'password-policy'].map(findStep);
    await setUpByHand(await startPracticeRun(), who, { steps });
    expect(takenBy(who)).toEqual(['password-policy', 'groups']);
    expect(who.names().filter((name) => name === 'wizard/list')).toHaveLength(2);
  });
});

describe('a step that is done', () => {
  const nextAfter = async (warns: boolean) => {
    const { step } = madeUpStep(['unmet', 'unmet', 'met'], {
      plan: () => [
        change(undefined, {
          usesDialogue: true,
          perform: async ({ dialogue }) => {
            if (warns) dialogue.show({ kind: 'text', tone: 'warning', text: 'Look at this.' });
          },
        }),
      ],
    });
    const who = owner();
    await setUpByHand(await startPracticeRun(), who, { steps: [step] });
    return who.names();
  };

  it('is left for the next one only after its warnings were read', async () => {
    expect(await nextAfter(true)).toEqual(['wizard/account', 'wizard/go-ahead', 'wizard/next']);
    expect(await nextAfter(false)).toEqual(['wizard/account', 'wizard/go-ahead']);
  });
});

describe('a step that the owner leaves in the middle', () => {
  it('is checked again, so that the menu and the summary say what is there by now', async () => {
    const who = owner({ email: ['maria@example.com'], wait: [new BackError()], 'wizard/list': ['over'] });
    await setUpByHand(await startPracticeRun(), who, { steps: [findStep('billing-alarm')] });
    const closing = closingOf(who);
    expect(closing).toMatchObject({ entries: [{ status: 'waiting' }] });
    expect(closing?.left.join(' ')).toMatch(/mail/);
  });
});

/** The steps left for the administrator: all of theirs but the one that creates them. */
const forTheAdministrator = allSteps
  .filter((step) => step.performedBy === 'administrator' && !step.makesAdministrator)
  .map(({ id }) => id);

describe('switching to the administrator', () => {
  it('is offered with the step of root that is still open', async () => {
    const practiceRun = await startPracticeRun({
      scenario: accountWith((world) => plantAdministrator(world, 'maria')),
    });
    await practiceRun.practice.desk.turnOnRootMfa();
    const who = owner({ activated: ['later'] });
    await setUpByHand(practiceRun, who);
    const said = who.told.flatMap((note) => (note.kind === 'heading' ? note.paragraphs : [])).join(' ');
    expect(said).toContain('Not done yet, and only root can: Billing access.');
    expect(said).not.toContain('What only root can do is done.');
  });

  it('comes after the last step that needs root, and not before', async () => {
    const practiceRun = await rootIsDone();
    const who = owner();
    expect(await setUpByHand(practiceRun, who)).toBe(1);
    expect(who.names()).toEqual(['wizard/account', 'wizard/carry-on']);
    expect(who.told.some((note) => note.kind === 'manual-task' && note.id === 'sign-in')).toBe(true);
    expect(listChanges(practiceRun)).toEqual([]);
  });

  it('continues as the administrator once AWS says so', async () => {
    const practiceRun = await rootIsDone();
    const { practice } = practiceRun;
    const who = owner({
      'wizard/carry-on': [
        'signed-in',
        async () => (await practice.desk.signInAs({ user: 'maria' }), 'signed-in'),
      ],
    });
    await setUpByHand(practiceRun, who);
    expect(who.sentences()).toContain('AWS says that this is still the root user.');
    expect(takenBy(who)).toEqual(forTheAdministrator);
    const places = who.told.filter((note) => note.kind === 'header');
    expect(places.at(-1)?.identity).toBe('user maria');
  });

  it('comes although another administrator still has to be protected', async () => {
    const before = await rootIsDone();
    const scenario = before.practice.snapshot();
    plantAdministrator(scenario, 'bob');
    scenario.devices = scenario.devices.filter(({ serial }) => !serial.endsWith('/bob'));
    const who = owner();
    await setUpByHand(await startPracticeRun({ scenario }), who);
    expect(who.names()).toContain('wizard/carry-on');
  });

  it('can be declined by an owner who wants to continue as root', async () => {
    const who = owner({ 'wizard/carry-on': [new BackError(), 'root'] });
    await setUpByHand(await rootIsDone(), who);
    expect(takenBy(who)).toEqual(forTheAdministrator);
  });

  it('is not offered to a user who is the administrator already', async () => {
    const practiceRun = await rootIsDone();
    await practiceRun.practice.desk.signInAs({ user: 'maria' });
    const who = owner();
    await setUpByHand(practiceRun, who);
    expect(who.names()).not.toContain('wizard/carry-on');
  });

  it('comes before the first step of an administrator, from the menu too, and only once', async () => {
    const who = owner({
      'wizard/account': ['list'],
      'wizard/list': ['password-policy', 'groups', 'over'],
      'wizard/carry-on': ['root'],
    });
    await setUpByHand(await rootIsDone(), who);
    expect(who.names().filter((name) => name === 'wizard/carry-on')).toHaveLength(1);
    expect(takenBy(who)).toEqual(['password-policy', 'groups']);
  });

  it('comes although billing access is left out, and the program says what only root can still do', async () => {
    const who = owner({ 'wizard/carry-on': ['leave'] });
    const steps = ['root-mfa', 'admin-user', 'groups'].map(findStep);
    await setUpByHand(await rootIsDone(), who, { steps });
    expect(who.names()).toEqual(['wizard/account', 'wizard/carry-on']);
  });

  it('is not offered while there is no administrator to switch to', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const who = owner({ 'wizard/go-ahead': ['not-now', 'not-now'] });
    await setUpByHand(practiceRun, who);
    expect(who.names()).not.toContain('wizard/carry-on');
    expect(takenBy(who)).toContain('groups');
  });
});

describe('the last access key of root', () => {
  it('is deleted with its own credentials, although another user is signed in by then', async () => {
    const practiceRun = await rootIsDone();
    const id = 'AKIAAAAAAAAAAAAA9999';
    const world = practiceRun.practice.snapshot();
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
          // A practice account has one caller, which is maria as soon as the key is gone.
          const { root } = onKey.practice.snapshot();
          if (root.accessKeys.length === 0) await onKey.practice.desk.signInAs({ user: 'maria' });
          return next();
        });
        return { ...session, aws, identity: { ...session.identity, kind: 'user', name: 'maria' } };
      },
    });
    expect(asMaria).toContain('iam:UpdateAccountPasswordPolicy');
    expect(asMaria).not.toContain('iam:DeleteAccessKey');
    // Maria can still check, so nothing has to be assumed.
    expect(closingOf(who)?.entries.find((entry) => entry.id === 'root-access-keys')?.status).toBe('met');
    expect(onKey.practice.snapshot().root.accessKeys).toEqual([]);
  });

  it('is deleted once, although the owner has agreed to it twice', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'on-root-key' });
    const [key] = practiceRun.practice.snapshot().root.accessKeys;
    const typed = key?.id.slice(-4);
    const who = owner({
      'wizard/account': ['list'],
      'wizard/list': ['root-access-keys', 'root-access-keys', 'over'],
      'key-1': [typed, typed],
    });
    await setUpByHand(practiceRun, who, { steps: [findStep('root-access-keys')] });
    expect(listChanges(practiceRun)).toHaveLength(1);
    expect(closingOf(who)).toBeDefined();
  });

  it.each([
    ['goes back from it the second time', { 'key-1': [new BackError()] }],
    [
      'skips it the second time',
      {
        'wizard/list': ['root-access-keys', 'skip', 'over'],
        'wizard/skip-step': ['root-access-keys'],
        'wizard/skip-reason': ['a backup uses it'],
      },
    ],
    ['says "not now" the second time', { 'wizard/go-ahead': ['yes', 'not-now'] }],
  ])('stays when the owner %s', async (_what, replies: Readonly<Record<string, readonly unknown[]>>) => {
    const practiceRun = await startPracticeRun({ scenario: 'on-root-key' });
    const [key] = practiceRun.practice.snapshot().root.accessKeys;
    const typed = key?.id.slice(-4);
    const who = owner({
      'wizard/account': ['list'],
      'wizard/list': ['root-access-keys', 'root-access-keys', 'over'],
      ...replies,
      'key-1': [typed, ...(replies['key-1'] ?? [typed])],
    });
    await setUpByHand(practiceRun, who, { steps: [findStep('root-access-keys')] });
    expect(listChanges(practiceRun)).toEqual([]);
    expect(practiceRun.practice.snapshot().root.accessKeys).toHaveLength(1);
  });

  it('is said to be kept when that is what was typed, and that is read before the next step', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'on-root-key' });
    const who = owner({ 'key-1': ['keep'] });
    await setUpByHand(practiceRun, who, { steps: [findStep('root-access-keys')] });
    expect(who.told).toContainEqual(
      expect.objectContaining({
        tone: 'warning',
        text: expect.stringMatching(/^Kept: .*still opens everything/),
      }),
    );
    expect(who.names()).toEqual(['wizard/account', 'key-1', 'wizard/next']);
  });

  it('may be named in small letters', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'on-root-key' });
    const typed = practiceRun.practice.snapshot().root.accessKeys[0]?.id.slice(-4).toLowerCase();
    const who = owner({ 'key-1': [typed] });
    await setUpByHand(practiceRun, who, { steps: [findStep('root-access-keys')] });
    expect(practiceRun.practice.snapshot().root.accessKeys).toEqual([]);
  });

  it('is known to be gone when only the answer to its deletion was lost', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'on-root-key' });
    const [key] = practiceRun.practice.snapshot().root.accessKeys;
    const who = owner({ 'key-1': [key?.id.slice(-4)] });
    const session = await openSession(practiceRun);
    // The second attempt is signed with a key that no longer exists.
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
      signInAgain: () => openSession(practiceRun),
      resumeCommands: createResumeCommands({ command: 'setup', practice: false }),
    });
    expect(code).toBe(1);
    expect(closingOf(who)).toMatchObject({ entries: [{ status: 'waiting' }] });
  });

  it('is reported, and the summary still appears, when AWS refuses to delete it', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:DeleteAccessKey' ? createAccessDeniedError(operation) : undefined,
    };
    const practiceRun = await startPracticeRun({ scenario: 'on-root-key', faults });
    const [key] = practiceRun.practice.snapshot().root.accessKeys;
    const who = owner({ 'key-1': [key?.id.slice(-4)] });
    expect(await setUpByHand(practiceRun, who, { steps: [findStep('root-access-keys')] })).toBe(1);
    expect(who.sentences()).toContain('You are not allowed to call iam:DeleteAccessKey.');
    expect(closingOf(who)).toMatchObject({ entries: [{ status: 'unmet' }] });
  });

  it('stays when the owner leaves before the end', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'on-root-key' });
    const [key] = practiceRun.practice.snapshot().root.accessKeys;
    const who = owner({ 'key-1': [key?.id.slice(-4)], 'wizard/next': [new ExitError()] });
    const leaving = setUpByHand(practiceRun, who, { steps: [findStep('root-access-keys')] });
    await expect(leaving).rejects.toBeInstanceOf(ExitError);
    expect(listChanges(practiceRun)).toEqual([]);
  });
});

describe('an answers file of a finished setup', () => {
  it('can be used again', async () => {
    const practiceRun = await startPracticeRun();
    const answers = { 'admin-user': { name: 'maria' }, 'password-policy': { length: 14 } };
    const steps = [findStep('admin-user'), findStep('password-policy')];
    expect((await runScripted(practiceRun, { steps, answers })).code).toBe(0);
    expect((await runScripted(await resumeRun(practiceRun), { steps, answers })).code).toBe(0);
  });
});

describe('a setup', () => {
  it('exits as done (0) when nothing was left, and then asks nothing', async () => {
    const practiceRun = await startPracticeRun();
    await runScripted(practiceRun);
    const who = owner();
    expect(await setUpByHand(await resumeRun(practiceRun), who)).toBe(0);
    expect(who.names()).toEqual([]);
    expect(closingOf(who)?.title).toMatch(/is set up\.$/);
  });

  it('exits as unfinished (1) when something is left', async () => {
    const who = owner({ 'wizard/go-ahead': ['not-now'] });
    expect(await setUpByHand(await startPracticeRun(), who, { steps: [findStep('password-policy')] })).toBe(
      1,
    );
    expect(closingOf(who)?.title).toBe('One thing is left');
  });

  it('exits with a problem (2) when the status of a step is unknown', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:GetAccountPasswordPolicy' ? createAccessDeniedError(operation) : undefined,
    };
    const steps = [findStep('password-policy')];
    expect(await setUpByHand(await startPracticeRun({ faults }), owner(), { steps })).toBe(2);
  });

  it('passes ExitError on when the owner leaves, and keeps what was done', async () => {
    const practiceRun = await startPracticeRun();
    const who = owner({ email: [new ExitError('SIGTERM')] });
    await expect(setUpByHand(practiceRun, who, { steps: list })).rejects.toMatchObject({
      exitCause: 'SIGTERM',
    });
    expect(listChanges(practiceRun).map(({ operation }) => operation)).toEqual([
      'iam:UpdateAccountPasswordPolicy',
    ]);
  });

  it('runs the steps in the order of the list of steps', async () => {
    const { dialogue } = await runScripted(await startPracticeRun());
    const order = dialogue.transcript
      .flatMap((one) =>
        one.kind === 'message' && one.message.kind === 'header' ? (one.message.current ?? []) : [],
      )
      .filter((id, index, all) => id !== all[index - 1]);
    expect(order).toEqual(allSteps.map(({ id }) => id));
  });
});
