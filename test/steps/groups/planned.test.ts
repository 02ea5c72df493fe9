import { describe, expect, it } from 'vitest';
import type { Action } from '../../../src/core/action.ts';
import type { IamGroup, IamUser, UsersAndGroups } from '../../../src/aws/reads/iam.ts';
import { findSuccessorGroup, planMoveToGroup, sortByRoom } from '../../../src/steps/groups/move-to-group.ts';
import {
  groupQuestions,
  hasRoomForTeams,
  parseChosenTeams,
  type GroupAnswers,
  type GroupQuestionFacts,
} from '../../../src/steps/groups/questions.ts';
import { canHoldPolicies } from '../../../src/steps/groups/room.ts';
import { planTeamGroup } from '../../../src/steps/groups/team-actions.ts';
import { listTeamPolicies, teamPresets } from '../../../src/steps/groups/teams.ts';
import { canWorkInGroup, findPossibleMembers, judgeTeam } from '../../../src/steps/groups/work.ts';
import { requireMfaPolicyDocument } from '../../../src/steps/groups/require-mfa.ts';

const aws = (name: string) => ({ name, arn: `arn:aws:iam::aws:policy/${name}` });
const [read, write] = [aws('ReadOnlyAccess'), aws('AmazonS3FullAccess')];
const document = (Action: string, Effect = 'Allow') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] });
const inline = (name: string, text = document('s3:*')) => ({ name, document: text });

const user = (name: string, change: Partial<IamUser> = {}): IamUser => ({
  name,
  arn: `arn:aws:iam::123456789012:user/${name}`,
  attached: [],
  inline: [],
  groups: [],
  tags: {},
  boundary: undefined,
  ...change,
});
const group = (name: string, change: Partial<IamGroup> = {}): IamGroup => ({
  name,
  arn: `arn:aws:iam::123456789012:group/${name}`,
  attached: [],
  inline: [],
  ...change,
});

const everyoneWith = (users: readonly IamUser[], groups: readonly IamGroup[] = []): UsersAndGroups => ({
  users,
  groups,
  roles: [],
  policyDocuments: new Map([
    [read.arn, document('*:Get*')],
    [write.arn, document('s3:*')],
  ]),
});
const callsOf = (actions: readonly Action[]) =>
  actions.flatMap(({ calls }) =>
    calls.map(({ operation, input }) => {
      const { PolicyDocument: _text, ...rest } = input as Record<string, unknown>;
      return [operation.replace('iam:', ''), ...Object.values(rest)].join(' ');
    }),
  );

