import { describe, expect, it } from 'vitest';
import { explainError } from '../../../src/aws/errors/explain.ts';

const charError = (header: string) =>
  Object.assign(new TypeError(`Invalid character in header content ["${header}"]`), {
    code: 'ERR_INVALID_CHAR',
  });

describe('a setting of the owner that the SDK cannot use', () => {
  it.each<[string, Error, RegExp]>([
    [
      'AWS_DEFAULTS_MODE',
      new Error('Invalid parameter for "defaultsMode", expect in-region, standard, got foo'),
      /AWS_DEFAULTS_MODE/,
    ],
    [
      'FIPS and an endpoint',
      Object.assign(new Error('Invalid Configuration: FIPS and custom endpoint are not supported'), {
        name: 'EndpointError',
      }),
      /FIPS/,
    ],
    ['a token with a line break', charError('x-amz-security-token'), /session token .* line break/],
    ['a key with a line break', charError('authorization'), /access key .* line break/],
  ])('is named, and no mistake of ours: %s', (_, error, words) => {
    const problem = explainError(error);
    expect(problem?.message).toMatch(words);
    expect(problem?.nextSteps).toHaveLength(1);
    expect(problem?.exitCode).toBe(2);
  });

  it('is not seen in an error of the program itself', () => {
    expect(explainError(new TypeError('Cannot read properties of undefined'))).toBeUndefined();
  });
});
