import { fromIni } from '@aws-sdk/credential-provider-ini';
import {
  credentialsTreatedAsExpired,
  credentialsWillNeedRefresh,
  defaultProvider,
} from '@aws-sdk/credential-provider-node';
import { memoize } from '@smithy/core/config';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { UserError } from '../lib/user-error.ts';
import { createAwsClients, type AwsClients } from './clients.ts';
import {
  createNoCredentialsError,
  createSlowCredentialsError,
  isCredentialSearchError,
} from './errors/credentials.ts';
import { explainError } from './errors/explain.ts';
import { toSdkName } from './start/aws-files.ts';
import { readTrustedCertificates } from './start/certificates.ts';
import { describeSignIn, noteSignIn, SignInError, type SignIn } from './start/sign-in.ts';
import type { Start } from './start/start.ts';
import { silentLogger, Transport } from './transport.ts';

/** How long a source of credentials may take, in milliseconds. A program may ask the owner for a fingerprint meanwhile. */
const getPatience = (signIn: SignIn | undefined): number => (signIn?.kind === 'process' ? 60_000 : 20_000);

/** After so many milliseconds the owner is told what is waited for. */
const noticeDelay = 3_000;

export type ConnectOptions = {
  /** Says one line about what is waited for. */
  say?: (line: string) => void;
  /** Asks the owner for a code of the MFA device with this serial number. */
  askMfaCode?: (device: string) => Promise<string>;
};

/**
 * Connects to the account of the owner's credentials, from any source that the SDK supports: environment, profile, `aws
 * login`, SSO, CloudShell. Rejects if there are none or they have expired.
 */
export const connect = async (start: Start, options: ConnectOptions = {}): Promise<AwsClients> => {
  const { signIn, problem, region, caBundle, env, files } = start;
  const certificates = caBundle && readTrustedCertificates(caBundle, env);
  const requestHandler = new Transport({ env, certificates });
  const credentials = createCredentials(start, requestHandler, options);
  await credentials().catch((error: unknown) => {
    if (signIn === undefined && isCredentialSearchError(error))
      throw problem ?? createNoCredentialsError(files);
    throw explainRoleFailure(error, signIn) ?? error;
  });
  return createAwsClients({ credentials, region: region.name, requestHandler, signIn });
};

/** The source of credentials, which ends if it does not answer, and whose errors say where it stands. */
const createCredentials = (
  { signIn, profile }: Start,
  requestHandler: Transport,
  { say, askMfaCode }: ConnectOptions,
): AwsCredentialIdentityProvider => {
  const patience = new Patience(signIn, say);
  const common = {
    logger: silentLogger,
    // For calls that the credentials themselves need: refreshing a login, assuming a role. It sets no region, because
    // that would replace the one that the owner signed in to.
    clientConfig: { requestHandler },
    ...(askMfaCode && {
      mfaCodeProvider: (device: string) => {
        // However long the owner takes to find the phone.
        patience.end();
        return askMfaCode(device);
      },
    }),
  };
  const source = profile
    ? createProfileCredentials(toSdkName(profile.name), common)
    : defaultProvider(common);
  const load = async (): Promise<AwsCredentialIdentity> => {
    try {
      return await Promise.race([source(), patience.begin()]);
    } catch (error) {
      throw noteSignIn(error, signIn);
    } finally {
      patience.end();
    }
  };
  // Clients that ask at the same time wait together.
  let loading: Promise<AwsCredentialIdentity> | undefined;
  return () =>
    (loading ??= load().finally(() => {
      loading = undefined;
    }));
};

/** Says after some seconds what is waited for, and ends the wait when it has lasted too long. */
class Patience {
  #timers: readonly NodeJS.Timeout[] = [];

  readonly #signIn: SignIn | undefined;

  readonly #say: ConnectOptions['say'];

  constructor(signIn: SignIn | undefined, say: ConnectOptions['say']) {
    this.#signIn = signIn;
    this.#say = say;
  }

  /** Never resolves; rejects when it has lasted too long. */
  begin(): Promise<never> {
    this.end();
    const limit = getPatience(this.#signIn);
    const source = this.#signIn ? describeSignIn(this.#signIn) : 'credentials';
    return new Promise((_resolve, reject) => {
      this.#timers = [
        setTimeout(() => this.#say?.(`Waiting for ${source}: no answer yet.`), noticeDelay),
        setTimeout(() => reject(createSlowCredentialsError(this.#signIn, limit / 1000)), limit),
      ];
    });
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}

/**
 * Credentials of one profile only. The SDK's own chain would try other sources if the profile does not exist: in
 * CloudShell, a mistyped profile name would then change the shell's account.
 */
const createProfileCredentials = (profile: string, common: Parameters<typeof fromIni>[0]) =>
  memoize(fromIni({ ...common, profile }), credentialsTreatedAsExpired, credentialsWillNeedRefresh);

/** AWS has refused a role on the way from the profile to its credentials. */
const explainRoleFailure = (error: unknown, signIn: SignIn | undefined): UserError | undefined => {
  const isOnTheWay = signIn !== undefined && signIn.wanted !== undefined && signIn.wanted !== signIn.profile;
  const refusal =
    error instanceof Error && '$fault' in error ? explainError(error, 'sts:AssumeRole') : undefined;
  return isOnTheWay && refusal
    ? new SignInError(`The role could not be assumed: ${describeSignIn(signIn)}.`, [
        refusal.message,
        ...refusal.nextSteps,
      ])
    : undefined;
};