describe('moving the policies of a user to a group', () => {
  const bob = user('bob', { attached: [read], inline: [inline('own')] });

  it('gives them to the group before they are taken from the user', () => {
    expect(callsOf(planMoveToGroup(bob, everyoneWith([bob])))).toEqual([
      'CreateGroup bob-permissions',
      `AttachGroupPolicy bob-permissions ${read.arn}`,
      'PutGroupPolicy bob-permissions own',
      'AddUserToGroup bob-permissions bob',
      `DetachUserPolicy bob ${read.arn}`,
      'DeleteUserPolicy bob own',
    ]);
  });

  it('goes on where an interrupted run stopped', () => {
    const begun = group('bob-permissions', { attached: [read], inline: [inline('own')] });
    const member = { ...bob, groups: ['bob-permissions'] };
    expect(callsOf(planMoveToGroup(member, everyoneWith([member], [begun])))).toEqual([
      'PutGroupPolicy bob-permissions own',
      `DetachUserPolicy bob ${read.arn}`,
      'DeleteUserPolicy bob own',
    ]);
    // Of a member, some may be gone already.
    const later = { ...member, attached: [] };
    expect(findSuccessorGroup(later, everyoneWith([later], [begun])).group).toBe(begun);
    const half = group('bob-permissions', { attached: [] });
    expect(callsOf(planMoveToGroup(bob, everyoneWith([bob], [half])))[0]).toBe(
      `AttachGroupPolicy bob-permissions ${read.arn}`,
    );
  });

  it.each<[string, IamGroup, IamUser[]]>([
    ['somebody else is in it', group('bob-permissions'), [user('anna', { groups: ['bob-permissions'] })]],
    ['it has a policy that the user has not', group('bob-permissions', { attached: [read, write] }), []],
    ['it has a text that the user has not', group('bob-permissions', { inline: [inline('more')] }), []],
    [
      'it has another text by the same name',
      group('bob-permissions', { inline: [inline('own', document('ec2:*'))] }),
      [],
    ],
    ['it has no room', group('bob-permissions', { inline: [inline('big', `"${'x'.repeat(5119)}"`)] }), []],
  ])('takes another group when %s', (_what, taken, others) => {
    expect(findSuccessorGroup(bob, everyoneWith([bob, ...others], [taken]))).toEqual({
      name: 'bob-permissions-2',
    });
  });

  it('finds a group whatever the case of its name, since IAM has only one of them', () => {
    const begun = group('Bob-Permissions');
    expect(findSuccessorGroup(bob, everyoneWith([bob], [begun]))).toEqual({
      name: 'Bob-Permissions',
      group: begun,
    });
  });

  const groups = (count: number) => Array.from({ length: count }, (_, nth) => `group-${nth}`);
  const policies = (count: number) => Array.from({ length: count }, (_, nth) => aws(`Policy${nth}`));
  const sort = (users: readonly IamUser[], room = 10, existing: readonly IamGroup[] = []) => {
    const { movable, newGroupCount, obstacles } = sortByRoom(users, everyoneWith(users, existing), room);
    return { movable: movable.map(({ name }) => name), newGroupCount, obstacles };
  };

  it('is not begun for somebody in as many groups as IAM allows, unless the group is among them', () => {
    const full = user('bob', { attached: [read], groups: groups(10) });
    const { movable, obstacles } = sort([full]);
    expect(movable).toEqual([]);
    expect(obstacles[0]?.description).toContain('bob is in 10 groups');
    expect(obstacles[0]?.remedy).toContain('Take bob out of a group');
    expect(sort([{ ...full, groups: groups(9) }]).movable).toEqual(['bob']);
    const begun = { ...full, groups: [...groups(9), 'bob-permissions'] };
    expect(sort([begun], 10, [group('bob-permissions', { attached: [read] })]).movable).toEqual(['bob']);
  });

  it('is not begun for somebody with more policies than a group can have', () => {
    expect(sort([user('bob', { attached: policies(10) })]).movable).toEqual(['bob']);
    const { movable, obstacles } = sort([user('bob', { attached: policies(11) })]);
    expect(movable).toEqual([]);
    expect(obstacles[0]?.description).toContain('bob has 11 policies');
    expect(obstacles[0]?.remedy).toContain('Detach a policy');
  });

  it('is begun for as many as IAM has room for new groups', () => {
    const users = ['anna', 'bob', 'carl'].map((name) => user(name, { attached: [read] }));
    expect(sort(users)).toEqual({ movable: ['anna', 'bob', 'carl'], newGroupCount: 3, obstacles: [] });
    const two = sort(users, 2);
    expect(two).toMatchObject({ movable: ['anna', 'bob'], newGroupCount: 2 });
    expect(two.obstacles[0]?.description).toContain('2 more groups in this account, 1 too few');
    expect(sort(users, 1).obstacles[0]?.description).toContain('1 more group in');
    // An existing group needs no room.
    const begun = group('carl-permissions', { attached: [read] });
    expect(sort(users, 1, [begun])).toMatchObject({ movable: ['anna', 'carl'], newGroupCount: 1 });
  });
});

describe('the policies that a group can hold', () => {
  const arns = (count: number) => Array.from({ length: count }, (_, nth) => `arn-${nth}`);

  it('are ten different managed ones', () => {
    expect(canHoldPolicies(arns(10), [])).toBe(true);
    expect(canHoldPolicies(arns(11), [])).toBe(false);
    expect(canHoldPolicies([...arns(10), 'arn-0'], [])).toBe(true);
  });

  it('are texts of 5,120 characters together, without blanks', () => {
    expect(canHoldPolicies([], ['x'.repeat(5000), 'x'.repeat(120)])).toBe(true);
    expect(canHoldPolicies([], ['x'.repeat(5000), 'x'.repeat(121)])).toBe(false);
    expect(canHoldPolicies([], [` ${'x'.repeat(5120)}\n `])).toBe(true);
  });
});

const teamNamed = (value: string) => {
  const team = teamPresets.find((one) => one.value === value);
  if (!team) throw new Error(`there is no team ${value}`);
  return team;
};
const billing = teamNamed('billing');

