import { describe, expect, it } from 'vitest';
import { createAccessKeysQuestion, planAccessKeys } from '../../../src/steps/admin-user/access-keys.ts';
import {
  canMakeAdministrator,
  describeMissingParts,
  findCompletable,
  findUnprotected,
  judgeAdminUser,
} from '../../../src/steps/admin-user/finding.ts';
import { planAdministrator, type AdminUserFacts } from '../../../src/steps/admin-user/make-administrator.ts';
import {
  createWhomQuestion,
  createWithoutMfaQuestion,
  planUnprotected,
} from '../../../src/steps/admin-user/without-mfa.ts';
import type { AdministratorCandidate } from '../../../src/steps/shared/administrators.ts';

/** An administrator with all that is needed; a test takes away. */
const candidate = (name: string, change: Partial<AdministratorCandidate> = {}): AdministratorCandidate => ({
  name,
  createdByUs: false,
  hasDoubtfulTag: false,
  isAdministrator: 'yes',
  canBecomeAdministrator: true,
  usableRole: undefined,
  groups: ['Administrators'],
  administratorGroups: ['Administrators'],
  isOnlyAdministratorByGroup: true,
  hasMfa: true,
  usesAuthenticatorApp: true,
  hasPassword: true,
  accessKeys: [],
  quarantine: undefined,
  ...change,
});

const noRights = { isAdministrator: 'no', groups: [], administratorGroups: [] } as const;

const factsWith = (
  candidates: readonly AdministratorCandidate[],
  change: Partial<AdminUserFacts> = {},
): AdminUserFacts => ({
  candidates,
  uncheckedCount: 0,
  locked: [],
  attestation: undefined,
  fromFuture: undefined,
  accountId: '123456789012',
  signInUrl: 'https://123456789012.signin.aws.amazon.com/console',
  callerName: '',
  ownAccessKeyId: '',
  outsideRoles: [],
  attestationHolder: undefined,
  room: { users: 10, groups: 10 },
  userNames: candidates.map(({ name }) => name),
  idleGroups: [],
  administratorsGroup: { name: 'Administrators', exists: true, hasAdministratorPolicy: true },
  devices: [],
  minPasswordLength: 14,
  ...change,
});

const judge = (...args: Parameters<typeof factsWith>) => judgeAdminUser(factsWith(...args));
const maria = candidate('maria');
const names = (some: readonly AdministratorCandidate[]) => some.map(({ name }) => name);

describe('what a user lacks to be the daily administrator', () => {
  it.each<[string, Partial<AdministratorCandidate>, RegExp]>([
    ['nothing', {}, /^$/],
    ['MFA', { hasMfa: false }, /^no MFA$/],
    ['a password', { hasPassword: false }, /^no console password$/],
    ['both', { hasMfa: false, hasPassword: false }, /^no MFA, no console password$/],
    ['a group', noRights, /^in no group/],
    ['the rights of a group', { isAdministrator: 'no', groups: ['web'] }, /^no administrator: web does not/],
    [
      'the rights of several groups',
      { isAdministrator: 'no', groups: ['web', 'ops'] },
      /^no administrator: web, ops do not/,
    ],
    ['certainty', { isAdministrator: 'unknown' }, /^not known/],
    ['freedom after a leak', { quarantine: 'AWSCompromisedKeyQuarantineV3' }, /^locked down .*Quarantine/],
    ['a tag that can be believed', { hasDoubtfulTag: true }, /doubtful$/],
  ])('is named: %s', (_what, change, words) => {
    expect(describeMissingParts(candidate('bob', change))).toMatch(words);
  });
});

