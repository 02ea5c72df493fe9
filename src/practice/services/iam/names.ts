import { constraint, invalid, lengthWithin, noSuchEntity, required, violated } from '../../refusal.ts';
import type { Group, User, World } from '../../world/world.ts';

/** The user of that name, or the refusal that IAM gives. */
export const userNamed = (world: World, name: string | undefined): User => {
  const wanted = required(name, 'userName');
  const user = world.users.find((one) => one.name === wanted);
  if (!user) throw noSuchEntity(`The user with name ${wanted} cannot be found.`);
  return user;
};

/** The group of that name, or the refusal that IAM gives. */
export const groupNamed = (world: World, name: string | undefined): Group => {
  const wanted = required(name, 'groupName');
  const group = world.groups.find((one) => one.name === wanted);
  if (!group) throw noSuchEntity(`The group with name ${wanted} cannot be found.`);
  return group;
};

/** A new name of a user, group, policy or device: only ASCII, and not too long. */
export const newName = (name: string | undefined, member: string, max: number): string => {
  const wanted = lengthWithin(required(name, member), member, 1, max);
  if (/^[A-Za-z0-9_+=,.@-]+$/.test(wanted)) return wanted;
  throw invalid(
    `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  );
};

/** A path, `/` if none is given. */
export const newPath = (path = '/'): string => {
  if (path.length > 512) throw violated(constraint('path', 'have length less than or equal to 512'));
  if (/^\/(?:[\u0021-\u007e]+\/)?$/.test(path)) return path;
  throw invalid(
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  );
};

/** Whether a name is taken: IAM compares the names of users and groups without regard to case. */
export const taken = (all: readonly { name: string }[], name: string): boolean =>
  all.some((one) => one.name.toLowerCase() === name.toLowerCase());
