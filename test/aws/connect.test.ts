import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Server } from 'node:http';
import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi, type MockInstance } from 'vitest';
import { connect as connectWith } from '../../src/aws/connect.ts';
import { findProxy } from '../../src/aws/start/proxy.ts';
import { findStart, listStartNotices } from '../../src/aws/start/start.ts';
import { Transport } from '../../src/aws/transport.ts';
import { explainError } from '../../src/aws/errors/explain.ts';
import { readIdentity } from '../../src/aws/identity.ts';
import { exitCodes } from '../../src/lib/user-error.ts';
import { companyCertificate, startInspectingProxy } from '../_support/inspecting-proxy.ts';
import { startClosingServer, startLocalServer } from '../_support/local-server.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

const identity = (arn: string) =>
  `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;

type Given = { profile?: string | undefined; region?: string | undefined; env: NodeJS.ProcessEnv };

const start = (given: Given) => findStart({ ...given, sdkEnv: process.env });

const connect = async (given: Given) => connectWith(await start(given));

/** Removes everything from the environment of this machine that could lead to a real account. */
beforeEach(async () => {
  for (const name of Object.keys(process.env)) {
    if (/^AWS_|_proxy$/i.test(name)) vi.stubEnv(name, undefined);
  }
  const folder = await temporaryFolder();
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  vi.stubEnv('AWS_LOGIN_CACHE_DIRECTORY', folder);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  await writeFile(
    join(folder, 'credentials'),
    '[maria]\naws_access_key_id=AKIAMARIA\naws_secret_access_key=none\n',
  );
  await writeFile(
    join(folder, 'config'),
    [
      '[profile stale]\nlogin_session = arn:aws:iam::431209876655:root\nregion = us-east-1\n',
      '[profile maria]\nregion = eu-central-1\n',
      '[profile mistyped]\nregion = Frankfurt\n',
    ].join(''),
  );
});
afterEach(() => {
  vi.unstubAllEnvs();
});

// The SDK warns once in the life of a process, so whichever test comes first must see it.
let printed: MockInstance;
beforeEach(() => {
  printed = vi.spyOn(console, 'warn');
});
afterEach(() => {
  const words = printed.mock.calls.flat();
  printed.mockRestore();
  if (words.length > 0) throw new Error(`the SDK wrote to the console: ${words.join()}`);
});

const withKey = () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENVIRONMENT');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'none');
};

const outcome = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => explainError(error)?.message ?? error,
  );

describe('credentials', () => {
  it('come from the environment', async () => {
    withKey();
    expect(await (await connect({ env: process.env })).accessKeyId()).toBe('AKIAENVIRONMENT');
  });

  it('come from the named profile, whatever the environment holds', async () => {
    withKey();
    expect(await (await connect({ profile: 'maria', env: process.env })).accessKeyId()).toBe('AKIAMARIA');
  });

  it.each([
    ['AWS_ENDPOINT_URL', 'localhost:4566'],
    ['AWS_ENDPOINT_URL_IAM', '127.0.0.1:5000/'],
    ['AWS_ENDPOINT_URL', 'no address'],
    ['AWS_ENDPOINT_URL', 'ftp://localhost'],
  ])('are sent nowhere while %s is not an address: %s', async (name, value) => {
    const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x', [name]: value };
    await expect(connect({ env })).rejects.toThrow(`${name} is not an address: "${value}".`);
  });

  it('are explained when there are none', async () => {
    expect(await outcome(connect({ env: process.env }))).toBe('No AWS credentials were found.');
  });

  it('are reported as missing by the name of the profile when the profile does not exist', async () => {
    expect(await outcome(connect({ profile: 'typo', env: process.env }))).toBe('There is no profile "typo".');
  });

  it('are not replaced by those of CloudShell when the named profile does not exist', async () => {
    const { url } = await startLocalServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          AccessKeyId: 'ASIASHELL',
          SecretAccessKey: 'none',
          Token: 'none',
          Expiration: '2099-01-01T00:00:00Z',
        }),
      );
    });
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', url);
    expect(await (await connect({ env: process.env })).accessKeyId()).toBe('ASIASHELL');
    expect(await outcome(connect({ profile: 'typo', env: process.env }))).toBe('There is no profile "typo".');
  });

  it('are explained when the session of "aws login" has expired', async () => {
    expect(await outcome(connect({ profile: 'stale', env: process.env }))).toBe(
      'The session of "aws login" has expired.',
    );
  });
});

const regionOf = async (region: string | undefined, env: Record<string, string>, profile?: string) => {
  withKey();
  return (await connect({ region, env, profile })).sts.config.region();
};

describe('the Region', () => {
  it.each([
    ['the option', 'eu-north-1', { AWS_REGION: 'us-west-2' }, 'eu-north-1'],
    ['AWS_REGION', undefined, { AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-east-2' }, 'us-west-2'],
    ['AWS_DEFAULT_REGION', undefined, { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-2' }, 'us-east-2'],
    ['us-east-1', undefined, {}, 'us-east-1'],
    ['us-east-1', undefined, { AWS_REGION: '', AWS_DEFAULT_REGION: '' }, 'us-east-1'],
  ])('comes from %s', async (_, option, env, region) => {
    expect(await regionOf(option, env)).toBe(region);
  });

  it.each([
    ['the profile that was named', undefined, {}, 'maria', 'eu-central-1'],
    ['the profile in AWS_PROFILE', undefined, { AWS_PROFILE: 'maria' }, undefined, 'eu-central-1'],
    ['AWS_REGION before that of the profile', undefined, { AWS_REGION: 'us-west-2' }, 'maria', 'us-west-2'],
    ['the option before that of the profile', 'eu-north-1', {}, 'maria', 'eu-north-1'],
  ])('comes from %s', async (_, option, env, profile, region) => {
    expect(await regionOf(option, env, profile)).toBe(region);
  });

  it('comes from the profile when the program searches for a misplaced billing alarm', async () => {
    const aws = await connect({ profile: 'maria', env: {} });
    expect(aws.signInRegion).toBe('eu-central-1');
    expect(await aws.inRegion(aws.signInRegion).cloudwatch.config.region()).toBe('eu-central-1');
  });

  it('is validated when it comes from the profile, and the error names the profile', async () => {
    const problem = await connect({ profile: 'mistyped', env: {} }).catch(explainError);
    expect(problem).toMatchObject({
      exitCode: exitCodes.usage,
      message: '"Frankfurt" is not the name of an AWS Region: those look like us-east-1.',
      nextSteps: [expect.stringContaining('your AWS profile')],
    });
  });

  it.each(['', 'Frankfurt', 'us-east-1.example.com', 'us-east-1/', 'us-gov-west-1 '])(
    'cannot be %j',
    async (region) => {
      await expect(connect({ region, env: {} })).rejects.toMatchObject({ exitCode: exitCodes.usage });
    },
  );

  it('may be in another partition', async () => {
    expect(await regionOf('us-gov-west-1', {})).toBe('us-gov-west-1');
  });
});

const tunnelling = (server: Server, asked: string[], status: string) =>
  server.on('connect', ({ url }, socket) => {
    asked.push(String(url));
    socket.end(`HTTP/1.1 ${status}\r\ncontent-type: text/html\r\ncontent-length: 0\r\n\r\n`);
  });

const proxy = async (status: string) => {
  const { server, port } = await startLocalServer(() => {});
  const asked: string[] = [];
  tunnelling(server, asked, status);
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${port}`);
  return asked;
};