describe('somebody who can sign in with a password alone', () => {
  it('is one who is an administrator or may be, with a password and without MFA', () => {
    const some = [
      candidate('sure', { hasMfa: false }),
      candidate('perhaps', { hasMfa: false, isAdministrator: 'unknown' }),
      candidate('by role', { ...noRights, hasMfa: false, usableRole: { name: 'root', how: 'taking' } }),
      candidate('with MFA'),
      candidate('without password', { hasMfa: false, hasPassword: false }),
      candidate('harmless', { ...noRights, hasMfa: false }),
    ];
    expect(names(findUnprotected({ candidates: some }))).toEqual(['sure', 'perhaps', 'by role']);
  });

  it('is named apart by what is known, and leaves the step open', () => {
    const open = { hasMfa: false };
    const { status, summary, remedy } = judge([
      maria,
      candidate('anna', open),
      candidate('bob', { ...open, isAdministrator: 'unknown' }),
      candidate('carl', { ...open, ...noRights, usableRole: { name: 'boss', how: 'taking' } }),
      candidate('dora', { ...open, ...noRights, usableRole: { name: 'builder', how: 'passing' } }),
    ]);
    expect(status).toBe('unmet');
    const clauses = summary.split('; ');
    expect(clauses[0]).toBe('maria, with MFA');
    expect(clauses[1]).toMatch(/^anna is an administrator with a password/);
    expect(clauses[2]).toMatch(/^carl .* taking the role boss/);
    expect(clauses[3]).toMatch(/^dora .* passing the role builder/);
    expect(clauses[4]).toMatch(/^bob may be an administrator/);
    expect(clauses).toHaveLength(5);
    expect(remedy).toContain('anna, bob, carl, dora');
  });

  it('is counted in the plural when there are several', () => {
    const two = (change: Partial<AdministratorCandidate>) => [
      maria,
      candidate('anna', { hasMfa: false, ...change }),
      candidate('bob', { hasMfa: false, ...change }),
    ];
    expect(judge(two({})).summary).toMatch(/anna, bob are administrators/);
    expect(judge(two({ isAdministrator: 'unknown' })).summary).toMatch(/anna, bob may be administrators/);
    const usableRole = { name: 'boss', how: 'taking' } as const;
    expect(judge(two({ ...noRights, usableRole })).summary).toMatch(/anna, bob .* the role boss,/);
  });
});

describe('the step about the daily administrator', () => {
  it('is done with one who has MFA, and names no more than two', () => {
    expect(judge([maria])).toMatchObject({ status: 'met', summary: 'maria, with MFA' });
    const { summary } = judge([maria, candidate('anna'), candidate('bob')]);
    expect(summary).toContain('maria, anna and 1 more');
  });

  it('names first who can sign in to the console, and says who cannot', () => {
    const { status, summary } = judge([candidate('anna', { hasPassword: false }), maria]);
    expect(status).toBe('met');
    expect(summary).toMatch(/^maria, anna, with MFA; anna cannot sign in/);
  });

  it('is open where nobody is complete, with what each one lacks and what takes rights away', () => {
    const { status, summary, remedy } = judge([candidate('anna', { hasMfa: false, hasPassword: false })], {
      locked: [{ name: 'bob', lock: 'locked out by AWSDenyAll' }],
    });
    expect(status).toBe('unmet');
    expect(summary).toContain('anna: no MFA, no console password');
    expect(summary).toContain('bob: locked out by AWSDenyAll');
    expect(remedy).toContain('it makes an administrator');
  });

  it('says whether there is no user at all, or none that is an administrator', () => {
    expect(judge([]).summary).toBe('No IAM user exists');
    const none = judge([], { userNames: ['bob'] }).summary;
    expect(none).toBe('No user is an administrator');
    expect(judge([], { userNames: ['bob'], idleGroups: ['Administrators'] }).summary).toContain(
      'Administrators does not',
    );
    expect(judge([], { userNames: ['bob'], idleGroups: ['admins', 'ops'] }).summary).toContain(
      'admins, ops do not',
    );
  });

  it('names first a key that strangers have, and what to do about it', () => {
    const leaked = candidate('anna', { quarantine: 'AWSCompromisedKeyQuarantineV3' });
    const { status, summary, remedy } = judge([maria, leaked]);
    expect(status).toBe('unmet');
    expect(summary).toMatch(/^AWS found an access key of anna in public/);
    expect(remedy).toMatch(/^Now: delete the access keys of anna/);
    expect(remedy).not.toContain('it makes an administrator');
  });

  it('stays open while some who may be administrators were not looked at', () => {
    const { status, summary, remedy } = judge([maria], { uncheckedCount: 3 });
    expect(status).toBe('unmet');
    expect(summary).toContain('3 more');
    expect(remedy).toContain('take those who need less out of their group');
  });

  it('stays open while anybody may take a role that can do everything, and only names one for partners', () => {
    const role = (isOpenToAnybody: boolean) => ({
      outsideRoles: [{ name: 'partner', description: 'the account 999 (role partner)', isOpenToAnybody }],
    });
    const open = judge([maria], role(true));
    expect(open.status).toBe('unmet');
    expect(open.remedy).toContain('trust policy of the role partner');
    expect(open.summary).not.toContain('administrators from outside');
    const named = judge([maria], role(false));
    expect(named.status).toBe('met');
    expect(named.summary).toContain('administrators from outside: the account 999 (role partner)');
  });

  it('doubts a tag beside somebody who is ready, and not where nobody is: there it is named with the user', () => {
    const tagged = candidate('bob', { hasDoubtfulTag: true, hasMfa: false, hasPassword: false });
    expect(judge([maria, tagged]).summary).toMatch(/with MFA; a tag says .* made bob, which is doubtful$/);
    expect(judge([tagged]).summary.match(/doubtful/g)).toHaveLength(1);
  });
});

