import { AccountClient, GetAccountInformationCommand } from '@aws-sdk/client-account';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateUserCommand, IAMClient, IAMServiceException } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { RequestListener, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { explainError } from '../../../src/aws/errors/explain.ts';
import { BackError, ExitError } from '../../../src/core/dialogue.ts';
import { UserError } from '../../../src/lib/user-error.ts';
import { startLocalServer } from '../../_support/local-server.ts';

const refusal = (name: string, message: string, status = 400) =>
  new IAMServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode: status } });

const failure = (code: string, more: object = {}) =>
  Object.assign(new Error(`connect ${code}`), { code, ...more });

const lookingFor = (message: string, name = 'CredentialsProviderError') =>
  Object.assign(new Error(message), { name });

const wordsOf = (problem: UserError | undefined) =>
  [problem?.message ?? 'nothing', ...(problem?.nextSteps ?? [])].join('\n');

const said = (error: unknown, during?: string) => explainError(error, during)?.message;

describe('missing credentials', () => {
  it.each([
    ['Could not load credentials from any providers', 'No AWS credentials were found.'],
    ['Unable to connect to instance metadata service', 'No AWS credentials were found.'],
    ['Your session has expired. Please reauthenticate.', 'The session of "aws login" has expired.'],
    [
      'Failed to load token from /home/maria/.aws/login/cache/0a.json: Error: ENOENT',
      'The session of "aws login" has expired.',
    ],
    [
      'Failed to load a token for session x, please re-authenticate using aws login',
      'The session of "aws login" has expired.',
    ],
    [
      'Unable to refresh credentials because of a change in your password. Please reauthenticate with your new password.',
      'Your password was changed, which ended the session.',
    ],
    [
      "Unable to refresh credentials due to insufficient permissions. You may be missing permission for the 'CreateOAuth2Token' action.",
      'You are not allowed to renew the session of "aws login".',
    ],
    [
      "The SSO session associated with this profile has expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
      'The single sign-on session has expired.',
    ],
    [
      'Profile dev requires multi-factor authentication, but no MFA code callback was provided.',
      'The profile needs a code from your MFA device, and nobody is here to type it.',
    ],
    ['Profile dev was not found.', 'The profile cannot be used: Profile dev was not found.'],
    [
      'Server responded with status: 500',
      'The AWS credentials could not be loaded: Server responded with status: 500',
    ],
  ])('are explained: %s', (message, sentence) => {
    expect(said(lookingFor(message))).toBe(sentence);
  });

  it('lead to the ways to sign in, best first, and never to a root access key', () => {
    const problem = explainError(lookingFor('Could not load credentials from any providers'));
    expect(
      problem?.nextSteps.map((line) => /CloudShell|aws login|--profile|--practice/.exec(line)?.[0]),
    ).toEqual(['CloudShell', 'aws login', '--profile', '--practice']);
    expect(wordsOf(problem)).not.toMatch(/access key/i);
  });

  it('are explained for single sign-on tokens too', () => {
    const error = lookingFor(
      'Token is expired. To refresh this SSO session run aws sso login',
      'TokenProviderError',
    );
    expect(wordsOf(explainError(error))).toMatch(/aws sso login/);
  });
});

describe('credentials that AWS rejects', () => {
  it.each([
    ['ExpiredToken', 'The security token included in the request is expired', /^The session has expired/],
    [
      'ExpiredTokenException',
      'The security token included in the request is expired',
      /^The session has expired/,
    ],
    ['RequestExpired', 'Request has expired.', /session has ended, or the clock/],
    [
      'InvalidClientTokenId',
      'The security token included in the request is invalid',
      /revoked, or they are temporary/,
    ],
    [
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      /revoked, or they/,
    ],
    ['RequestTimeTooSkewed', 'The difference is too large', /^The clock of this computer/],
    [
      'SignatureDoesNotMatch',
      'Signature expired: 20261123T1 is now earlier than',
      /^The clock of this computer/,
    ],
    ['InvalidSignatureException', 'Signature not yet current: 20261123T1', /^The clock of this computer/],
    ['SignatureDoesNotMatch', 'The request signature we calculated does not match', /secret access key/],
  ])('are explained: %s, %s', (code, message, sentence) => {
    expect(said(refusal(code, message, 403))).toMatch(sentence);
  });

  it('are explained without their token', () => {
    const message = 'The Canonical String should have been x-amz-security-token:IQoJb3JpZ2luX2VjE';
    expect(wordsOf(explainError(refusal('SignatureDoesNotMatch', message)))).not.toContain('IQoJ');
  });
});

