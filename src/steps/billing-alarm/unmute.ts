import { DeleteAlarmMuteRuleCommand, PutAlarmMuteRuleCommand } from '@aws-sdk/client-cloudwatch';
import { call, type Action } from '../../core/action.ts';
import type { BillingAlarmFacts, MuteRule } from './facts.ts';

const planRule = ({ name, settings }: MuteRule, alarms: readonly string[]): readonly Action[] => {
  if (settings === undefined) return [];
  const others = (settings.MuteTargets?.AlarmNames ?? []).filter((one) => !alarms.includes(one));
  return [
    others.length > 0
      ? call(
          'cloudwatch',
          new PutAlarmMuteRuleCommand({ ...settings, MuteTargets: { AlarmNames: others } }),
          `take ${alarms.join(' and ')} out of the mute rule ${name}; its other alarms stay silent`,
        )
      : call(
          'cloudwatch',
          new DeleteAlarmMuteRuleCommand({ AlarmMuteRuleName: name }),
          `delete the mute rule ${name}, which silences only ${alarms.join(' and ')}`,
        ),
  ];
};

/** Lets alarms be heard again that mute rules silence. Other alarms of the rules stay silent. */
export const planUnmuting = (facts: BillingAlarmFacts, names: readonly string[]): readonly Action[] => {
  const rules = new Map<string, { rule: MuteRule; alarms: string[] }>();
  for (const name of names) {
    const rule = Object.hasOwn(facts.muteRules, name) ? facts.muteRules[name] : undefined;
    if (rule === undefined) continue;
    const known = rules.get(rule.name) ?? { rule, alarms: [] };
    rules.set(rule.name, { rule, alarms: [...known.alarms, name] });
  }
  return [...rules.values()].flatMap(({ rule, alarms }) => planRule(rule, alarms));
};
