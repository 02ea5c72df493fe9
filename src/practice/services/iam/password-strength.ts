import { Refusal } from '../../refusal.ts';
import type { World } from '../../world/world.ts';

const classes = { lower: /[a-z]/, upper: /[A-Z]/, digit: /\d/, symbol: /[^A-Za-z0-9]/ };

const violation = (message: string) => new Refusal('PasswordPolicyViolation', 400, message);

/** What AWS asks for where the account has no password policy of its own. */
const refuseByDefault = (world: World, password: string): void => {
  const kinds = Object.values(classes).filter((one) => one.test(password)).length;
  const forbidden = [world.account.name, world.account.email].map((one) => one.toLowerCase());
  if (password.length < 8) throw violation('Password should have a minimum length of 8');
  if (kinds < 3) throw violation('Password should have at least three of the mix of character types');
  if (forbidden.includes(password.toLowerCase()))
    throw violation('Password should not be the account name or e-mail');
};

/** Refuses a password that the account's policy, or without one AWS's default, does not allow. */
export const refuseWeak = (world: World, password: string): void => {
  const policy = world.passwordPolicy;
  if (!policy) return refuseByDefault(world, password);
  const { MinimumPasswordLength: min } = policy;
  if (password.length < min) throw violation(`Password should have a minimum length of ${min}`);
  const asked = [
    [policy.RequireUppercaseCharacters, classes.upper, 'one uppercase letter'],
    [policy.RequireLowercaseCharacters, classes.lower, 'one lowercase letter'],
    [policy.RequireNumbers, classes.digit, 'one number'],
    [policy.RequireSymbols, classes.symbol, 'one symbol'],
  ] as const;
  for (const [isAsked, pattern, what] of asked) {
    if (isAsked && !pattern.test(password)) throw violation(`Password should have at least ${what}`);
  }
};
