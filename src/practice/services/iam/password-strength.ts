import { ErrorResponse } from '../../error-response.ts';
import type { World } from '../../world/world.ts';

const characterClasses = { lower: /[a-z]/, upper: /[A-Z]/, digit: /\d/, symbol: /[^A-Za-z0-9]/ };

const createPasswordPolicyError = (message: string) =>
  new ErrorResponse('PasswordPolicyViolation', 400, message);

/** AWS's rules for an account without a password policy of its own. */
const validateWithDefaultPolicy = (world: World, password: string): void => {
  const kinds = Object.values(characterClasses).filter((one) => one.test(password)).length;
  const forbidden = [world.account.name, world.account.email].map((one) => one.toLowerCase());
  if (password.length < 8) throw createPasswordPolicyError('Password should have a minimum length of 8');
  if (kinds < 3)
    throw createPasswordPolicyError('Password should have at least three of the mix of character types');
  if (forbidden.includes(password.toLowerCase()))
    throw createPasswordPolicyError('Password should not be the account name or e-mail');
};

/** Rejects a password that violates the account's policy, or AWS's default if there is none. */
export const validatePassword = (world: World, password: string): void => {
  const policy = world.passwordPolicy;
  if (!policy) return validateWithDefaultPolicy(world, password);
  const { MinimumPasswordLength: min } = policy;
  if (password.length < min)
    throw createPasswordPolicyError(`Password should have a minimum length of ${min}`);
  const requirements = [
    [policy.RequireUppercaseCharacters, characterClasses.upper, 'one uppercase letter'],
    [policy.RequireLowercaseCharacters, characterClasses.lower, 'one lowercase letter'],
    [policy.RequireNumbers, characterClasses.digit, 'one number'],
    [policy.RequireSymbols, characterClasses.symbol, 'one symbol'],
  ] as const;
  for (const [isRequired, pattern, what] of requirements) {
    if (isRequired && !pattern.test(password))
      throw createPasswordPolicyError(`Password should have at least ${what}`);
  }
};
