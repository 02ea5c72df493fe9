import {
  createScenarioGroup,
  createNewAccount,
  createScenarioUser,
} from '../../../src/practice/scenarios/scenarios.ts';
import type { World } from '../../../src/practice/world/world.ts';
import {
  accountWith,
  alertTo,
  plantAlarm,
  plantBudget,
  plantTopic,
  policy,
} from '../../_support/practice-worlds.ts';

/** Texts that somebody could put into an account, and for each what of it must never reach a terminal. */
export const payloads: readonly { what: string; text: string; harm: readonly string[] }[] = [
  { what: 'a window title', text: 'a\u001B]0;OWNED\u0007b', harm: ['\u001B]0;', 'OWNED'] },
  { what: 'the clipboard', text: 'a\u001B]52;c;cm0gLXJm\u0007b', harm: ['\u001B]52', 'cm0gLXJm'] },
  {
    what: 'a link',
    text: 'a\u001B]8;;https://evil.example\u001B\\b\u001B]8;;\u001B\\',
    harm: ['https://evil', '\u001B\\'],
  },
  { what: 'a device control string', text: 'a\u001BP$q"p\u001B\\b', harm: ['\u001BP', '$q"p'] },
  { what: 'a question to the terminal', text: 'a\u001B[6nb\u001B[>c', harm: ['\u001B[6n', '\u001B[>c'] },
  {
    what: 'one-byte controls',
    text: 'a\u009B6nb\u009D0;t\u009Cc\u0085d',
    harm: ['\u009B', '\u009D', '\u0085'],
  },
  { what: 'other controls', text: 'a\u0000b\b\b\bc\u0007d\u007Fe', harm: ['\u0000', '\b', '\u007F'] },
  {
    what: 'a line of its own',
    text: 'a\r\nFORGED: done\u2028FORGED\u000BFORGED',
    harm: ['\u2028', '\u000B'],
  },
  {
    what: 'turned direction',
    text: 'a\u202Egnp\u2066x\u2069\u200Fy\u061C',
    harm: ['\u202E', '\u2066', '\u2069', '\u200F', '\u061C'],
  },
  {
    what: 'what nobody sees',
    text: 'ad\u200Bm\u2060i\uFEFFn\u{E0061}\u00AD\u3164',
    harm: ['\u200B', '\u2060', '\uFEFF', '\u{E0061}', '\u00AD', '\u3164'],
  },
  { what: 'half a character', text: 'a\uD800b\uDC00c', harm: ['\uD800', '\uDC00'] },
  { what: 'emoji', text: '👩‍👩‍👧🏳️‍🌈👍🏽', harm: [] },
  { what: 'a tower of accents', text: `a${'\u0301'.repeat(200)}b`, harm: ['\u0301'.repeat(5)] },
  { what: 'ten thousand characters', text: 'x'.repeat(10_000), harm: ['x'.repeat(2001)] },
];

const plantPeople = (world: World, text: string): void => {
  const inline = [{ name: `inline ${text}`, document: JSON.stringify({ Statement: [], Sid: text }) }];
  const tags = [
    { Key: 'aws-first-steps', Value: 'administrator' },
    { Key: 'aws-first-steps:groups', Value: `${text} 2026-11-23` },
  ];
  world.groups.push(
    { ...createScenarioGroup(world, `Admins ${text}`, ['AdministratorAccess']), inline },
    createScenarioGroup(world, `Team ${text}`),
  );
  world.users.push(
    createScenarioUser(world, `Direct ${text}`, { attached: [`${policy('')}custom ${text}`], inline }),
    createScenarioUser(world, `Admin ${text}`, { groups: [`Admins ${text}`], tags }),
    createScenarioUser(world, `Other ${text}`, { groups: [`Admins ${text}`, `Team ${text}`] }),
  );
};

/** Budgets none of which does: findings name them, and say why. */
const plantBudgets = (world: World, text: string, topic: string): void => {
  plantBudget(world, `Gone ${text}`, { alerts: [alertTo([`${topic}-gone`])] });
  plantBudget(world, `Part ${text}`, { filters: { Service: [text] } });
  plantBudget(world, `Silent ${text}`, { alerts: [] });
};

/** A new account with `text` wherever a text can be: names, tags, policies, topics, alarms, budgets, endpoints, keys. */
export const hostileWorld = (text: string): World =>
  accountWith((world) => {
    world.alias = text;
    world.account.name = text;
    plantPeople(world, text);
    world.devices.push({
      serial: `arn:aws:iam::${world.account.id}:mfa/${text}`,
      seed: 'A'.repeat(64),
      createdAt: world.account.createdAt,
    });
    const at = world.account.createdAt;
    const lastUsed = { at, service: text, region: text };
    world.root.accessKeys.push({ id: `AKIA${text}`, createdAt: at, active: true, lastUsed });
    const topic = plantTopic(world, text, false);
    for (const subscription of world.subscriptions) {
      subscription.endpoint = `${text}@example.com`;
      // Without a mail to click in, a rehearsal would wait for the click for two days.
      world.mails.push({ to: text, at, subject: text, text, confirms: subscription.arn });
    }
    plantAlarm(world, `Alarm ${text}`, { AlarmDescription: text, AlarmActions: [`${topic}-gone`] });
    plantAlarm(world, `Low ${text}`, {
      AlarmDescription: `Low ${text}`,
      AlarmActions: [topic],
      ActionsEnabled: false,
    });
    plantBudgets(world, text, topic);
  });

/** The same, seen by an IAM user with such a name. */
export const seenByHostileUser = (text: string): World => ({
  ...hostileWorld(text),
  caller: { kind: 'user', name: `Other ${text}` },
});

/** A new account without anything in it. */
export const harmlessWorld = (): World => createNewAccount(new Date('2026-11-23T12:00:00.000Z'));