describe('the connection to AWS', () => {
  const arn = 'arn:aws:iam::431209876655:root';

  it('is direct when there is no proxy', async () => {
    withKey();
    const { url } = await startLocalServer((_, response) => response.end(identity(arn)));
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    expect((await readIdentity(await connect({ env: process.env }))).kind).toBe('root');
  });

  it('times out when nobody answers, and the host is named', async () => {
    const { url, port } = await startLocalServer(() => {});
    const client = new STSClient({
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'none' },
      requestHandler: new Transport({ requestTimeout: 50 }),
    });
    expect(await outcome(client.send(new GetCallerIdentityCommand({})))).toBe(
      `127.0.0.1:${port} did not answer in time.`,
    );
  });

  it.each(['text/html', 'application/xhtml+xml; charset=utf-8'])(
    'rejects a web page, even one that the SDK accepts as an empty success: %s',
    async (type) => {
      const { url, port } = await startLocalServer((_, response) => {
        response.writeHead(200, { 'content-type': type }).end('<html><body><p>Sign in</p></body></html>');
      });
      const config = { region: 'us-east-1', credentials: { accessKeyId: 'AKIA', secretAccessKey: 'none' } };
      const ask = async (requestHandler?: Transport) =>
        new STSClient({ ...config, endpoint: url, ...(requestHandler && { requestHandler }) }).send(
          new GetCallerIdentityCommand({}),
        );
      expect(await outcome(ask())).toBe('no error');
      expect(await outcome(ask(new Transport()))).toBe(
        `127.0.0.1:${port} answered, but not as AWS does (HTTP 200).`,
      );
    },
  );

  it('uses HTTPS_PROXY', async () => {
    withKey();
    const asked = await proxy('407 Proxy Authentication Required');
    expect(await outcome(readIdentity(await connect({ env: process.env })))).toBe(
      'The proxy asks for a user name and a password.',
    );
    expect(asked).toEqual(['sts.us-east-1.amazonaws.com:443']);
  });

  it('does not use HTTPS_PROXY for the hosts of NO_PROXY', async () => {
    withKey();
    const asked = await proxy('502 Bad Gateway');
    const port = await startClosingServer();
    vi.stubEnv('NO_PROXY', 'localhost');
    vi.stubEnv('AWS_ENDPOINT_URL', `https://localhost:${port}`);
    expect(await outcome(readIdentity(await connect({ env: process.env })))).toBe(
      `The connection to localhost:${port} broke off.`,
    );
    expect(asked).toEqual([]);
  });

  it.each([
    ['socks5://maria:hush@127.0.0.1:1080', 'HTTPS_PROXY names a SOCKS proxy, which this program cannot use.'],
    ['http://maria:hush@:x', 'HTTPS_PROXY is not the URL of an HTTP proxy.'],
  ])(
    'is not opened with an invalid proxy, whose password the error does not repeat: %s',
    async (url, message) => {
      withKey();
      vi.stubEnv('HTTPS_PROXY', url);
      expect(await outcome(connect({ env: process.env }))).toBe(message);
    },
  );
});

