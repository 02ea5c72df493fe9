import { GetAccessKeyLastUsedCommand, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import type { AwsClients } from '../../aws/clients.ts';
import { getErrorCode } from '../../aws/consistency.ts';
import { endsSession } from '../../aws/errors/explain.ts';

export type RootKey = {
  id: string;
  active: boolean;
  createdOn: Date | undefined;
  /** Nothing where AWS would not tell; without `on` where AWS knows of no use. */
  lastUsed: { on: Date | undefined; service: string; region: string } | undefined;
  /** This program is signed in with this very key. */
  usedByThisProgram: boolean;
};

/** A refusal must not read as "never used": the owner is about to delete the key for good. */
const readKeyLastUse = async (aws: AwsClients, id: string): Promise<RootKey['lastUsed']> => {
  try {
    const { AccessKeyLastUsed: used } = await aws.iam.send(
      new GetAccessKeyLastUsedCommand({ AccessKeyId: id }),
    );
    return (
      used && { on: used.LastUsedDate, service: used.ServiceName ?? 'N/A', region: used.Region ?? 'N/A' }
    );
  } catch (error) {
    if (endsSession(error)) throw error;
    return undefined;
  }
};

/**
 * Root's keys. The call goes without a user name, since root has none; whether AWS answers it for temporary
 * credentials of root is not documented, so a refusal means "not listed", and the console is shown instead.
 */
export const listRootKeys = async (aws: AwsClients): Promise<readonly RootKey[] | undefined> => {
  try {
    const [{ AccessKeyMetadata = [] }, own] = await Promise.all([
      aws.iam.send(new ListAccessKeysCommand({})),
      aws.accessKeyId(),
    ]);
    return await Promise.all(
      AccessKeyMetadata.map(async ({ AccessKeyId: id = '', Status, CreateDate }) => ({
        id,
        active: Status === 'Active',
        createdOn: CreateDate,
        lastUsed: await readKeyLastUse(aws, id),
        usedByThisProgram: id === own,
      })),
    );
  } catch (error) {
    if (['ValidationError', 'AccessDenied', 'NoSuchEntity'].includes(getErrorCode(error) ?? ''))
      return undefined;
    throw error;
  }
};

const formatDayOrUnknown = (date: Date | undefined) => date?.toISOString().slice(0, 10) ?? 'unknown';

const describeKeyLastUse = ({ lastUsed }: RootKey): string => {
  if (!lastUsed) return 'AWS would not say when it was last used';
  return lastUsed.on
    ? `last used ${formatDayOrUnknown(lastUsed.on)} for ${lastUsed.service} in ${lastUsed.region}`
    : 'never used as far as AWS knows';
};

/** A key in one line, to decide whether it is still in use. */
export const describeRootKey = (key: RootKey): string =>
  `${key.id}, ${key.active ? 'active' : 'inactive'}, made ${formatDayOrUnknown(key.createdOn)}, ${describeKeyLastUse(key)}`;