describe('the group of a team', () => {
  const plan = (everyone: UsersAndGroups, members: readonly string[] = [], mfa = true) =>
    planTeamGroup(everyone, { name: 'billing', team: billing, members }, mfa);

  it('requires MFA before it allows anything, and gets its members last', () => {
    expect(callsOf(plan(everyoneWith([user('anna')]), ['anna']))).toEqual([
      'CreateGroup billing',
      'PutGroupPolicy billing require-mfa',
      ...listTeamPolicies(billing).map((arn) => `AttachGroupPolicy billing ${arn}`),
      'AddUserToGroup billing anna',
    ]);
    expect(callsOf(plan(everyoneWith([]), [], false)).join()).not.toContain('require-mfa');
  });

  it('is completed if it exists, whatever the case of its name', () => {
    const [first, ...rest] = listTeamPolicies(billing);
    const begun = group('Billing', {
      attached: [{ name: 'x', arn: first ?? '' }],
      inline: [{ name: 'require-mfa', document: requireMfaPolicyDocument }],
    });
    const anna = user('anna', { groups: ['Billing'] });
    const actions = plan(everyoneWith([anna, user('bob')], [begun]), ['anna', 'bob']);
    expect(callsOf(actions)).toEqual([
      ...rest.map((arn) => `AttachGroupPolicy Billing ${arn}`),
      'AddUserToGroup Billing bob',
    ]);
    // Whom it affects besides is said.
    expect(actions[0]?.why).toContain('anna');
    expect(actions[0]?.why).not.toContain('bob');
  });

  it('gets the policy that requires MFA under a name that is free', () => {
    const other = group('billing', { inline: [inline('require-mfa')] });
    const [put] = callsOf(plan(everyoneWith([], [other])));
    expect(put).toBe('PutGroupPolicy billing require-mfa-2');
    expect(plan(everyoneWith([], [other]))[0]?.why).not.toContain('in it already');
  });
});

describe('whoever can work in a team', () => {
  const denied = { inline: [inline('no', document('*', 'Deny'))] };
  const boss = user('boss', { attached: [aws('AdministratorAccess')] });

  it('is no administrator whose word is kept, nobody without room, and nobody who is locked out', () => {
    const full = user('full', { groups: Array.from({ length: 10 }, (_, nth) => `g${nth}`) });
    const leaked = user('leaked', { attached: [aws('AWSCompromisedKeyQuarantineV3')] });
    const bounded = user('bounded', { boundary: aws('AWSDenyAll').arn });
    const names = (...users: IamUser[]) => findPossibleMembers(everyoneWith(users)).map(({ name }) => name);
    expect(names(user('anna'), boss, full, leaked, bounded, user('out', denied))).toEqual(['anna']);
    expect(names(user('nine', { groups: Array.from({ length: 9 }, (_, nth) => `g${nth}`) }))).toEqual([
      'nine',
    ]);
  });

  it('decides whether a group lets somebody work', () => {
    const works = group('works', { attached: [write] });
    expect(judgeTeam(everyoneWith([], [works]), works)).toBe('yes');
    const locked = user('out', { ...denied, groups: ['works'] });
    expect(judgeTeam(everyoneWith([locked], [works]), works)).toBe('no');
    const both = [locked, user('anna', { groups: ['works'] })];
    expect(judgeTeam(everyoneWith(both, [works]), works)).toBe('yes');
    expect(canWorkInGroup(everyoneWith(both, [works]), works)).toBe(true);
    expect(canWorkInGroup(everyoneWith([locked], [works]), works)).toBe(false);
    const denying = group('works', denied);
    expect(canWorkInGroup(everyoneWith([], [denying]), denying)).toBe(false);
  });
});

