import { ErrorResponse } from '../../error-response.ts';
import type { World } from '../../world/world.ts';

const characterClasses = { lower: /[a-z]/, upper: /[A-Z]/, digit: /\d/, symbol: /[^A-Za-z0-9]/ };

const createPasswordPolicyError = (message: string) =>
  new ErrorResponse('PasswordPolicyViolation', 400, message);

/** What AWS asks for where the account has no password policy of its own. */
const validateWithDefaultPolicy = (world: World, password: string): void => {
  const kinds = Object.values(characterClasses).filter((one) => one.test(password)).length;
  const forbidden = [world.account.name, world.account.email].map((one) => one.toLowerCase());
  if (password.length < 8) throw createPasswordPolicyError('Password should have a minimum length of 8');
  if (kinds < 3)
    throw createPasswordPolicyError('Password should have at least three of the mix of character types');
  if (forbidden.includes(password.toLowerCase()))
    throw createPasswordPolicyError('Password should not be the account name or e-mail');
};

/** Refuses a password that the account's policy, or without one AWS's default, does not allow. */
export const validatePassword = (world: World, password: string): void => {
  const policy = world.passwordPolicy;
  if (!policy) return validateWithDefaultPolicy(world, password);
  const { MinimumPasswordLength: min } = policy;
  if (password.length < min)
    throw createPasswordPolicyError(`Password should have a minimum length of ${min}`);
  const asked = [
    [policy.RequireUppercaseCharacters, characterClasses.upper, 'one uppercase letter'],
    [policy.RequireLowercaseCharacters, characterClasses.lower, 'one lowercase letter'],
    [policy.RequireNumbers, characterClasses.digit, 'one number'],
    [policy.RequireSymbols, characterClasses.symbol, 'one symbol'],
  ] as const;
  for (const [isAsked, pattern, what] of asked) {
    if (isAsked && !pattern.test(password))
      throw createPasswordPolicyError(`Password should have at least ${what}`);
  }
};
