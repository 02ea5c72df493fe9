import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { python } from './install-moto.ts';

/** Runs a Python program that reads JSON and writes JSON. */
export const runPython = async (program: string, input: unknown): Promise<unknown> => {
  const child = spawn(python, ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(input));
  return JSON.parse(await text(child.stdout));
};

// It logs what it does not know of new services of AWS.
const parliament = `
import json, logging, sys
logging.disable(logging.CRITICAL)
from parliament import analyze_policy_string
from parliament.community_auditors.privilege_escalation import permissions_on_other_users

def judge(document):
    policy = analyze_policy_string(document)
    actions = policy.get_allowed_actions()
    permissions_on_other_users(policy, actions)
    ways = [one.location["type"] for one in policy.findings if one.issue == "PRIVILEGE_ESCALATION"]
    return {"ways": sorted(set(ways)), "actions": actions}

json.dump([judge(document) for document in json.load(sys.stdin)], sys.stdout)
`;

/** The ways to more permissions and the allowed actions, in lower case, that Parliament finds in a policy. */
export type ParliamentVerdict = { ways: readonly string[]; actions: readonly string[] };

/** Parliament by Duo Labs. It looks at one policy, and takes conditions of an Allow as met and those of a Deny as not. */
export const judgeByParliament = async (
  documents: readonly string[],
): Promise<readonly ParliamentVerdict[]> =>
  (await runPython(parliament, documents)) as readonly ParliamentVerdict[];

const moto = `
import json, sys
from moto.iam.access_control import IAMPolicy
json.dump(
    [IAMPolicy(document).is_action_permitted(action, resource).name for document, action, resource in json.load(sys.stdin)],
    sys.stdout,
)
`;

/** What moto answers to a call under a policy: whether it is permitted, denied, or neither. */
export const judgeByMoto = async (
  calls: readonly (readonly [document: string, action: string, resource: string])[],
): Promise<readonly ('PERMITTED' | 'DENIED' | 'NEUTRAL')[]> =>
  (await runPython(moto, calls)) as readonly ('PERMITTED' | 'DENIED' | 'NEUTRAL')[];
