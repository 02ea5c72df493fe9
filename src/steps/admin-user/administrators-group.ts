import type { UsersAndGroups } from '../../aws/reads/iam.ts';
import { allowsEverything, judgeGroup } from '../shared/iam-permissions.ts';

/** A group for administrators: an existing one, or one to create or complete. */
export type AdministratorsGroup = { name: string; exists: boolean; hasAdministratorPolicy: boolean };

/** Groups that lost what made their members administrators: by their name, or because nothing is left. */
export const findIdleGroups = (everyone: UsersAndGroups): readonly string[] =>
  everyone.groups
    .filter(
      (group) =>
        (/^admin/i.test(group.name) || (group.attached.length === 0 && group.inline.length === 0)) &&
        judgeGroup(everyone, group) === 'no' &&
        everyone.users.some(({ groups }) => groups.includes(group.name)),
    )
    .map(({ name }) => name);

/**
 * Chooses the group for administrators: one that already has the policy, or else an empty one that an interrupted run
 * left, or else a new one. A group with members gets the policy only if this program made them as administrators: any other
 * member would become one.
 */
export const chooseAdministratorsGroup = (
  everyone: UsersAndGroups,
  createdByUs: ReadonlySet<string>,
): AdministratorsGroup => {
  const { groups, users } = everyone;
  const existing = groups.find((group) => allowsEverything(everyone, group));
  if (existing) return { name: existing.name, exists: true, hasAdministratorPolicy: true };
  const named = (name: string) => groups.find((group) => group.name.toLowerCase() === name.toLowerCase());
  const members = new Set(users.filter(({ name }) => !createdByUs.has(name)).flatMap((user) => user.groups));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'Administrators' : `Administrators-${number}`;
    const group = named(name);
    if (!group) return { name, exists: false, hasAdministratorPolicy: false };
    const untouched = group.attached.length === 0 && group.inline.length === 0 && !members.has(group.name);
    if (untouched) return { name: group.name, exists: true, hasAdministratorPolicy: false };
  }
};
