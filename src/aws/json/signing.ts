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

/** How requests are signed: Signature Version 4 by the SDK's own signer, which also corrects for a wrong clock. */
export const addSigningConfig = <T extends UnsignedClientConfig>(
  { signingName }: { signingName: string },
  config: T,
) => {
  const option = (): HttpAuthOption => ({
    schemeId: sigV4SchemeId,
    // The host is one for all Regions, so is the Region that it checks signatures for.
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

/** What the SDK's middleware wants to know to choose a way of signing and the credentials for it: there is one. */
export const authSchemePluginOptions = {
  httpAuthSchemeParametersProvider: (
    _config: object,
    context: HandlerExecutionContext,
  ): Promise<HttpAuthSchemeParameters> =>
    Promise.resolve({ operation: String(getSmithyContext(context)['operation']) }),
  identityProviderConfigProvider: ({ credentials }: Pick<UnsignedClientConfig, 'credentials'>) =>
    Promise.resolve(new DefaultIdentityProviderConfig({ [sigV4SchemeId]: credentials })),
};