describe('a call that is not allowed', () => {
  const user =
    'User: arn:aws:iam::431209876655:user/maria is not authorized to perform: iam:ListUsers on resource: *';

  it.each([
    [
      `${user} because no identity-based policy allows the iam:ListUsers action`,
      'You are not allowed to call iam:ListUsers.',
    ],
    [
      `${user} with an explicit deny in a service control policy`,
      'A service control policy of the organization does not allow iam:ListUsers.',
    ],
    [
      `${user} with an explicit deny in a resource control policy`,
      'A resource control policy of the organization does not allow iam:ListUsers.',
    ],
    [
      `${user} because no permissions boundary allows the iam:ListUsers action`,
      'Your permissions boundary does not allow iam:ListUsers.',
    ],
    [
      `${user} because no session policy allows the iam:ListUsers action`,
      'The session was made with a policy that does not allow iam:ListUsers.',
    ],
    [`${user} with an explicit deny in an identity-based policy`, 'A policy denies you iam:ListUsers.'],
  ])('is explained by the policy that decides: %s', (message, sentence) => {
    expect(said(refusal('AccessDenied', message, 403), 'iam:GetUser')).toBe(sentence);
  });

  it('is named after the operation when AWS does not name it', () => {
    expect(said(refusal('AccessDeniedException', 'Access Denied', 403), 'account:GetAlternateContact')).toBe(
      'You are not allowed to call account:GetAlternateContact.',
    );
  });

  it('says who decides when it is the organization', () => {
    const problem = explainError(
      refusal('AccessDenied', `${user} with an explicit deny in a service control policy`),
    );
    expect(problem?.nextSteps.join()).toMatch(/administrator of the organization.*not even root/);
  });

  it('suggests signing in with the second factor when a policy of this program requires it', () => {
    const problem = explainError(
      refusal('AccessDenied', `${user} with an explicit deny in an identity-based policy`),
    );
    expect(problem?.nextSteps[0]).toMatch(/second factor/);
  });
});

describe('an account that is not ready', () => {
  it.each([
    [
      'PendingVerification',
      'Your request for accessing resources in this region is being validated',
      /still verifying/,
    ],
    [
      'AccessDenied',
      'Your account must be verified before you can add new CloudFront resources.',
      /still verifying/,
    ],
    ['OptInRequired', 'Your account is currently being verified.', /still verifying/],
    ['SubscriptionRequiredException', 'The AWS Access Key Id needs a subscription', /not signed up/],
    ['OptInRequired', 'You are not subscribed to this service.', /not signed up/],
    ['AccessDeniedException', 'This is not available on the free plan.', /Free plan/],
  ])('is explained: %s, %s', (code, message, sentence) => {
    expect(said(refusal(code, message, 403))).toMatch(sentence);
  });

  it('is not confused with an e-mail address that must be verified', () => {
    expect(said(refusal('InvalidParameter', 'The e-mail must be verified first'))).toMatch(/^AWS refused/);
  });
});

