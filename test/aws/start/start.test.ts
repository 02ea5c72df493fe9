import { describe, expect, it, vi } from 'vitest';
import { describeStart, findStart } from '../../../src/aws/start/start.ts';
import { prepareConfiguration } from '../../_support/start/prepare.ts';
import type { Configuration } from '../../_support/start/configurations.ts';

const keys = 'aws_access_key_id = AKIADEV\naws_secret_access_key = none\n';

const describeFor = async (configuration: Omit<Configuration, 'name'>): Promise<string> => {
  const { settings } = await prepareConfiguration({ name: '', ...configuration });
  for (const name of Object.keys(process.env))
    if (/^AWS_|_proxy$|^npm_config_.*proxy$/i.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const { profile, region } = configuration;
  const start = await findStart({ profile, region, env: { ...process.env }, sdkEnv: process.env });
  return describeStart(start)
    .map(([name, text]) => `${name}: ${text}`)
    .join('\n');
};

describe('the details of a start', () => {
  it('say what was found where, and what of it is used', async () => {
    const said = await describeFor({
      config: `[profile "my work"]\nregion = eu-west-1\nendpoint_url = http://localhost:4566\nca_bundle = /etc/company.pem\n`,
      credentials: `[my work]\n${keys}[other]\n${keys}`,
      env: { HTTPS_PROXY: 'http://maria:hush@proxy:8080' },
      profile: 'my work',
    });
    expect(said).toMatch(
      new RegExp(
        [
          '^Profile: my work \\(--profile\\)',
          'Credentials: the access key in the profile "my work"',
          'Region: eu-west-1 \\(the profile\\)',
          'Calls go to: http://localhost:4566 \\(endpoint_url in the profile\\)',
          'Proxy: proxy:8080 \\(HTTPS_PROXY\\)',
          'Certificates: also those of /etc/company.pem \\(ca_bundle in the profile\\)',
          'File: \\S+/config: 1 section',
          'File: \\S+/credentials: 2 sections',
          'Profiles: my work, other$',
        ].join('\n'),
      ),
    );
  });

  it('say what is not there', async () => {
    expect(await describeFor({})).toMatch(
      new RegExp(
        [
          '^Profile: none named',
          'Credentials: none found',
          'Region: us-east-1 \\(no setting\\)',
          'Calls go to: AWS',
          'Proxy: none',
          'Certificates: those that Node trusts',
          'File: \\S+/config: not there',
          'File: \\S+/credentials: not there',
          'Profiles: none$',
        ].join('\n'),
      ),
    );
  });

  it.each<[string, Omit<Configuration, 'name'>, string]>([
    [
      'CloudShell',
      { env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/', AWS_EXECUTION_ENV: 'CloudShell' } },
      'CloudShell',
    ],
    ['another container', { env: { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' } }, 'the container'],
    [
      'a Region only, in a container',
      { config: '[default]\nregion = eu-west-1\n', env: { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' } },
      'the container',
    ],
    ['temporary keys', { credentials: `[default]\n${keys}aws_session_token = none\n` }, 'the temporary keys'],
    [
      'FIPS',
      { config: `[default]\nuse_fips_endpoint = true\n${keys}` },
      "AWS's FIPS endpoints (use_fips_endpoint in the profile)",
    ],
    [
      'FIPS off in the environment',
      { config: `[default]\nuse_fips_endpoint = true\n${keys}`, env: { AWS_USE_FIPS_ENDPOINT: 'false' } },
      'Calls go to: AWS\n',
    ],
    [
      'FIPS by the environment',
      { credentials: `[default]\n${keys}`, env: { AWS_USE_FIPS_ENDPOINT: 'true' } },
      '(AWS_USE_FIPS_ENDPOINT)',
    ],
    ['a file in UTF-16', { credentials: Buffer.from([0xff, 0xfe, 0x5b, 0]) }, 'is not plain text but UTF-16'],
    [
      'a path with ~',
      { env: { AWS_CONFIG_FILE: '~/config' }, config: `[default]\nregion = eu-west-3\n${keys}` },
      'eu-west-3 (the profile)',
    ],
  ])('recognize %s', async (_name, configuration, words) => {
    expect(await describeFor(configuration)).toContain(words);
  });
});