describe('access keys of administrators', () => {
  const key = (name: string, ...accessKeys: string[]) => candidate(name, { accessKeys });
  const wordFor = (reason: 'keep-program' | 'keep-person', ...some: AdministratorCandidate[]) => {
    const [action] = planAccessKeys(factsWith(some, { attestationHolder: 'maria' }), reason);
    const [sent] = action?.calls ?? [];
    const text = JSON.stringify(sent?.input);
    return { said: /keys-[a-z]+-[0-9a-f.]+/.exec(text)?.[0] ?? '', on: new Date('2026-11-20') };
  };

  it('leave the step open, and are counted', () => {
    const one = judge([key('maria', 'AKIA1')]);
    expect(one.status).toBe('unmet');
    expect(one.summary).toMatch(/maria is an administrator with an access key/);
    expect(judge([key('maria', 'AKIA1', 'AKIA2')]).summary).toMatch(/with 2 access keys/);
  });

  it('are kept on the word of the owner, with its reason and day', () => {
    const some = [key('maria', 'AKIA1')];
    const kept = judge(some, { attestation: wordFor('keep-program', ...some) });
    expect(kept.status).toBe('attested');
    expect(kept.summary).toMatch(/maria keeps an access key for a program, on your word of 2026-11-20/);
    const two = [key('maria', 'AKIA1'), key('anna', 'AKIA2')];
    expect(judge(two, { attestation: wordFor('keep-person', ...two) }).summary).toMatch(
      /maria, anna keep access keys to work with/,
    );
  });

  it('are open again when there is a key that the word was not about, and not when one has gone', () => {
    const both = [key('maria', 'AKIA1', 'AKIA2')];
    const attestation = wordFor('keep-person', ...both);
    expect(judge([key('maria', 'AKIA2')], { attestation }).status).toBe('attested');
    expect(judge([key('maria', 'AKIA2', 'AKIA3')], { attestation }).status).toBe('unmet');
  });

  it('are nobody’s word where there are none, or where the word is of another kind', () => {
    const attestation = wordFor('keep-person', key('maria', 'AKIA1'));
    expect(judge([maria], { attestation }).status).toBe('met');
    const some = [key('maria', 'AKIA1')];
    const other = { ...attestation, said: attestation.said.replace('person', 'nothing') };
    expect(judge(some, { attestation: other }).status).toBe('unmet');
    expect(judge(some, { attestation: { ...attestation, said: `x${attestation.said}` } }).status).toBe(
      'unmet',
    );
    expect(judge(some, { attestation: { ...attestation, said: `${attestation.said} x` } }).status).toBe(
      'unmet',
    );
  });

  it('are turned off but for the one that signs the calls of the program', () => {
    const facts = factsWith([key('maria', 'AKIA1', 'AKIA2')], { ownAccessKeyId: 'AKIA2' });
    expect(planAccessKeys(facts, 'turn-off').flatMap(({ calls }) => calls)).toMatchObject([
      { input: { UserName: 'maria', AccessKeyId: 'AKIA1', Status: 'Inactive' } },
    ]);
    expect(planAccessKeys(facts, 'later')).toEqual([]);
    expect(planAccessKeys(facts, undefined)).toEqual([]);
  });

  it('can be turned off if there are others, and kept if a tag can tell them apart', () => {
    const offered = (facts: AdminUserFacts) =>
      createAccessKeysQuestion(facts).options.map(({ value }) => value);
    const many = (count: number) => key('maria', ...Array.from({ length: count }, (_, nth) => `AKIA${nth}`));
    const keep = ['keep-program', 'keep-person'];
    expect(offered(factsWith([many(1)]))).toEqual(['later', 'turn-off', ...keep]);
    expect(offered(factsWith([many(1)], { ownAccessKeyId: 'AKIA0' }))).toEqual(['later', ...keep]);
    expect(offered(factsWith([many(20)]))).toEqual(['later', 'turn-off', ...keep]);
    expect(offered(factsWith([many(21)]))).toEqual(['later', 'turn-off']);
    expect(createAccessKeysQuestion(factsWith([many(1), key('anna', 'AKIAX')])).message).toContain(
      'maria, anna',
    );
    // What is kept fits into a tag, which holds 256 characters.
    expect(wordFor('keep-program', many(20)).said.length).toBeLessThan(240);
  });

  it('need no second word while the first one holds', () => {
    const some = [key('maria', 'AKIA1')];
    const facts = factsWith(some, { attestation: wordFor('keep-program', ...some) });
    expect(planAccessKeys(facts, 'keep-program')).toEqual([]);
  });
});