describe('other refusals of AWS', () => {
  it.each([
    ['LimitExceeded', 'Cannot exceed quota for GroupsPerUser: 10', /quota GroupsPerUser is 10\.$/],
    ['TopicLimitExceededException', 'Topic limit exceeded', /reached a limit: Topic limit exceeded/],
    ['Throttling', 'Rate exceeded', /fewer calls/],
    ['ThrottlingException', 'Rate exceeded', /fewer calls/],
    ['EntityTemporarilyUnmodifiable', 'Login Profile is being created', /somebody else/],
    ['ServiceFailure', 'x', /its side/],
    ['InternalFailure', 'x', /its side/],
  ])('are explained: %s', (code, message, sentence) => {
    expect(said(refusal(code, message))).toMatch(sentence);
  });

  it('are the fault of AWS when they are server errors, whatever their code', () => {
    expect(said(refusal('Odd', 'x', 500), 'iam:CreateUser')).toMatch(/^AWS failed at iam:CreateUser \(Odd\)/);
  });

  it('are reported in the words of AWS when nothing better is known', () => {
    expect(said(refusal('DeleteConflict', 'Cannot delete entity'), 'iam:DeleteUser')).toBe(
      'AWS refused iam:DeleteUser: DeleteConflict: Cannot delete entity',
    );
  });

  it('are short and contain no control characters', () => {
    const problem = explainError(
      refusal('Odd\u001B[2J', `\u001B]0;title\u0007one\ntwo\u0000${'x'.repeat(5000)}`),
    );
    expect(problem?.message).toMatch(/^AWS refused the call: Odd: one twox+…$/);
    expect(problem?.message.length).toBeLessThan(400);
  });

  it.each(['password', 'newPassword', 'authenticationCode1'])('do not repeat the value of %s', (name) => {
    const message = `1 validation error detected: Value 'it's 123456' at '${name}' failed to satisfy constraint`;
    expect(said(refusal('ValidationError', message))).toMatch(`The value of '${name}' failed to satisfy`);
    expect(said(refusal('ValidationError', message))).not.toContain('123456');
  });

  it('do not keep the original error, which has the signed request attached', () => {
    expect(explainError(refusal('Odd', 'x'))?.cause).toBeUndefined();
  });
});

describe('a network that does not work', () => {
  it.each([
    [
      failure('ENOTFOUND', { hostname: 'iam.amazonaws.com' }),
      'The address of iam.amazonaws.com could not be found.',
    ],
    [
      failure('EAI_AGAIN', { hostname: 'iam.amazonaws.com' }),
      'The address of iam.amazonaws.com could not be found.',
    ],
    [failure('ECONNREFUSED', { address: '10.0.0.1', port: 3128 }), '10.0.0.1:3128 refused the connection.'],
    [
      failure('ECONNREFUSED', { hostname: 'iam.amazonaws.com', address: '10.0.0.1', port: 3128 }),
      'iam.amazonaws.com (10.0.0.1:3128) refused the connection.',
    ],
    [failure('ECONNRESET'), 'The connection to AWS broke off.'],
    [failure('ENETUNREACH'), 'AWS cannot be reached from here.'],
    [failure('ETIMEDOUT', { name: 'TimeoutError' }), 'AWS did not answer in time.'],
    [Object.assign(new Error('timed out'), { name: 'TimeoutError' }), 'AWS did not answer in time.'],
    [failure('CERT_HAS_EXPIRED'), 'The certificate of AWS is not valid at this time.'],
    [failure('ERR_TLS_CERT_ALTNAME_INVALID'), 'Something else answers in place of AWS.'],
    [failure('EPROTO'), 'No encrypted connection to AWS could be made.'],
  ])('is explained: %s', (error, sentence) => {
    expect(said(error)).toBe(sentence);
  });

  it.each([
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'CERT_UNTRUSTED',
  ])('is never solved by trusting every certificate: %s', (code) => {
    const words = wordsOf(explainError(failure(code)));
    expect(words).toContain('AWS_CA_BUNDLE');
    expect(words).not.toContain('REJECT_UNAUTHORIZED');
  });
});

