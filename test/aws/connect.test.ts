import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Server } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { connect, listConnectionNotices, Transport } from '../../src/aws/connect.ts';
import { explainError } from '../../src/aws/errors/explain.ts';
import { readIdentity } from '../../src/aws/identity.ts';
import { exitCodes } from '../../src/lib/user-error.ts';
import { startClosingServer, startLocalServer } from '../_support/local-server.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

const identity = (arn: string) =>
  `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** Removes everything from the environment of this machine that could lead to a real account. */
beforeEach(async () => {
  for (const name of Object.keys(process.env)) {
    if (/^AWS_|_proxy$/i.test(name)) vi.stubEnv(name, undefined);
  }
  const folder = await temporaryFolder();
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
  ])('are sent nowhere while %s is no address: %s', async (name, value) => {
    const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x', [name]: value };
    await expect(connect({ env })).rejects.toThrow(`${name} is no address: "${value}".`);
  });

  it('are explained when there are none', async () => {
    expect(await outcome(connect({ env: process.env }))).toBe('No AWS credentials were found.');
  });

  it('are reported as missing by the name of the profile when the profile does not exist', async () => {
    expect(await outcome(connect({ profile: 'typo', env: process.env }))).toBe(
      'There are no credentials in the profile "typo".',
    );
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
    expect(await outcome(connect({ profile: 'typo', env: process.env }))).toBe(
      'There are no credentials in the profile "typo".',
    );
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
      const { url } = await startLocalServer((_, response) => {
        response.writeHead(200, { 'content-type': type }).end('<html><body><p>Sign in</p></body></html>');
      });
      const config = { region: 'us-east-1', credentials: { accessKeyId: 'AKIA', secretAccessKey: 'none' } };
      const ask = async (requestHandler?: Transport) =>
        new STSClient({ ...config, endpoint: url, ...(requestHandler && { requestHandler }) }).send(
          new GetCallerIdentityCommand({}),
        );
      expect(await outcome(ask())).toBe('no error');
      expect(await outcome(ask(new Transport()))).toBe(
        'Something in between answered instead of AWS (HTTP 200).',
      );
    },
  );

  it('uses HTTPS_PROXY', async () => {
    withKey();
    const asked = await proxy('407 Proxy Authentication Required');
    expect(await outcome(readIdentity(await connect({ env: process.env })))).toBe(
      'The proxy wants a user name and a password.',
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

  it.each(['socks5://maria:hush@127.0.0.1:1080', 'http://maria:hush@:x'])(
    'is not opened with an invalid proxy, whose password the error does not repeat: %s',
    async (url) => {
      withKey();
      vi.stubEnv('HTTPS_PROXY', url);
      const message = await outcome(readIdentity(await connect({ env: process.env })));
      expect(message).toBe('HTTPS_PROXY does not hold the URL of an HTTP proxy.');
    },
  );
});

describe('connectionNotices', () => {
  it('returns nothing for an ordinary environment', () => {
    expect(listConnectionNotices({ AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: '' })).toEqual([]);
    const passedOver = { AWS_ENDPOINT_URL: 'http://localhost', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
    expect(listConnectionNotices(passedOver)).toEqual([]);
  });

  it('warns of endpoints that are not those of AWS', () => {
    expect(
      listConnectionNotices({
        AWS_ENDPOINT_URL: 'http://localhost:4566\u001B[2J',
        AWS_ENDPOINT_URL_IAM: 'http://other',
      }),
    ).toEqual([
      'AWS_ENDPOINT_URL is set: calls go to http://localhost:4566 instead of AWS.',
      'AWS_ENDPOINT_URL_IAM is set: calls go to http://other instead of AWS.',
    ]);
  });

  it('says which credentials have precedence', () => {
    const env = { AWS_PROFILE: 'maria', AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT', AWS_SECRET_ACCESS_KEY: 'hush' };
    expect(listConnectionNotices(env)).toEqual([
      'AWS_PROFILE is set, so the access key in AWS_ACCESS_KEY_ID is not used.',
    ]);
  });
});