describe('room for a new administrator', () => {
  const newGroup = { name: 'Administrators', exists: false, hasAdministratorPolicy: false };

  it('is a user, and a group unless there is one', () => {
    expect(canMakeAdministrator(factsWith([]))).toBe(true);
    expect(canMakeAdministrator(factsWith([], { room: { users: 0, groups: 5 } }))).toBe(false);
    expect(canMakeAdministrator(factsWith([], { room: { users: 1, groups: 0 } }))).toBe(true);
    const without = { room: { users: 1, groups: 0 }, administratorsGroup: newGroup };
    expect(canMakeAdministrator(factsWith([], without))).toBe(false);
    expect(canMakeAdministrator(factsWith([], { ...without, room: { users: 1, groups: 1 } }))).toBe(true);
  });

  it.each([
    ['user', { users: 0, groups: 5 }],
    ['group', { users: 5, groups: 0 }],
  ])('is missed in the finding: another %s', (kind, room) => {
    const change = { room, administratorsGroup: newGroup };
    const { summary, remedy } = judge([], change);
    expect(summary).toContain(`no room for another ${kind}`);
    // Running the setup would not help.
    expect(remedy).toMatch(new RegExp(`^Delete a ${kind}`));
    // Nobody misses it where somebody is ready.
    expect(judge([maria], change).status).toBe('met');
  });

  it('is not needed to complete somebody who is an administrator', () => {
    const { remedy } = judge([candidate('anna', { hasMfa: false, hasPassword: false })], {
      room: { users: 0, groups: 0 },
    });
    expect(remedy).toMatch(/^Run the setup: it makes an administrator.* Delete a user/);
  });
});

describe('somebody who can be completed', () => {
  const open = { ...noRights, hasMfa: false };
  const completable = (change: Partial<AdministratorCandidate>, facts: Partial<AdminUserFacts> = {}) =>
    findCompletable(factsWith([candidate('bob', change)], facts)).length === 1;

  it('is an administrator, unless AWS has locked them down', () => {
    expect(completable({ hasMfa: false })).toBe(true);
    expect(completable({ hasMfa: false, quarantine: 'AWSCompromisedKeyQuarantineV3' })).toBe(false);
  });

  it('is somebody whom a group would make one', () => {
    expect(completable(open)).toBe(true);
    expect(completable({ ...open, canBecomeAdministrator: false })).toBe(false);
  });

  it('is in no more groups than leave room for one more', () => {
    const groups = (count: number) => Array.from({ length: count }, (_, nth) => `group-${nth}`);
    expect(completable({ ...open, groups: groups(9) })).toBe(true);
    expect(completable({ ...open, groups: groups(10) })).toBe(false);
  });

  it('needs a group, or room for one', () => {
    const administratorsGroup = { name: 'Administrators', exists: false, hasAdministratorPolicy: false };
    expect(completable(open, { administratorsGroup, room: { users: 0, groups: 0 } })).toBe(false);
    expect(completable(open, { administratorsGroup, room: { users: 0, groups: 1 } })).toBe(true);
  });

  it('can be in the group already if that only lacks its policy', () => {
    const member = { ...open, groups: ['Administrators'] };
    expect(completable(member)).toBe(false);
    const administratorsGroup = { name: 'Administrators', exists: true, hasAdministratorPolicy: false };
    expect(completable(member, { administratorsGroup })).toBe(true);
  });
});

