import { ListUsersCommand } from '@aws-sdk/client-iam';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openPracticeSession } from '../../src/cli/practice-session.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

describe('a rehearsal', () => {
  it.each([
    ['AWS_DEFAULTS_MODE', 'fast'],
    ['AWS_RETRY_MODE', 'never'],
    ['AWS_MAX_ATTEMPTS', 'many'],
    ['AWS_USE_FIPS_ENDPOINT', 'perhaps'],
    ['AWS_USE_DUALSTACK_ENDPOINT', 'perhaps'],
    ['AWS_ENDPOINT_URL', 'no address'],
    ['AWS_CONFIG_FILE', '/dev/null/config'],
    ['AWS_PROFILE', 'nobody'],
  ])('has nothing to do with a broken %s of the owner', async (name, value) => {
    vi.stubEnv(name, value);
    const { aws } = await openPracticeSession(join(await temporaryFolder(), 'practice'));
    const { Users } = await aws.iam.send(new ListUsersCommand({}));
    expect(Users).toEqual([]);
  });
});
