import type {
  CreateLoginProfileCommandInput,
  CreateLoginProfileCommandOutput,
  GetAccountPasswordPolicyCommandOutput,
  DeleteLoginProfileCommandInput,
  GetLoginProfileCommandInput,
  GetLoginProfileCommandOutput,
  LoginProfile,
  UpdateAccountPasswordPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { requireUser } from './names.ts';
import type { OperationOutput, OperationTable, OperationContext } from '../../operation.ts';
import { validatePassword } from './password-strength.ts';
import {
  createAlreadyExistsError,
  describeConstraint,
  createValidationError,
  requireLength,
  createNoSuchEntityError,
  requireValue,
  createConstraintError,
} from '../../error-response.ts';
import type { PracticeUser, World } from '../../world/world.ts';

type StoredLoginProfile = NonNullable<PracticeUser['loginProfile']>;

const requireNamedUser = (world: World, name: string | undefined): PracticeUser => {
  // Only a session created for root may omit the name to mean root.
  if (name === undefined)
    throw createValidationError('Must specify userName when calling with non-User credentials');
  return requireUser(world, name);
};

const requireLoginProfile = (user: PracticeUser): StoredLoginProfile => {
  if (!user.loginProfile)
    throw createNoSuchEntityError(`Login Profile for User ${user.name} cannot be found.`);
  return user.loginProfile;
};

const toSdkLoginProfile = (
  user: PracticeUser,
  { createdAt, resetRequired }: StoredLoginProfile,
): LoginProfile => ({
  UserName: user.name,
  CreateDate: new Date(createdAt),
  PasswordResetRequired: resetRequired,
});

/** Passwords are checked and not stored: nothing needs them later. */
const validateGivenPassword = (world: World, password: string | undefined): void => {
  validatePassword(world, requireLength(requireValue(password, 'password'), 'password', 1, 128));
};

const createLoginProfile = (
  { world, now }: OperationContext,
  input: CreateLoginProfileCommandInput,
): OperationOutput<CreateLoginProfileCommandOutput> => {
  const user = requireNamedUser(world, input.UserName);
  if (user.loginProfile)
    throw createAlreadyExistsError(`Login Profile for user ${user.name} already exists.`);
  validateGivenPassword(world, input.Password);
  user.loginProfile = { createdAt: now.toISOString(), resetRequired: input.PasswordResetRequired ?? false };
  return { LoginProfile: toSdkLoginProfile(user, user.loginProfile) };
};

const getLoginProfile = (
  { world }: OperationContext,
  { UserName }: GetLoginProfileCommandInput,
): OperationOutput<GetLoginProfileCommandOutput> => {
  const user = requireNamedUser(world, UserName);
  return { LoginProfile: toSdkLoginProfile(user, requireLoginProfile(user)) };
};

const deleteLoginProfile = (
  { world }: OperationContext,
  { UserName }: DeleteLoginProfileCommandInput,
): object => {
  const user = requireNamedUser(world, UserName);
  requireLoginProfile(user);
  delete user.loginProfile;
  return {};
};

const listRangeViolations = (
  value: number | undefined,
  member: string,
  min: number,
  max: number,
): string[] => {
  if (value === undefined) return [];
  if (value > max) return [describeConstraint(member, `have value less than or equal to ${max}`)];
  return value < min ? [describeConstraint(member, `have value greater than or equal to ${min}`)] : [];
};

/** Replaces the whole policy. Omitted fields get a default that is weaker than having no policy. */
const updateAccountPasswordPolicy = (
  { world }: OperationContext,
  input: UpdateAccountPasswordPolicyCommandInput,
): object => {
  const violations = [
    ...listRangeViolations(input.MinimumPasswordLength, 'minimumPasswordLength', 6, 128),
    ...listRangeViolations(input.PasswordReusePrevention, 'passwordReusePrevention', 1, 24),
    ...listRangeViolations(input.MaxPasswordAge, 'maxPasswordAge', 1, 1095),
  ];
  if (violations.length > 0) throw createConstraintError(...violations);
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

const getAccountPasswordPolicy = ({
  world,
}: OperationContext): OperationOutput<GetAccountPasswordPolicyCommandOutput> => {
  const { account, passwordPolicy } = world;
  if (!passwordPolicy)
    throw createNoSuchEntityError(`The Password Policy with domain name ${account.id} cannot be found.`);
  return {
    PasswordPolicy: { ...passwordPolicy, ExpirePasswords: passwordPolicy.MaxPasswordAge !== undefined },
  };
};

export const passwordOperations = {
  CreateLoginProfile: createLoginProfile,
  DeleteLoginProfile: deleteLoginProfile,
  GetLoginProfile: getLoginProfile,
  GetAccountPasswordPolicy: getAccountPasswordPolicy,
  UpdateAccountPasswordPolicy: updateAccountPasswordPolicy,
} satisfies OperationTable;