describe('the plan for an administrator', () => {
  const operations = (facts: AdminUserFacts, who: string | undefined, name?: string) =>
    planAdministrator(facts, { who, name }).flatMap(({ calls }) =>
      calls.map(({ operation }) => operation.replace('iam:', '')),
    );
  const device = ['CreateVirtualMFADevice', 'EnableMFADevice'];

  it('makes a group, a user, a second factor and then a password where there is nothing', () => {
    const administratorsGroup = { name: 'Administrators', exists: false, hasAdministratorPolicy: false };
    expect(operations(factsWith([], { administratorsGroup }), undefined, 'maria')).toEqual([
      'CreateGroup',
      'AttachGroupPolicy',
      'CreateUser',
      'AddUserToGroup',
      ...device,
      'CreateLoginProfile',
    ]);
  });

  it('does nothing without a name', () => {
    expect(operations(factsWith([]), undefined)).toEqual([]);
    expect(operations(factsWith([]), 'nobody')).toEqual([]);
  });

  it('marks the new user as made by this program', () => {
    const [user] = planAdministrator(factsWith([]), { who: undefined, name: 'maria' }).flatMap(({ calls }) =>
      calls.filter(({ operation }) => operation === 'iam:CreateUser'),
    );
    expect(user?.input).toMatchObject({
      UserName: 'maria',
      Tags: [{ Key: 'aws-first-steps', Value: 'administrator' }],
    });
  });

  it('only adds what somebody lacks', () => {
    const lacks = (change: Partial<AdministratorCandidate>) =>
      operations(factsWith([candidate('bob', change)]), 'bob');
    expect(lacks({})).toEqual([]);
    expect(lacks({ hasMfa: false })).toEqual(device);
    expect(lacks({ hasPassword: false })).toEqual(['CreateLoginProfile']);
    // Somebody works with that key, and how they sign in is for them to change.
    expect(lacks({ hasPassword: false, accessKeys: ['AKIA1'] })).toEqual([]);
    expect(lacks(noRights)).toEqual(['AddUserToGroup']);
    const [add] = planAdministrator(factsWith([candidate('bob', noRights)]), { who: 'bob', name: undefined });
    expect(add?.calls[0]?.input).toEqual({ GroupName: 'Administrators', UserName: 'bob' });
  });

  it('gives a group its policy again, and does not add whom it has', () => {
    const administratorsGroup = { name: 'Administrators', exists: true, hasAdministratorPolicy: false };
    const bob = candidate('bob', { isAdministrator: 'no' });
    expect(operations(factsWith([bob], { administratorsGroup }), 'bob')).toEqual(['AttachGroupPolicy']);
    const [attach] = planAdministrator(factsWith([bob], { administratorsGroup }), {
      who: 'bob',
      name: undefined,
    });
    expect(attach?.calls[0]?.input).toEqual({
      GroupName: 'Administrators',
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    });
    // An administrator by other means needs no group.
    expect(operations(factsWith([candidate('bob')], { administratorsGroup }), 'bob')).toEqual([]);
  });

  it('goes on with a user of the name that was to be new', () => {
    const begun = candidate('bob', { hasPassword: false });
    expect(operations(factsWith([maria, begun]), 'someone new', 'bob')).toEqual(['CreateLoginProfile']);
    expect(operations(factsWith([maria, begun]), undefined, 'bob')).toEqual(['CreateLoginProfile']);
  });
});

