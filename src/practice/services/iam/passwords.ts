import type {
  CreateLoginProfileCommandInput,
  CreateLoginProfileCommandOutput,
  DeleteLoginProfileCommandInput,
  GetAccountPasswordPolicyCommandOutput,
  GetLoginProfileCommandInput,
  GetLoginProfileCommandOutput,
  LoginProfile,
  UpdateAccountPasswordPolicyCommandInput,
  UpdateLoginProfileCommandInput,
} from '@aws-sdk/client-iam';
import { userNamed } from './names.ts';
import type { Answer, Operations, Visit } from '../../operation.ts';
import { refuseWeak } from './password-strength.ts';
import {
  alreadyExists,
  constraint,
  invalid,
  lengthWithin,
  noSuchEntity,
  required,
  violated,
} from '../../refusal.ts';
import type { User, World } from '../../world/world.ts';

type Profile = NonNullable<User['loginProfile']>;

const userOf = (world: World, name: string | undefined): User => {
  // Only a session that was made for it may leave the name out and mean root.
  if (name === undefined) throw invalid('Must specify userName when calling with non-User credentials');
  return userNamed(world, name);
};

const profileOf = (user: User): Profile => {
  if (!user.loginProfile) throw noSuchEntity(`Login Profile for User ${user.name} cannot be found.`);
  return user.loginProfile;
};

const described = (user: User, { createdAt, resetRequired }: Profile): LoginProfile => ({
  UserName: user.name,
  CreateDate: new Date(createdAt),
  PasswordResetRequired: resetRequired,
});

/** Passwords are looked at and forgotten: there is nothing to keep them for. */
const acceptable = (world: World, password: string | undefined): void => {
  refuseWeak(world, lengthWithin(required(password, 'password'), 'password', 1, 128));
};

const createLoginProfile = (
  { world, now }: Visit,
  input: CreateLoginProfileCommandInput,
): Answer<CreateLoginProfileCommandOutput> => {
  const user = userOf(world, input.UserName);
  if (user.loginProfile) throw alreadyExists(`Login Profile for user ${user.name} already exists.`);
  acceptable(world, input.Password);
  user.loginProfile = { createdAt: now.toISOString(), resetRequired: input.PasswordResetRequired ?? false };
  return { LoginProfile: described(user, user.loginProfile) };
};

const getLoginProfile = (
  { world }: Visit,
  { UserName }: GetLoginProfileCommandInput,
): Answer<GetLoginProfileCommandOutput> => {
  const user = userOf(world, UserName);
  return { LoginProfile: described(user, profileOf(user)) };
};

const updateLoginProfile = ({ world }: Visit, input: UpdateLoginProfileCommandInput): object => {
  const profile = profileOf(userOf(world, input.UserName));
  if (input.Password !== undefined) acceptable(world, input.Password);
  profile.resetRequired = input.PasswordResetRequired ?? profile.resetRequired;
  return {};
};

const deleteLoginProfile = ({ world }: Visit, { UserName }: DeleteLoginProfileCommandInput): object => {
  const user = userOf(world, UserName);
  profileOf(user);
  delete user.loginProfile;
  return {};
};

const outside = (value: number | undefined, member: string, min: number, max: number): string[] => {
  if (value === undefined) return [];
  if (value > max) return [constraint(member, `have value less than or equal to ${max}`)];
  return value < min ? [constraint(member, `have value greater than or equal to ${min}`)] : [];
};

/** Replaces the whole policy: what is left out goes back to a default that is weaker than having no policy. */
const updateAccountPasswordPolicy = (
  { world }: Visit,
  input: UpdateAccountPasswordPolicyCommandInput,
): object => {
  const violations = [
    ...outside(input.MinimumPasswordLength, 'minimumPasswordLength', 6, 128),
    ...outside(input.PasswordReusePrevention, 'passwordReusePrevention', 1, 24),
    ...outside(input.MaxPasswordAge, 'maxPasswordAge', 1, 1095),
  ];
  if (violations.length > 0) throw violated(...violations);
  world.passwordPolicy = {
    MinimumPasswordLength: input.MinimumPasswordLength ?? 6,
    RequireSymbols: input.RequireSymbols ?? false,
    RequireNumbers: input.RequireNumbers ?? false,
    RequireUppercaseCharacters: input.RequireUppercaseCharacters ?? false,
    RequireLowercaseCharacters: input.RequireLowercaseCharacters ?? false,
    AllowUsersToChangePassword: input.AllowUsersToChangePassword ?? false,
    ...(input.MaxPasswordAge !== undefined && { MaxPasswordAge: input.MaxPasswordAge }),
    ...(input.PasswordReusePrevention !== undefined && {
      PasswordReusePrevention: input.PasswordReusePrevention,
    }),
    ...(input.HardExpiry !== undefined && { HardExpiry: input.HardExpiry }),
  };
  return {};
};

const getAccountPasswordPolicy = ({ world }: Visit): Answer<GetAccountPasswordPolicyCommandOutput> => {
  const { account, passwordPolicy } = world;
  if (!passwordPolicy)
    throw noSuchEntity(`The Password Policy with domain name ${account.id} cannot be found.`);
  return {
    PasswordPolicy: { ...passwordPolicy, ExpirePasswords: passwordPolicy.MaxPasswordAge !== undefined },
  };
};

const deleteAccountPasswordPolicy = ({ world }: Visit): object => {
  if (!world.passwordPolicy)
    throw noSuchEntity('The account policy with name PasswordPolicy cannot be found.');
  delete world.passwordPolicy;
  return {};
};

/** IAM's operations on console passwords and the rules for them. */
export const passwordOperations = {
  CreateLoginProfile: createLoginProfile,
  GetLoginProfile: getLoginProfile,
  UpdateLoginProfile: updateLoginProfile,
  DeleteLoginProfile: deleteLoginProfile,
  GetAccountPasswordPolicy: getAccountPasswordPolicy,
  UpdateAccountPasswordPolicy: updateAccountPasswordPolicy,
  DeleteAccountPasswordPolicy: deleteAccountPasswordPolicy,
} satisfies Operations;
