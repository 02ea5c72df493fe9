import type { IamGroup, UsersAndGroups } from '../../aws/reads/iam.ts';
import { judgeGroup } from '../shared/iam-permissions.ts';
import { requireMfaPolicyDocument } from './require-mfa.ts';
import { canHoldPolicies } from './room.ts';
import { listTeamPolicies, type TeamPreset } from './teams.ts';
import { canWorkInGroup } from './work.ts';

/**
 * Whether an existing group can become the group of a team: its members do not become administrators, nothing that it has
 * takes the team's permissions away again, and IAM has room for them.
 */
export const canBecomeTeam = (everyone: UsersAndGroups, group: IamGroup, team: TeamPreset): boolean =>
  judgeGroup(everyone, group) === 'no' &&
  canWorkInGroup(everyone, group) &&
  canHoldPolicies(
    [...group.attached.map(({ arn }) => arn), ...listTeamPolicies(team)],
    [...group.inline.map(({ document }) => document), requireMfaPolicyDocument],
  );
