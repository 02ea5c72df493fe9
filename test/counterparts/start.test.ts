import { describe, expect, it } from 'vitest';
import { configurations } from '../_support/start/configurations.ts';
import { prepareConfiguration } from '../_support/start/prepare.ts';
import { motoIsInstalled } from './_support/install-moto.ts';
import { runPython } from './_support/judges.ts';

// What `aws sts get-caller-identity` would sign with and call, without calling it.
const awsCli = `
import json, os, sys
from awscli.clidriver import create_clidriver

def ask(case):
    for name in list(os.environ):
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            del os.environ[name]
    os.environ.update(case["settings"])
    try:
        session = create_clidriver().session
        if case["profile"]:
            session.set_config_variable("profile", case["profile"])
        region = session.get_config_variable("region") or "us-east-1"
        client = session.create_client("sts", region_name=region)
        credentials = session.get_credentials()
        key = credentials and credentials.get_frozen_credentials().access_key
        return {"key": key, "at": region, "address": client.meta.endpoint_url.rstrip("/")}
    except Exception as error:
        return {"error": str(error)}

json.dump([ask(case) for case in json.load(sys.stdin)], sys.stdout)
`;

type Answer = { key?: string | null; at?: string; address?: string; error?: string };

describe.skipIf(!motoIsInstalled())('AWS CLI, asked about the same configurations', () => {
  it('uses the same identity, Region and address, but where the table says otherwise', async () => {
    const asked = configurations.filter(({ cli }) => cli !== 'not asked');
    const cases = await Promise.all(
      asked.map(async (configuration) => ({
        settings: (await prepareConfiguration(configuration)).settings,
        profile: configuration.profile ?? null,
      })),
    );
    const answers = (await runPython(awsCli, cases)) as readonly Answer[];
    const differing = asked.flatMap((configuration, index) => {
      const { name, key, at = 'us-east-1', address, cli } = configuration;
      const answer = answers[index] ?? {};
      const ours = key === undefined ? undefined : { key, at, address: address ?? answer.address };
      const theirs = answer.key ? { key: answer.key, at: answer.at, address: answer.address } : undefined;
      const same = JSON.stringify(ours) === JSON.stringify(theirs);
      return same === (cli === undefined) ? [] : [{ name, ours, answer, cli }];
    });
    expect(differing).toEqual([]);
  });
});