describe('what becomes of a password without MFA', () => {
  const open = (name: string, change: Partial<AdministratorCandidate> = {}) =>
    candidate(name, { hasMfa: false, ...change });
  const plan = (
    facts: AdminUserFacts,
    answer: Parameters<typeof planUnprotected>[1]['without-mfa'],
    { who, of }: { who?: string; of?: readonly string[] } = {},
  ) =>
    planUnprotected(facts, { who, 'without-mfa': answer, 'without-mfa-of': of }).flatMap(({ calls }) =>
      calls.map(
        ({ operation, input }) => `${operation.replace('iam:', '')} ${Object.values(input).join(' ')}`,
      ),
    );
  const both = factsWith([open('anna'), open('bob')], { callerName: 'anna' });
  const offered = (facts: AdminUserFacts) =>
    createWithoutMfaQuestion(facts).options.map(({ value }) => value);

  it('is to remove it, but never that of whoever runs the program', () => {
    expect(plan(both, 'remove-password')).toEqual(['DeleteLoginProfile bob']);
    expect(offered(both)).toEqual(['later', 'enrol', 'remove-password', 'take-out']);
    const own = factsWith([open('anna')], { callerName: 'anna' });
    expect(offered(own)).toEqual(['later', 'enrol']);
  });

  it('is to leave the groups of administrators, if nothing else makes one', () => {
    const groups = ['Administrators', 'bosses'];
    const facts = factsWith([
      open('bob', { administratorGroups: groups }),
      open('carl', { isOnlyAdministratorByGroup: false }),
      open('dora', { administratorGroups: [] }),
    ]);
    expect(plan(facts, 'take-out')).toEqual([
      'RemoveUserFromGroup Administrators bob',
      'RemoveUserFromGroup bosses bob',
    ]);
    expect(
      planUnprotected(facts, { who: undefined, 'without-mfa': 'take-out', 'without-mfa-of': ['carl'] }),
    ).toEqual([]);
    expect(plan(facts, 'take-out', { who: 'bob' })).toEqual([]);
    expect(createWithoutMfaQuestion(facts).message).toContain('bob, carl, dora');
    const stuck = factsWith([open('carl', { isOnlyAdministratorByGroup: false })]);
    expect(offered(stuck)).not.toContain('take-out');
    expect(offered(factsWith([open('dora', { administratorGroups: [] })]))).not.toContain('take-out');
  });

  it('is for those who are chosen, and not for the new daily administrator, who gets MFA anyway', () => {
    const facts = factsWith([open('anna'), open('bob'), open('carl')]);
    expect(plan(facts, 'remove-password', { of: ['bob'] })).toEqual(['DeleteLoginProfile bob']);
    expect(plan(facts, 'remove-password', { who: 'anna' })).toEqual([
      'DeleteLoginProfile bob',
      'DeleteLoginProfile carl',
    ]);
    const phones = (who?: string) => plan(facts, 'enrol', { of: ['anna', 'bob'], ...(who && { who }) });
    expect(phones().filter((one) => one.startsWith('Enable'))).toHaveLength(2);
    expect(phones('anna').filter((one) => one.startsWith('Enable'))).toHaveLength(1);
  });

  it('is nothing as long as it waits', () => {
    expect(plan(both, 'later')).toEqual([]);
    expect(plan(both, undefined)).toEqual([]);
  });

  it('is asked unless the only one becomes the daily administrator', () => {
    const { when } = createWithoutMfaQuestion(factsWith([open('anna')]));
    expect(when?.({ who: 'anna' })).toBe(false);
    expect(when?.({ who: 'bob' })).toBe(true);
    expect(createWithoutMfaQuestion(both).when?.({ who: 'anna' })).toBe(true);
  });

  it('is asked of each one only if something is to be done, and by default it is all of them', () => {
    const question = createWhomQuestion(both);
    expect(question.default).toEqual(['anna', 'bob']);
    expect(question.options.map(({ value }) => value)).toEqual(['anna', 'bob']);
    expect(question.when?.({ 'without-mfa': 'later' })).toBe(false);
    expect(question.when?.({})).toBe(false);
    expect(question.when?.({ 'without-mfa': 'enrol' })).toBe(true);
  });
});
