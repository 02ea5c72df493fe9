import { describe, expect, it } from 'vitest';
import { redactSecrets } from '../../src/aws/redact.ts';

const failing = (message: string): Error =>
  Object.assign(new Error(message), { stack: `Error: ${message}\n  at` });

describe('the error of a call', () => {
  it.each([
    ['Password', 'Correct-horse-1'],
    ['NewPassword', 'Correct-horse-1'],
    ['OldPassword', 'Correct-horse-1'],
    ['Token', 'a1b2c3'],
    ['NextToken', 'a1b2c3'],
    ['AuthenticationCode1', '123456'],
    ['AuthenticationCode2', '654321'],
    ['Base32StringSeed', 'JBSWY3DP'],
    ['SecretAccessKey', 'wJalrXUtn'],
    ['QRCodePNG', 'iVBORw0'],
    ['StateReason', 'the words are: amber spider 44'],
  ])('no longer repeats the %s that was sent', (name, value) => {
    const error = redactSecrets(failing(`"${value}" and ${value} are no good`), {
      UserName: 'jo',
      [name]: value,
    });
    expect(error).toMatchObject({
      message: '"(not shown)" and (not shown) are no good',
      stack: 'Error: "(not shown)" and (not shown) are no good\n  at',
    });
  });

  it('still repeats what is no secret, and stays whole where a secret was empty', () => {
    const input = { UserName: 'jo', Token: '', PasswordResetRequired: false, Limit: 3 };
    expect(redactSecrets(failing('jo cannot have 3 of them: false'), input)).toMatchObject({
      message: 'jo cannot have 3 of them: false',
    });
  });

  it('loses all secrets of a call, also such as mean something in patterns', () => {
    const input = { AuthenticationCode1: '111111', AuthenticationCode2: '222222', Password: '$&.*' };
    expect(redactSecrets(failing('111111 222222 $&.*'), input)).toMatchObject({
      message: '(not shown) (not shown) (not shown)',
    });
  });

  it('may be anything', () => {
    expect(redactSecrets('thrown', { Password: 'thrown' })).toBe('thrown');
  });
});
