import {
  describeConstraint,
  createValidationError,
  requireLength,
  createNoSuchEntityError,
  requireValue,
  createConstraintError,
} from '../../error-response.ts';
import type { PracticeGroup, PracticeUser, World } from '../../world/world.ts';

/** The user with that name, or IAM's error. */
export const requireUser = (world: World, name: string | undefined): PracticeUser => {
  const wanted = requireValue(name, 'userName');
  const user = world.users.find((one) => one.name === wanted);
  if (!user) throw createNoSuchEntityError(`The user with name ${wanted} cannot be found.`);
  return user;
};

/** The group with that name, or IAM's error. */
export const requireGroup = (world: World, name: string | undefined): PracticeGroup => {
  const wanted = requireValue(name, 'groupName');
  const group = world.groups.find((one) => one.name === wanted);
  if (!group) throw createNoSuchEntityError(`The group with name ${wanted} cannot be found.`);
  return group;
};

/** The name of a new user, group, policy or device: ASCII only, and at most `max` characters. */
export const requireValidName = (name: string | undefined, member: string, max: number): string => {
  const wanted = requireLength(requireValue(name, member), member, 1, max);
  if (/^[A-Za-z0-9_+=,.@-]+$/.test(wanted)) return wanted;
  throw createValidationError(
    `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  );
};

export const requireValidPath = (path = '/'): string => {
  if (path.length > 512)
    throw createConstraintError(describeConstraint('path', 'have length less than or equal to 512'));
  if (/^\/(?:[\u0021-\u007e]+\/)?$/.test(path)) return path;
  throw createValidationError(
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  );
};

/** Whether a name is taken. IAM ignores case when it compares the names of users and groups. */
export const isNameTaken = (all: readonly { name: string }[], name: string): boolean =>
  all.some((one) => one.name.toLowerCase() === name.toLowerCase());