describe('an error that AWS did not cause', () => {
  it.each([
    new TypeError('x is not a function'),
    new SyntaxError('Unexpected token'),
    new Error('a look at the account tried to call iam:CreateUser'),
    failure('ENOENT'),
    failure('ERR_INVALID_ARG_TYPE'),
    new BackError(),
    new ExitError(),
    'text',
    undefined,
    null,
  ])('is not explained: %s', (error) => {
    expect(explainError(error)).toBeUndefined();
  });

  it('is passed on when it is explained already', () => {
    const problem = new UserError('known');
    expect(explainError(problem)).toBe(problem);
  });
});

const clients = {
  iam: (config: object) => new IAMClient(config).send(new CreateUserCommand({ UserName: 'maria' })),
  sts: (config: object) => new STSClient(config).send(new GetCallerIdentityCommand({})),
  cloudwatch: (config: object) => new CloudWatchClient(config).send(new DescribeAlarmsCommand({})),
  account: (config: object) => new AccountClient(config).send(new GetAccountInformationCommand({})),
};
const services = ['iam', 'sts', 'cloudwatch', 'account'] as const;

const sent = async (service: keyof typeof clients, endpoint: string) => {
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'none' };
  const config = { endpoint, credentials, region: 'us-east-1', maxAttempts: 1 };
  const error: unknown = await clients[service](config).then(
    () => 'no error',
    (failed: unknown) => failed,
  );
  return explainError(error, `${service}:Call`)?.message ?? error;
};

const answering = async (listener: RequestListener) => (await startLocalServer(listener)).url;
const html = (status: number, body: string) => (_: unknown, response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'text/html' }).end(body);
};
const xml = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

describe('the explanation of a real SDK error', () => {
  it.each(services)(
    'says that something in between answered, when it is the sign-in page of a Wi-Fi: %s',
    async (service) => {
      const url = await answering(html(200, '<!DOCTYPE html><html><body>Sign in<br></body></html>'));
      expect(await sent(service, url)).toBe('Something in between answered instead of AWS (HTTP 200).');
    },
  );

  it.each(services)('says that something in between answered, when it is a redirect: %s', async (service) => {
    expect(await sent(service, await answering(html(302, '')))).toMatch(/instead of AWS \(HTTP 302\)/);
  });

  it.each(services)('says that the gateway is out of order: %s', async (service) => {
    const url = await answering(html(503, '<html><body><h1>Service Unavailable</h1></body></html>'));
    expect(await sent(service, url)).toMatch(/HTTP 503/);
  });

  it.each(services)('says that the proxy needs a password: %s', async (service) => {
    expect(await sent(service, await answering(html(407, '<html>Who are you?</html>')))).toMatch(
      /^The proxy asks for/,
    );
  });

  it.each(services)('says that the connection broke off: %s', async (service) => {
    const url = await answering((request) => request.socket.destroy());
    expect(await sent(service, url)).toMatch(/^The connection to .* broke off\.$/);
  });

  it.each(services)('says that nobody answers: %s', async (service) => {
    const { server, url, port } = await startLocalServer(() => {});
    await new Promise((resolve) => server.close(resolve));
    expect(await sent(service, url)).toBe(`127.0.0.1:${port} refused the connection.`);
  });

  it.each(services)('says that the host name is not known: %s', async (service) => {
    expect(await sent(service, 'http://aws.invalid')).toBe('The address of aws.invalid could not be found.');
  });

  it.each(['iam', 'sts'] as const)('says which operation is not allowed: %s', async (service) => {
    const message =
      'User: x is not authorized to perform: iam:CreateUser because no identity-based policy allows it';
    const url = await answering((_, response) => response.writeHead(403).end(xml('AccessDenied', message)));
    expect(await sent(service, url)).toBe('You are not allowed to call iam:CreateUser.');
  });

  it.each(['cloudwatch', 'account'] as const)('says which operation is not allowed: %s', async (service) => {
    const url = await answering((_, response) => {
      response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' });
      response.end(JSON.stringify({ __type: 'AccessDeniedException', message: 'Access Denied' }));
    });
    expect(await sent(service, url)).toBe(`You are not allowed to call ${service}:Call.`);
  });

  it('says which quota is used up', async () => {
    const url = await answering((_, response) =>
      response.writeHead(409).end(xml('LimitExceeded', 'Cannot exceed quota for UsersPerAccount: 5000')),
    );
    expect(await sent('iam', url)).toMatch(/quota UsersPerAccount is 5000/);
  });
});

