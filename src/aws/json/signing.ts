import { AwsSdkSigV4Signer, resolveAwsSdkSigV4Config } from '@aws-sdk/core/httpAuthSchemes';
import { DefaultIdentityProviderConfig } from '@smithy/core';
import { Sha256 } from '@smithy/core/checksum';
import { getSmithyContext } from '@smithy/core/client';
import type {
  AwsCredentialIdentityProvider,
  HandlerExecutionContext,
  HttpAuthOption,
  HttpAuthSchemeParameters,
  IdentityProviderConfig,
  Provider,
} from '@smithy/types';
import { home } from './command.ts';

const sigV4 = 'aws.auth#sigv4';

type Unsigned = {
  region: Provider<string>;
  serviceId: string;
  useFipsEndpoint: Provider<boolean>;
  useDualstackEndpoint: Provider<boolean>;
  credentials: AwsCredentialIdentityProvider;
};

/** How requests are signed: Signature Version 4 by the SDK's own signer, which also corrects for a wrong clock. */
export const signing = <T extends Unsigned>({ signingName }: { signingName: string }, config: T) => {
  const option = (): HttpAuthOption => ({
    schemeId: sigV4,
    // The host is one for all Regions, so is the Region that it checks signatures for.
    signingProperties: { name: signingName, region: home },
    propertiesExtractor: (clientConfig: object, context) => ({
      signingProperties: { config: clientConfig, context },
    }),
  });
  return Object.assign(
    resolveAwsSdkSigV4Config(Object.assign(config, { sha256: Sha256, defaultSigningName: signingName })),
    {
      httpAuthSchemes: [
        {
          schemeId: sigV4,
          identityProvider: (providers: IdentityProviderConfig) => providers.getIdentityProvider(sigV4),
          signer: new AwsSdkSigV4Signer(),
        },
      ],
      httpAuthSchemeProvider: (): HttpAuthOption[] => [option()],
    },
  );
};

/** What the SDK's middleware wants to know to choose a way of signing and the credentials for it: there is one. */
export const authentication = {
  httpAuthSchemeParametersProvider: (
    _config: object,
    context: HandlerExecutionContext,
  ): Promise<HttpAuthSchemeParameters> =>
    Promise.resolve({ operation: String(getSmithyContext(context)['operation']) }),
  identityProviderConfigProvider: ({ credentials }: Pick<Unsigned, 'credentials'>) =>
    Promise.resolve(new DefaultIdentityProviderConfig({ [sigV4]: credentials })),
};