describe('a connection through the proxy of a company', () => {
  const arn = 'arn:aws:iam::431209876655:root';
  const ask = async () => readIdentity(await connect({ env: process.env }));

  it.each([
    ['AWS_CA_BUNDLE names its certificate', (file: string) => vi.stubEnv('AWS_CA_BUNDLE', file)],
    [
      'ca_bundle in the profile does',
      (file: string) => {
        writeProfiles(`[default]\nca_bundle = ${file}\n`);
      },
    ],
  ])('is trusted where %s', async (_, trust) => {
    withKey();
    const { asked, host } = await startInspectingProxy(identity(arn));
    // Without a scheme, as curl, npm and AWS CLI accept it.
    vi.stubEnv('HTTPS_PROXY', host);
    const file = join(await temporaryFolder(), 'company.pem');
    await writeFile(file, companyCertificate);
    trust(file);
    expect((await ask()).kind).toBe('root');
    expect(asked).toEqual(['sts.us-east-1.amazonaws.com:443']);
  });

  it('is not trusted without its certificate', async () => {
    withKey();
    const { host } = await startInspectingProxy(identity(arn));
    vi.stubEnv('HTTPS_PROXY', `http://${host}`);
    expect(await outcome(ask())).toContain('does not trust the certificate');
  });

  it.each([
    'amazonaws.com',
    '.amazonaws.com',
    '*.amazonaws.com',
    'sts.us-east-1.amazonaws.com:443',
    'x, amazonaws.com',
    '*',
  ])('is not asked about a host that NO_PROXY=%s leaves out', (list) => {
    const env = { HTTPS_PROXY: 'proxy:8080', NO_PROXY: list };
    expect(findProxy('sts.us-east-1.amazonaws.com', env)).toBeUndefined();
  });

  it.each(['notamazonaws.com', 'aws.com', 'amazonaws.com:80', 'amazonaws.com.example'])(
    'is asked about a host that NO_PROXY=%s does not leave out',
    (list) => {
      const env = { HTTPS_PROXY: 'proxy:8080', NO_PROXY: list };
      expect(findProxy('sts.us-east-1.amazonaws.com', env)?.host).toBe('proxy:8080');
    },
  );

  it.each([
    ['https_proxy', { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1', all_proxy: 'http://c:1' }, 'a:1'],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://b', all_proxy: 'http://c:1' }, 'b:80'],
    ['npm_config_https_proxy', { npm_config_https_proxy: 'https://d', ALL_PROXY: 'http://c:1' }, 'd:443'],
    ['ALL_PROXY', { ALL_PROXY: 'http://maria:hush@c:1' }, 'c:1'],
  ])('is the one that %s names', (variable, env, host) => {
    expect(findProxy('iam.amazonaws.com', env)).toMatchObject({ variable, host });
  });

  it('is named when it does not answer, together with the variable', async () => {
    withKey();
    const { server, port } = await startLocalServer(() => {});
    await new Promise((resolve) => server.close(resolve));
    vi.stubEnv('HTTPS_PROXY', `http://maria:hush@127.0.0.1:${port}`);
    const problem = await ask().catch(explainError);
    expect(problem).toMatchObject({
      message: `The proxy 127.0.0.1:${port} (HTTPS_PROXY) refused the connection.`,
      nextSteps: ['Check the VPN and HTTPS_PROXY. If you need no proxy, remove the setting.'],
    });
  });

  it('is not blamed on AWS when it does not speak TLS itself', async () => {
    withKey();
    const { host } = await startInspectingProxy(identity(arn));
    vi.stubEnv('HTTPS_PROXY', `https://${host}`);
    const problem = await ask().catch(explainError);
    expect(problem).toMatchObject({
      message: `No encrypted connection to the proxy ${host} (HTTPS_PROXY) could be made.`,
      nextSteps: [`Most proxies are reached with http://, not https://: HTTPS_PROXY=http://${host}`],
    });
  });

  it('says that the password is wrong where one is given', async () => {
    withKey();
    const asked = await proxy('407 Proxy Authentication Required');
    const { host } = new URL(process.env['HTTPS_PROXY'] ?? '');
    vi.stubEnv('HTTPS_PROXY', `http://maria:hush@${host}`);
    expect(await outcome(ask())).toBe(
      `The proxy ${host} does not accept the user name and password in HTTPS_PROXY.`,
    );
    expect(asked).toEqual(['sts.us-east-1.amazonaws.com:443']);
  });
});

const writeProfiles = (lines: string) => writeFileSync(process.env['AWS_CONFIG_FILE'] ?? '', lines);

const roleWithMfa = [
  '[profile admin]',
  'role_arn = arn:aws:iam::431209876655:role/admin',
  'source_profile = maria',
  'region = eu-west-1',
  'mfa_serial = arn:aws:iam::431209876655:mfa/maria',
].join('\n');

const assumedRole = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>none</SecretAccessKey><SessionToken>none</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

describe('a source of credentials', () => {
  it('is named while it does not answer, and given up after a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    writeProfiles('[profile vault]\ncredential_process = sleep 0.2\n');
    const said: string[] = [];
    const found = await start({ profile: 'vault', env: process.env });
    const ended = outcome(connectWith(found, { say: (line) => said.push(line) }));
    vi.advanceTimersByTime(3_000);
    expect(said).toEqual(['Waiting for the program sleep that the profile "vault" names: no answer yet.']);
    vi.advanceTimersByTime(57_000);
    expect(await ended).toBe(
      'The program sleep that the profile "vault" names gave no credentials within 60 seconds.',
    );
  });

  it('is given up for every client that waits for it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const folder = await temporaryFolder();
    const script = join(folder, 'keys.sh');
    const keys = JSON.stringify({
      Version: 1,
      AccessKeyId: 'ASIAFIRST',
      SecretAccessKey: 'none',
      SessionToken: 'none',
      Expiration: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await writeFile(script, `test -e ${folder}/asked && sleep 1; touch ${folder}/asked; echo '${keys}'`);
    writeProfiles(`[profile vault]\ncredential_process = sh ${script}\n`);
    const aws = await connect({ profile: 'vault', env: process.env });
    // The first keys are over, so that the program is asked again, and takes its time.
    vi.setSystemTime(Date.now() + 3_600_000);
    const waiting = [aws.accessKeyId(), aws.accessKeyId(), aws.accessKeyId()].map(outcome);
    vi.advanceTimersByTime(60_000);
    expect(new Set(await Promise.all(waiting))).toEqual(
      new Set(['The program sh that the profile "vault" names gave no credentials within 60 seconds.']),
    );
  });

  it('asks for the code of the MFA device that a role wants, and waits as long as the owner takes', async () => {
    const bodies: string[] = [];
    const { url } = await startLocalServer((request, response) => {
      request.on('data', (part) => bodies.push(String(part))).on('end', () => response.end(assumedRole));
    });
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    writeProfiles(roleWithMfa);
    const asked: string[] = [];
    const aws = await connectWith(await start({ profile: 'admin', env: process.env }), {
      askMfaCode: (device) => {
        asked.push(device);
        return Promise.resolve('123456');
      },
    });
    expect(asked).toEqual(['arn:aws:iam::431209876655:mfa/maria']);
    expect(await aws.accessKeyId()).toBe('ASIAROLE');
    expect(bodies.join()).toContain('TokenCode=123456');
  });

  it('is named when AWS refuses the role that it leads to', async () => {
    const { url } = await startLocalServer((_request, response) => {
      response.statusCode = 403;
      response.end(
        '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::431209876655:user/maria is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::431209876655:role/admin</Message></Error></ErrorResponse>',
      );
    });
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    writeProfiles(roleWithMfa.replace(/mfa_serial.*/, ''));
    const problem = await connect({ profile: 'admin', env: process.env }).catch(explainError);
    expect(problem).toMatchObject({
      message:
        'The role could not be assumed: a role that the profile "admin" names, through the access key in the profile "maria".',
    });
    expect(JSON.stringify(problem)).toContain('sts:AssumeRole');
  });

  it.each([
    [
      'the profile itself',
      '[profile ci]\nrole_arn = arn:aws:iam::431209876655:role/ci\nweb_identity_token_file = {token}\n',
    ],
    ['the environment', ''],
  ])('is not said to be on the way to a role where %s holds the token', async (_, profiles) => {
    const { url } = await startLocalServer((_request, response) => {
      response.statusCode = 403;
      response.end(
        '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message></Error></ErrorResponse>',
      );
    });
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    const token = join(await temporaryFolder(), 'token');
    await writeFile(token, 'eyJ');
    if (profiles === '') {
      vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', token);
      vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::431209876655:role/ci');
    } else writeProfiles(profiles.replace('{token}', token));
    const profile = profiles === '' ? undefined : 'ci';
    expect(await outcome(connect({ profile, env: process.env }))).toBe(
      'You are not allowed to call sts:AssumeRoleWithWebIdentity.',
    );
  });

  it('is not named where the network fails on the way to the role', async () => {
    const { server, url, port } = await startLocalServer(() => {});
    await new Promise((resolve) => server.close(resolve));
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    writeProfiles(roleWithMfa.replace(/mfa_serial.*/, ''));
    expect(await outcome(connect({ profile: 'admin', env: process.env }))).toBe(
      `127.0.0.1:${port} (127.0.0.1:${port}) refused the connection.`,
    );
  });

  it('is said to be over with the command that renews it, for the profile in use', async () => {
    const { url } = await startLocalServer((_request, response) => {
      response.statusCode = 403;
      response.end(
        '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error></ErrorResponse>',
      );
    });
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    writeProfiles(
      '[profile temp]\naws_access_key_id = ASIATEMP\naws_secret_access_key = none\naws_session_token = none\n',
    );
    const problem = await connect({ profile: 'temp', env: process.env })
      .then(readIdentity)
      .catch(explainError);
    expect(problem).toMatchObject({
      message: 'The session has expired.',
      nextSteps: [
        'Put new temporary keys into the profile "temp", the way you got these.',
        expect.any(String),
      ],
    });
  });
});

const noticesOf = async (env: NodeJS.ProcessEnv) =>
  listStartNotices(
    await start({ env: { AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT', AWS_SECRET_ACCESS_KEY: 'hush', ...env } }),
  );

describe('the notices at the start', () => {
  it('say nothing about an ordinary environment', async () => {
    expect(await noticesOf({ AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: '' })).toEqual([]);
    const passedOver = { AWS_ENDPOINT_URL: 'http://localhost', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
    expect(await noticesOf(passedOver)).toEqual([]);
  });

  it('warn of addresses that are not those of AWS', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://localhost:4566', AWS_ENDPOINT_URL_IAM: 'http://other' };
    expect(await noticesOf(env)).toEqual([
      'AWS_ENDPOINT_URL is set: calls go to http://localhost:4566 instead of AWS.',
      'AWS_ENDPOINT_URL_IAM is set: calls of iam go to http://other instead of AWS.',
    ]);
  });

  it('say which credentials have precedence', async () => {
    expect(await noticesOf({ AWS_PROFILE: 'maria' })).toEqual([
      'AWS_PROFILE is set, so the access key in AWS_ACCESS_KEY_ID is not used. AWS CLI would use the key.',
    ]);
  });
});
