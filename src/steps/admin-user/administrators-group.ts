import type { UsersAndGroups } from '../../aws/reads/iam.ts';
import { findAdministratorGroupNames } from '../shared/administrators.ts';

/** A group for administrators: an existing one, or one to create or complete. */
export type AdministratorsGroup = { name: string; exists: boolean; hasAdministratorPolicy: boolean };

/**
 * Chooses the group for administrators: one that already has the policy, or else an empty one that an interrupted run
 * left, or else a new one. A group with members never gets the policy, because they would all become administrators.
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
