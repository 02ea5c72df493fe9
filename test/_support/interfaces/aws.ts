import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What arrived: the operation where the request names it, and who signed it for which Region. */
type Arrived = { operation: string; key: string; region: string; userAgent: string };

/** A stand-in for AWS on this machine that knows who is calling, and a password policy; the rest it refuses. */
export type FakeAws = { url: string; arrived: Arrived[]; close: () => void };

const account = '431209876655';

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::${account}:root</Arn><UserId>${account}</UserId><Account>${account}</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

const changed = '<UpdateAccountPasswordPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"/>';

const policy = `<GetAccountPasswordPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
<GetAccountPasswordPolicyResult><PasswordPolicy><MinimumPasswordLength>16</MinimumPasswordLength>
<PasswordReusePrevention>24</PasswordReusePrevention><AllowUsersToChangePassword>true</AllowUsersToChangePassword>
</PasswordPolicy></GetAccountPasswordPolicyResult></GetAccountPasswordPolicyResponse>`;

const refusal = (code: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>No.</Message></Error></ErrorResponse>`;

type State = { mayChange: boolean; hasPolicy: boolean };

const answerTo = (operation: string, state: State): [number, string] => {
  if (operation === 'GetCallerIdentity') return [200, identity];
  if (operation === 'GetAccountPasswordPolicy')
    return state.hasPolicy ? [200, policy] : [404, refusal('NoSuchEntity')];
  if (operation !== 'UpdateAccountPasswordPolicy' || !state.mayChange) return [403, refusal('AccessDenied')];
  state.hasPolicy = true;
  return [200, changed];
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
};

const signature = /Credential=(?<key>[^/]+)\/\d{8}\/(?<region>[^/]+)\//;

/** Starts it. It allows changes, or refuses them too. */
export const fakeAws = async ({ mayChange = true } = {}): Promise<FakeAws> => {
  const state = { mayChange, hasPolicy: false };
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const operation = new URLSearchParams(body).get('Action') ?? '';
      const { key = '', region = '' } = signature.exec(request.headers.authorization ?? '')?.groups ?? {};
      arrived.push({ operation, key, region, userAgent: request.headers['user-agent'] ?? '' });
      const [status, text] = answerTo(operation, state);
      response.writeHead(status, { 'content-type': 'text/xml' });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    arrived,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** Credentials that lead to nobody's account. */
export const credentials = { AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
