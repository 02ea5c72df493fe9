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
import { jsonServicesRegion } from './endpoint.ts';

const sigV4SchemeId = 'aws.auth#sigv4';

type UnsignedClientConfig = {
  region: Provider<string>;
  serviceId: string;
  useFipsEndpoint: Provider<boolean>;
  useDualstackEndpoint: Provider<boolean>;
  credentials: AwsCredentialIdentityProvider;
};

/** Signs requests with Signature Version 4. The SDK's signer also corrects for a wrong clock. */
export const addSigningConfig = <T extends UnsignedClientConfig>(
  { signingName }: { signingName: string },
  config: T,
) => {
  const option = (): HttpAuthOption => ({
    schemeId: sigV4SchemeId,
    // One host serves all Regions, and it checks signatures for this one.
    signingProperties: { name: signingName, region: jsonServicesRegion },
    propertiesExtractor: (clientConfig: object, context) => ({
      signingProperties: { config: clientConfig, context },
    }),
  });
  return Object.assign(
    resolveAwsSdkSigV4Config(Object.assign(config, { sha256: Sha256, defaultSigningName: signingName })),
    {
      httpAuthSchemes: [
        {
          schemeId: sigV4SchemeId,
          identityProvider: (providers: IdentityProviderConfig) =>
            providers.getIdentityProvider(sigV4SchemeId),
          signer: new AwsSdkSigV4Signer(),
        },
      ],
      httpAuthSchemeProvider: (): HttpAuthOption[] => [option()],
    },
  );
};

/** What the SDK's middleware needs to choose a signing scheme and its credentials. There is only one scheme. */
export const authSchemePluginOptions = {
  httpAuthSchemeParametersProvider: (
    _config: object,
    context: HandlerExecutionContext,
  ): Promise<HttpAuthSchemeParameters> =>
    Promise.resolve({ operation: String(getSmithyContext(context)['operation']) }),
  identityProviderConfigProvider: ({ credentials }: Pick<UnsignedClientConfig, 'credentials'>) =>
    Promise.resolve(new DefaultIdentityProviderConfig({ [sigV4SchemeId]: credentials })),
};
