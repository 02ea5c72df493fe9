import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSession } from '../../src/cli/open-session.ts';
import { UserError } from '../../src/lib/user-error.ts';
import { signer, useOnlyEndpoint } from '../_support/http-account.ts';
import { startLocalServer } from '../_support/local-server.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

afterEach(() => vi.unstubAllEnvs());

const identityXml = (accountId: string) =>
  `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::${accountId}:user/maria</Arn><UserId>AIDAEXAMPLE</UserId><Account>${accountId}</Account>
  </GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** AWS says who signed in, and refuses everything else. Whose account it is can change. */
const startSignIn = async (first: string) => {
  let accountId = first;
  const { url } = await startLocalServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const isKnown = body.includes('Action=GetCallerIdentity');
      response.writeHead(isKnown ? 200 : 403, { 'content-type': 'text/xml' });
      response.end(
        isKnown
          ? identityXml(accountId)
          : '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>',
      );
    });
  });
  await useOnlyEndpoint(url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', signer.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', signer.secretAccessKey);
  vi.stubEnv('AWS_REGION', 'eu-north-1');
  const opened = await openSession(
    { command: 'verify', practice: false },
    await temporaryFolder(),
    process.env,
  );
  return { ...opened, switchTo: (other: string) => (accountId = other) };
};

describe('signing in again', () => {
  it('leads to the same account', async () => {
    const { signInAgain } = await startSignIn('111122223333');
    expect((await signInAgain()).identity).toMatchObject({ accountId: '111122223333', name: 'maria' });
  });

  it('is refused if it leads to another account, whose changes would be noted as those of the first', async () => {
    const { signInAgain, switchTo } = await startSignIn('111122223333');
    switchTo('999988887777');
    const error: unknown = await signInAgain().catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain('You are signed in to the account 999988887777, not to 111122223333.');
  });
});
