import { IAMServiceException } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { createNoCredentialsError, createSlowCredentialsError } from '../../../src/aws/errors/credentials.ts';
import { endsSession, explainError, isTolerable } from '../../../src/aws/errors/explain.ts';
import type { AwsFile } from '../../../src/aws/start/aws-files.ts';
import { noteSignIn, type SignIn } from '../../../src/aws/start/sign-in.ts';
import { UserError } from '../../../src/lib/user-error.ts';

const explain = (message: string, signIn?: SignIn) =>
  explainError(noteSignIn(Object.assign(new Error(message), { name: 'CredentialsProviderError' }), signIn));

const refusal = (name: string, message = 'no', signIn?: SignIn) =>
  explainError(
    noteSignIn(new IAMServiceException({ name, message, $fault: 'client', $metadata: {} }), signIn),
  );

describe('a program that gives no credentials', () => {
  const vault: SignIn = { kind: 'process', profile: 'dev', program: 'vault' };
  const start = 'The program vault that the profile "dev" names';

  it.each([
    ['Command failed: vault --token hush', `${start} ended with an error.`],
    ['Command failed: vault --token hush\n\n  \n', `${start} ended with an error.`],
    [
      'Command failed: vault --token hush\nHello\n   Please sign in  \n  \n',
      `${start} ended with an error: Please sign in.`,
    ],
    ['Command failed: vault\nIt is locked.', `${start} ended with an error: It is locked.`],
    [
      `Command failed: vault\nBad token ${'a1'.repeat(30)}`,
      `${start} ended with an error: Bad token (not shown).`,
    ],
    [
      'Profile dev credential_process returned invalid JSON.',
      `${start} gave something other than credentials in JSON.`,
    ],
    ['Profile dev credential_process did not return Version 1.', `${start} gave incomplete credentials.`],
    ['Profile dev credential_process returned invalid credentials.', `${start} gave incomplete credentials.`],
    [
      'Profile dev credential_process returned expired credentials.',
      `${start} gave credentials that have already expired.`,
    ],
  ])('is quoted with its last line, and never with its command: %j', (message, sentence) => {
    const problem = explain(message, vault);
    expect(problem?.message).toBe(sentence);
    expect(problem?.nextSteps).toEqual([
      expect.stringContaining('credential_process'),
      expect.stringContaining('Sign in again with vault'),
    ]);
  });

  it('is to be tried by itself when it takes too long, which other sources are not', () => {
    expect(createSlowCredentialsError(vault, 60)).toMatchObject({
      message: `${start} gave no credentials within 60 seconds.`,
      nextSteps: [
        expect.stringContaining('Run it by itself'),
        expect.stringContaining('vault'),
        expect.stringContaining('--practice'),
      ],
    });
    expect(createSlowCredentialsError(undefined, 20)).toMatchObject({
      message: 'The source of the credentials gave no credentials within 20 seconds.',
      nextSteps: [expect.stringContaining('aws login'), expect.stringContaining('--practice')],
    });
  });
});

describe('credentials that could not be loaded', () => {
  it.each<[SignIn, RegExp]>([
    [{ kind: 'cloudshell' }, /new CloudShell tab/],
    [{ kind: 'container' }, /container again/],
    [{ kind: 'instance' }, /Wait a few minutes/],
  ])('from %j lead to what renews them, and to a rehearsal', (signIn, advice) => {
    const problem = explain('Could not load credentials from any providers', signIn);
    expect(problem?.message).toMatch(
      /^(CloudShell|The container .*|The EC2 instance) gives no credentials at the moment\.$/,
    );
    expect(problem?.nextSteps).toEqual([
      expect.stringMatching(advice),
      expect.stringContaining('--practice'),
    ]);
  });

  it.each<[string, SignIn, string]>([
    ['because of a change in your password', { kind: 'login', profile: 'dev' }, 'aws login --profile dev'],
    ['The SSO session has expired', { kind: 'sso', profile: 'dev' }, 'aws sso login --profile dev'],
    ['Please reauthenticate', { kind: 'login', profile: 'dev' }, 'aws login --profile dev'],
  ])(
    'for the reason "%s" are renewed for the profile in use, and the program is run again',
    (message, signIn, command) => {
      expect(explain(message, signIn)?.nextSteps).toEqual([
        expect.stringMatching(new RegExp(`${command}$`)),
        expect.stringContaining('run this program again'),
      ]);
    },
  );

  it.each([
    ['The SSO session has expired', /aws sso login$/],
    ['Please reauthenticate', /aws login$/],
  ])('for the reason "%s" have the general command where no profile is known', (message, command) => {
    expect(explain(message)?.nextSteps[0]).toMatch(command);
  });

  it('because a permission is missing name the policy that has it, and another way', () => {
    expect(explain('insufficient permissions for CreateOAuth2Token')?.nextSteps).toEqual([
      expect.stringContaining('SignInLocalDevelopmentAccess'),
      expect.stringContaining('CloudShell'),
    ]);
  });

  it.each([
    ['Profile admin requires multi-factor authentication', /without --answers/],
    ['Profile dev was not found.', /aws configure list-profiles/],
  ])('lead to what helps first, and then to the ways to sign in: %s', (message, first) => {
    const steps = explain(message, { kind: 'keys', profile: 'dev', wanted: 'admin' })?.nextSteps ?? [];
    expect(steps[0]).toMatch(first);
    expect(steps.join('\n')).toMatch(/CloudShell[^]*aws login[^]*--profile[^]*--practice/);
  });

  it('lead to the ways to sign in, whatever the reason', () => {
    expect(explain('Server responded with status: 500')?.nextSteps.join('\n')).toMatch(
      /CloudShell[^]*aws login[^]*--profile[^]*--practice/,
    );
  });

  it('name the profile that asks for an MFA code', () => {
    const asking = explain('Profile admin requires multi-factor authentication', {
      kind: 'keys',
      profile: 'dev',
      wanted: 'admin',
    });
    expect(asking?.message).toContain('The profile "admin" needs a code');
  });
});

