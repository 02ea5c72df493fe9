import { NotFoundException } from '@aws-sdk/client-budgets';
import { NoSuchEntityException } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import {
  getAttempts,
  getErrorCode,
  isAlreadyThere,
  isGone,
  isInUse,
  isNotVisibleYet,
  isRefused,
  isThrottled,
  undefinedIf,
} from '../../../src/aws/errors/codes.ts';

/** An error as the SDK throws it for a service that answers in JSON. */
const errorNamed = (name: string, attempts?: number) =>
  Object.assign(new Error('no'), { name, $fault: 'client', $metadata: { attempts } });

const meanings = { isAlreadyThere, isGone, isInUse, isNotVisibleYet, isRefused, isThrottled };

const meaningsOf = (error: unknown) =>
  Object.entries(meanings).flatMap(([name, holds]) => (holds(error) ? [name] : []));

describe('the code of an error', () => {
  it.each([
    ['EntityAlreadyExistsException', ['isAlreadyThere']],
    ['DuplicateRecordException', ['isAlreadyThere']],
    ['BucketAlreadyOwnedByYou', ['isAlreadyThere']],
    ['BucketAlreadyExists', []],
    ['NoSuchEntityException', ['isGone', 'isNotVisibleYet']],
    ['NotFoundException', ['isGone']],
    ['ResourceNotFoundException', ['isGone']],
    ['EntityTemporarilyUnmodifiableException', ['isNotVisibleYet']],
    ['ConcurrentModificationException', ['isNotVisibleYet']],
    ['DeleteConflictException', ['isInUse']],
    ['AccessDeniedException', ['isRefused']],
    ['AuthorizationErrorException', ['isRefused']],
    ['ThrottlingException', ['isThrottled']],
    ['TooManyRequestsException', ['isThrottled']],
    ['ValidationException', []],
  ])('is classified: %s means %j', (name, expected) => {
    expect(meaningsOf(errorNamed(name))).toEqual(expected);
  });

  it('is the one on the wire when the SDK knows it', () => {
    const error = new NoSuchEntityException({ message: '', $metadata: {} });
    expect(getErrorCode(Object.assign(error, { Code: 'NoSuchEntity' }))).toBe('NoSuchEntity');
    expect(getErrorCode(new NotFoundException({ message: '', $metadata: {} }))).toBe('NotFound');
  });

  it('is undefined for an error that did not come from AWS', () => {
    const error = Object.assign(new Error('no'), { name: 'NotFoundException' });
    expect([getErrorCode(error), getErrorCode('NotFound'), getErrorCode(undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([meaningsOf(error), meaningsOf('NotFound')]).toEqual([[], []]);
  });

  it('comes with the number of attempts, which is one if nothing says so', () => {
    expect([getAttempts(errorNamed('Any', 3)), getAttempts(errorNamed('Any')), getAttempts(null)]).toEqual([
      3, 1, 1,
    ]);
  });
});

describe('undefinedIf', () => {
  it('returns the result of a promise, or undefined for the tolerated error, and throws any other', async () => {
    await expect(undefinedIf(isGone, Promise.resolve(1))).resolves.toBe(1);
    await expect(undefinedIf(isGone, Promise.reject(errorNamed('NotFound')))).resolves.toBeUndefined();
    await expect(undefinedIf(isGone, Promise.reject(errorNamed('Other')))).rejects.toThrow('no');
  });
});
