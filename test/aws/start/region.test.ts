import { describe, expect, it } from 'vitest';
import { resolveRegion } from '../../../src/aws/start/region.ts';

describe('the Region of a sign-in', () => {
  const all = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' };

  it.each([
    ['the option before all', '--region', 'us-west-2', 'us-west-2', 'eu-north-1', all],
    ['AWS_REGION before what is left', 'AWS_REGION', 'eu-west-1', undefined, 'eu-north-1', all],
    [
      'AWS_DEFAULT_REGION before the profile',
      'AWS_DEFAULT_REGION',
      'eu-west-2',
      undefined,
      'eu-north-1',
      { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-2' },
    ],
    [
      'the profile, where no variable says anything',
      'the profile',
      'eu-north-1',
      undefined,
      'eu-north-1',
      {},
    ],
    [
      'the profile, where the variables are empty',
      'the profile',
      'eu-north-1',
      undefined,
      'eu-north-1',
      { AWS_REGION: '', AWS_DEFAULT_REGION: '' },
    ],
    ['the one that every account has', 'no setting', 'us-east-1', undefined, undefined, {}],
    ['the one that every account has, for an empty profile', 'no setting', 'us-east-1', undefined, '', {}],
  ] as const)('is %s', (_what, from, name, option, profile, env) => {
    expect(resolveRegion(option, profile, env)).toEqual({ name, from });
  });

  it.each(['us-east-1', 'us-gov-west-1', 'ap-southeast-10', 'eusc-de-east-1', 'us-iso-east-1'])(
    'can be %s',
    (name) => {
      expect(resolveRegion(name, undefined, {}).name).toBe(name);
    },
  );

  // It becomes part of a host name, to which the credentials are shown.
  it.each([
    '',
    'us-east',
    'us-east-100',
    'u-east-1',
    'evil.example/us-east-1',
    'us-east-1.evil.example',
    'US-EAST-1',
    'europe-west-1',
    'us-1',
  ])('cannot be "%s"', (name) => {
    expect(() => resolveRegion(name, undefined, {})).toThrow(`"${name}" is not the name of an AWS Region`);
  });

  it('is to be put right in the profile where it stands there, and only there', () => {
    const next = (option: string | undefined, profile: string | undefined) => {
      try {
        return resolveRegion(option, profile, {});
      } catch (error) {
        return error;
      }
    };
    expect(next(undefined, 'here')).toMatchObject({
      exitCode: 64,
      nextSteps: [expect.stringContaining('Correct it in your AWS profile')],
    });
    expect(next('here', undefined)).not.toMatchObject({ nextSteps: [expect.stringContaining('profile')] });
  });
});
