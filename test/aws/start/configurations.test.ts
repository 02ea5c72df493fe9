import { describe, expect, it, vi } from 'vitest';
import { connect } from '../../../src/aws/connect.ts';
import { explainError } from '../../../src/aws/errors/explain.ts';
import { findStart, listStartNotices } from '../../../src/aws/start/start.ts';
import { configurations, type Configuration } from '../../_support/start/configurations.ts';
import { prepareConfiguration } from '../../_support/start/prepare.ts';

const stubEnvironment = (settings: Readonly<Record<string, string>>): void => {
  for (const name of Object.keys(process.env))
    if (/^AWS_|_proxy$|^npm_config_.*proxy$/i.test(name)) vi.stubEnv(name, undefined);
  // What the start sets for the SDK goes with the stubs.
  vi.stubEnv('AWS_PROFILE', undefined);
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
};

/** How the start ends: with a sentence and an exit code, or with a connection. */
const tryStart = async ({ profile, region }: Configuration) => {
  try {
    const start = await findStart({ profile, region, env: { ...process.env }, sdkEnv: process.env });
    const aws = await connect(start);
    const { endpoint, region: at } = aws.sts.config;
    const url = endpoint ? await endpoint() : undefined;
    return { key: await aws.accessKeyId(), at: await at(), url, notices: listStartNotices(start) };
  } catch (error) {
    const problem = explainError(error);
    if (!problem) throw error;
    return { says: problem.message, advises: problem.nextSteps, exitCode: problem.exitCode };
  }
};

/** The address to which the clients of a connection send a call. */
const findAddress = async ({ profile, region }: Configuration): Promise<string> => {
  const start = await findStart({ profile, region, env: { ...process.env }, sdkEnv: process.env });
  const { sts } = await connect(start);
  let asked = '';
  sts.middlewareStack.add(
    (_next, context) => () => {
      asked = context.endpointV2?.url.href ?? '';
      return Promise.reject(new Error('asked'));
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  await sts.send(new GetCallerIdentityCommand({})).catch(() => undefined);
  return asked.replace(/\/$/, '');
};

describe('a start', () => {
  it.each(configurations.filter(({ exitCode }) => exitCode !== undefined))(
    'ends with one sentence: $name',
    async (configuration) => {
      const { settings, fill } = await prepareConfiguration(configuration);
      stubEnvironment(settings);
      const ended = await tryStart(configuration);
      expect(ended).toMatchObject({ exitCode: configuration.exitCode });
      expect(ended.says).toContain(fill(configuration.says ?? ''));
      expect(JSON.stringify(ended)).not.toContain('hush');
      // Whatever is wrong, there is something to do next, in whole sentences.
      expect(ended.advises?.filter((one) => one.trim().length > 10)).toHaveLength(
        ended.advises?.length || -1,
      );
      expect(ended.advises?.join(' ')).not.toMatch(/undefined|\[object|NaN/);
      if (configuration.advises) expect(ended.advises?.join('\n')).toContain(configuration.advises);
    },
  );

  it.each(configurations.filter(({ key }) => key !== undefined))(
    'signs as the right one, and calls the right address: $name',
    async (configuration) => {
      const { key, at = 'us-east-1', address = `https://sts.${at}.amazonaws.com`, says } = configuration;
      const { settings } = await prepareConfiguration(configuration);
      stubEnvironment(settings);
      const ended = await tryStart(configuration);
      expect(ended).toMatchObject({ key, at });
      expect(await findAddress(configuration)).toBe(address);
      if (says === undefined) expect(ended.notices).toEqual([]);
      else expect(ended.notices?.join('\n')).toContain(says);
    },
  );
});
