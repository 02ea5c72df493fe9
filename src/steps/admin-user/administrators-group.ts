import type { UsersAndGroups } from '../../aws/reads/iam.ts';
import { findAdministratorGroupNames } from '../shared/administrators.ts';

/** A group that makes administrators, or the name of one to be made or completed. */
export type AdministratorsGroup = { name: string; exists: boolean; hasAdministratorPolicy: boolean };

/**
 * The group for administrators: one that has the policy already, else an empty one that an interrupted run left,
 * else a new one. A group with members is never given the policy: they would all become administrators.
 */
export const chooseAdministratorsGroup = ({ groups, users }: UsersAndGroups): AdministratorsGroup => {
  const [existing] = findAdministratorGroupNames(groups);
  if (existing) return { name: existing, exists: true, hasAdministratorPolicy: true };
  const named = (name: string) => groups.find((group) => group.name.toLowerCase() === name.toLowerCase());
  const members = new Set(users.flatMap((user) => user.groups));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'Administrators' : `Administrators-${number}`;
    const group = named(name);
    if (!group) return { name, exists: false, hasAdministratorPolicy: false };
    const untouched = group.attached.length === 0 && group.inline.length === 0 && !members.has(group.name);
    if (untouched) return { name: group.name, exists: true, hasAdministratorPolicy: false };
  }
};