describe('the questions about teams', () => {
  const anna = user('anna');
  const facts = (change: Partial<GroupQuestionFacts> = {}): GroupQuestionFacts => ({
    ...everyoneWith([anna]),
    movableUsers: [],
    roomForTeams: 100,
    teamGroups: [],
    usersWithOwnPolicies: [],
    attestationHolder: undefined,
    ...change,
  });
  const asked = (some: GroupQuestionFacts) =>
    Object.entries(groupQuestions).flatMap(([name, ask]) => (ask(some) ? [name] : []));

  it('are asked while there are none, and about moving only if somebody can be moved', () => {
    expect(asked(facts())).not.toContain('move');
    expect(asked(facts())).toEqual(
      expect.arrayContaining(['scope', 'teams', 'own-team', 'require-mfa', 'members-billing']),
    );
    expect(asked(facts({ teamGroups: [group('web')], movableUsers: [anna] }))).toEqual(['move']);
    expect(asked(facts({ users: [] }))).not.toContain('members-billing');
  });

  it('offer teams only where IAM has room for all of them and one more', () => {
    const room = (roomForTeams: number) => facts({ roomForTeams });
    expect(hasRoomForTeams(room(teamPresets.length))).toBe(false);
    expect(hasRoomForTeams(room(teamPresets.length + 1))).toBe(true);
    const scope = (some: GroupQuestionFacts) => groupQuestions.scope(some);
    expect(scope(room(100))?.options.map(({ value }) => value)).toEqual(['only-me', 'teams']);
    expect(scope(room(100))?.default).toBe('only-me');
    expect(scope(room(0))?.options.map(({ value }) => value)).toEqual(['only-me']);
    expect(scope(room(0))?.default).toBeUndefined();
  });

  it('follow what was said before', () => {
    const teams = groupQuestions.teams(facts());
    expect(teams?.when?.({ scope: 'teams' })).toBe(true);
    expect(teams?.when?.({ scope: 'only-me' })).toBe(false);
    const like = groupQuestions['own-team-like'](facts());
    expect(like?.when?.({ scope: 'teams', 'own-team': 'web' })).toBe(true);
    expect(like?.when?.({ scope: 'teams', 'own-team': '' })).toBe(false);
    expect(like?.when?.({ scope: 'only-me', 'own-team': 'web' })).toBe(false);
    const members = groupQuestions['members-billing'](facts());
    expect(members?.when?.({ scope: 'teams', teams: ['billing'] })).toBe(true);
    expect(members?.when?.({ scope: 'teams', teams: ['auditors'] })).toBe(false);
    expect(members?.when?.({ scope: 'teams' })).toBe(false);
    expect(members?.when?.({ scope: 'only-me', teams: ['billing'] })).toBe(false);
  });

  it('offer no team whose name a group has that is not fit for it', () => {
    const offered = (...groups: IamGroup[]) =>
      groupQuestions.teams(facts(everyoneWith([anna], groups)))?.options.map(({ value }) => value);
    expect(offered()).toHaveLength(teamPresets.length);
    expect(offered(group('Billing', { attached: [aws('AdministratorAccess')] }))).not.toContain('billing');
    expect(offered(group('Billing'))).toContain('billing');
  });

  it('refuse a name of administrators, of a team, and of a group that is not fit', () => {
    const some = everyoneWith(
      [anna],
      [
        group('bosses', { attached: [aws('AdministratorAccess')] }),
        group('idle'),
        group('full', { inline: [inline('x', `"${'x'.repeat(5118)}"`)] }),
      ],
    );
    const refused = groupQuestions['own-team'](facts(some))?.refused?.map(({ value }) => value) ?? [];
    expect(refused).toEqual(expect.arrayContaining(['bosses', 'billing', 'full']));
    expect(refused).not.toContain('idle');
  });

  it('list no more than fifty people, and say how many there are', () => {
    const people = (count: number) => Array.from({ length: count }, (_, nth) => user(`user-${nth}`));
    const list = (count: number) => groupQuestions['members-billing'](facts(everyoneWith(people(count))));
    expect(list(51)?.options).toHaveLength(50);
    expect(list(51)?.help).toContain('50 of 51');
    expect(list(50)?.help).toBeUndefined();
    expect(list(2)?.options.map(({ value }) => value)).toEqual(['user-0', 'user-1']);
  });

  it('name the group to which somebody would be moved', () => {
    const move = groupQuestions.move(facts({ movableUsers: [anna] }));
    expect(move?.message).toContain('anna');
    expect(move?.help).toContain('anna-permissions');
    expect(move?.default).toBe(false);
  });

  it('become the chosen teams with their members', () => {
    const answers = {
      teams: ['billing', 'auditors'],
      'members-billing': ['anna'],
      'own-team': 'web',
      'own-team-like': 'front-end',
      'members-own-team': ['bob'],
    } as unknown as GroupAnswers;
    expect(parseChosenTeams(answers)).toMatchObject([
      { name: 'billing', team: billing, members: ['anna'] },
      { name: 'auditors', members: [] },
      { name: 'web', team: teamNamed('front-end'), members: ['bob'] },
    ]);
    const { 'own-team': _none, ...rest } = answers;
    expect(parseChosenTeams(rest as GroupAnswers)).toHaveLength(2);
    expect(parseChosenTeams({} as GroupAnswers)).toEqual([]);
    expect(
      parseChosenTeams({
        ...rest,
        'own-team': 'web',
        'members-own-team': undefined,
      })[2],
    ).toMatchObject({
      members: [],
    });
  });
});