describe('credentials that AWS does not accept', () => {
  const login: SignIn = { kind: 'login', profile: 'dev' };

  it.each<[string, string, readonly RegExp[]]>([
    ['ExpiredToken', 'x', [/aws login --profile dev/, /run this program again/]],
    ['RequestExpired', 'x', [/aws login --profile dev/, /clock/]],
    ['RequestTimeTooSkewed', 'x', [/clock/]],
    ['RequestInTheFuture', 'x', [/clock/]],
    ['SignatureDoesNotMatch', 'Signature expired: 1', [/clock/]],
    ['SignatureDoesNotMatch', 'x', [/clock/, /CloudShell/, /aws login/, /--profile/, /--practice/]],
    ['IncompleteSignature', 'x', [/clock/, /CloudShell/, /aws login/, /--profile/, /--practice/]],
    ...[
      'InvalidClientTokenId',
      'UnrecognizedClient',
      'InvalidAccessKeyId',
      'AuthFailure',
      'MissingAuthenticationToken',
    ].map((code): [string, string, readonly RegExp[]] => [
      code,
      'x',
      [/MFA code/, /--region us-east-1/, /CloudShell/, /aws login/, /--profile/, /--practice/],
    ]),
  ])('as %s (%s) says lead to what puts that right', (name, message, steps) => {
    expect(refusal(name, message, login)?.nextSteps).toEqual(steps.map((one) => expect.stringMatching(one)));
  });
});

describe('files in which no credentials were found', () => {
  const file = (kind: AwsFile['kind'], more: Partial<AwsFile> = {}): AwsFile => ({
    kind,
    path: `/home/maria/.aws/${kind}`,
    exists: true,
    headers: [],
    ...more,
  });
  const steps = (config: AwsFile, credentials: AwsFile) =>
    createNoCredentialsError({ config, credentials }).nextSteps;
  const ways = [/CloudShell/, /aws login/, /--profile NAME. For single/, /--practice/].map((one) =>
    expect.stringMatching(one),
  );

  it('are named with what is wrong in them, those that are there', () => {
    const credentials = file('credentials', { problem: 'is a folder.' });
    expect(steps(file('config'), credentials)).toEqual([
      '/home/maria/.aws/config has no profile "default".',
      '/home/maria/.aws/credentials is a folder.',
      ...ways,
    ]);
    expect(steps(file('config', { exists: false }), file('credentials', { exists: false }))).toEqual(ways);
  });

  it('are searched for other profiles, and for one that was meant as the default', () => {
    const config = file('config', { headers: ['profile dev', 'default'] });
    expect(steps(config, file('credentials', { exists: false }))).toEqual([
      expect.stringContaining('/home/maria/.aws/config'),
      'You have these profiles: dev. Choose one: --profile NAME',
      ...ways,
    ]);
    expect(steps(file('config'), file('credentials', { headers: ['Default'] }))).toEqual([
      expect.stringContaining('[Default], which is not a profile'),
      ...ways,
    ]);
  });
});

describe('an error that ends the session', () => {
  const denied = new IAMServiceException({
    name: 'AccessDenied',
    message: 'no',
    $fault: 'client',
    $metadata: {},
  });
  const expired = new IAMServiceException({
    name: 'ExpiredToken',
    message: 'no',
    $fault: 'client',
    $metadata: {},
  });

  it('is one of the credentials, and no check goes on after it', () => {
    expect([endsSession(expired), isTolerable(expired)]).toEqual([true, false]);
    const slow = createSlowCredentialsError(undefined, 20);
    expect([endsSession(slow), isTolerable(slow)]).toEqual([true, false]);
  });

  it('is not a refusal, nor a bug, of which only the refusal can be borne', () => {
    expect([endsSession(denied), isTolerable(denied)]).toEqual([false, true]);
    expect([endsSession(new TypeError('x')), isTolerable(new TypeError('x'))]).toEqual([false, false]);
    expect([endsSession('text'), isTolerable('text')]).toEqual([false, false]);
    expect(isTolerable(new UserError('known'))).toBe(true);
  });
});
