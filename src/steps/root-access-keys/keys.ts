import { GetAccessKeyLastUsedCommand, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import type { AwsClients } from '../../aws/clients.ts';
import { getErrorCode, isGone, isRefused, undefinedIf } from '../../aws/errors/codes.ts';
import { endsSession } from '../../aws/errors/explain.ts';
import { formatDay } from '../../lib/dates.ts';

export type RootKey = {
  id: string;
  active: boolean;
  createdOn: Date | undefined;
  /** Missing if AWS refuses to say. `on` is missing if AWS has no record of any use. */
  lastUsed: { on: Date | undefined; service: string; region: string } | undefined;
  /** Whether this program itself is signed in with this key. */
  usedByThisProgram: boolean;
};

/** A refusal must not look like "never used": the owner is about to delete the key for good. */
const readKeyLastUse = async (aws: AwsClients, id: string): Promise<RootKey['lastUsed']> => {
  const answer = await undefinedIf(
    (error) => !endsSession(error),
    aws.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id })),
  );
  const used = answer?.AccessKeyLastUsed;
  return used && { on: used.LastUsedDate, service: used.ServiceName ?? 'N/A', region: used.Region ?? 'N/A' };
};

const readRootKeys = async (aws: AwsClients): Promise<readonly RootKey[]> => {
  const [{ AccessKeyMetadata = [] }, own] = await Promise.all([
    aws.iam.send(new ListAccessKeysCommand({})),
    aws.accessKeyId(),
  ]);
  return Promise.all(
    AccessKeyMetadata.map(async ({ AccessKeyId: id = '', Status, CreateDate }) => ({
      id,
      active: Status === 'Active',
      createdOn: CreateDate,
      lastUsed: await readKeyLastUse(aws, id),
      usedByThisProgram: id === own,
    })),
  );
};

/** AWS answers ValidationError to a call without a user name if it cannot tell whose keys are meant. */
const meansNotListed = (error: unknown): boolean =>
  isRefused(error) || isGone(error) || getErrorCode(error) === 'ValidationError';

/**
 * Lists root's keys. The call has no user name, since root has none. AWS does not document whether this works with
 * temporary credentials of root, so a refusal means "not listed", and the owner is sent to the console instead.
 */
export const listRootKeys = (aws: AwsClients): Promise<readonly RootKey[] | undefined> =>
  undefinedIf(meansNotListed, readRootKeys(aws));

const formatDayOrUnknown = (date: Date | undefined) => (date ? formatDay(date) : 'unknown');

const describeKeyLastUse = ({ lastUsed }: RootKey): string => {
  if (!lastUsed) return 'AWS would not say when it was last used';
  return lastUsed.on
    ? `last used ${formatDayOrUnknown(lastUsed.on)} for ${lastUsed.service} in ${lastUsed.region}`
    : 'never used as far as AWS knows';
};

/** Describes a key in one line, to help decide whether it is still in use. */
export const describeRootKey = (key: RootKey): string =>
  `${key.id}, ${key.active ? 'active' : 'inactive'}, made ${formatDayOrUnknown(key.createdOn)}, ${describeKeyLastUse(key)}`;