describe('an account plan that AWS cannot find', () => {
  const notFound = refusal('ResourceNotFoundException', 'No plan was found.');

  it('is explained as nothing to worry about', () => {
    const problem = explainError(notFound, 'freetier:GetAccountPlanState');
    expect(wordsOf(problem)).toMatch(/no Free or Paid plan for this account\.\n.*before July 2025 have none/);
  });

  it('is distinguished from everything else that is not found', () => {
    expect(said(notFound, 'account:GetAlternateContact')).toMatch(/^AWS refused account:GetAlternateContact/);
  });
});

describe('the explanation of a refusal', () => {
  it.each(['SubscriptionRequiredException', 'OptInRequired'])(
    'mentions that the Free plan may not include the service for a %s',
    (code) => {
      const words = wordsOf(
        explainError(refusal(code, 'The AWS Access Key Id needs a subscription for the service')),
      );
      expect(words).toMatch(/not signed up/);
      expect(words).toContain('https://aws.amazon.com/free');
    },
  );

  it('names the policy of AWS that forbids a change in a project', () => {
    const denied = refusal(
      'AccessDeniedException',
      'User: arn:aws:sts::431209876655:assumed-role/AccountFullAccessRole/x is not authorized to perform: sns:CreateTopic with an explicit deny in a service control policy: arn:aws:organizations::999988887777:policy/o-1/service_control_policy/p-1',
    );
    const words = wordsOf(explainError(denied));
    expect(words).toContain('A service control policy of the organization does not allow sns:CreateTopic.');
    expect(words).toContain('Activating advanced features allows more, and cannot be undone');
  });
});

describe('the permission that AWS names', () => {
  const who = 'User: arn:aws:iam::431209876655:user/maria';

  it.each([
    ['in capitals, as SNS writes it', `${who} is not authorized to perform: SNS:ListTopics on resource: x`],
    ['in mixed case', `${who} is not authorized to perform: Sns:ListTopics`],
    ['without an ARN', 'User is not authorized to perform: SNS:ListTopics'],
    ['over several lines', `${who} is not\n  authorized to\r\nperform:\n SNS:ListTopics\n on resource: x`],
    ['without a colon', `${who} is not authorized to perform sns:ListTopics`],
    ['without a space', `${who} is not authorized to perform:SNS:ListTopics`],
    ['in quotation marks', `${who} is not authorized to perform: "sns:ListTopics"`],
    ['with capitals at the beginning', `${who} Is Not Authorized To Perform: SNS:ListTopics`],
  ])('is understood %s', (_, message) => {
    for (const code of ['AuthorizationErrorException', 'AccessDenied', 'AccessDeniedException'])
      expect(said(refusal(code, message, 403))).toBe('You are not allowed to call sns:ListTopics.');
  });

  it.each([
    ['with an explicit deny in a service\ncontrol policy', 'A service control policy of the organization'],
    ['because no Resource Control Policies allow it', 'A resource control policy of the organization'],
    ['because no permissions\nboundary allows it', 'Your permissions boundary does not allow'],
    ['because no session  policy allows it', 'The session was made with a policy'],
    ['with an Explicit\nDeny in an identity-based policy', 'A policy denies you'],
  ])('stands beside who denies it, also %s', (why, sentence) => {
    const message = `${who} is not authorized to perform: SNS:ListTopics on resource: x ${why}`;
    expect(said(refusal('AuthorizationError', message, 403))).toContain(sentence);
    expect(said(refusal('AuthorizationError', message, 403))).toContain('sns:ListTopics');
  });
});
