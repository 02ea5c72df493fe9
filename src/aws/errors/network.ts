import { sanitize } from '../../lib/sanitize.ts';
import { UserError } from '../../lib/user-error.ts';
import type { Proxy } from '../start/proxy.ts';
import { applyFirstRule, type ErrorRule, type AwsError } from './aws-error.ts';

const networkRerunAdvice =
  'Run this program again: it checks the account first and goes on where it stopped.';

const proxyAdvice =
  'Behind a company proxy, set HTTPS_PROXY to its URL: HTTPS_PROXY=http://proxy.example.com:8080';

/** Whether the host belongs to AWS, and no address stands in its place. */
const isAwsHost = (host: string): boolean =>
  /(?:^|\.)(?:amazonaws\.com|api\.aws|amazonaws\.eu)(?:[:\s].*)?$/.test(host);

const ownAddressAdvice =
  'Start it, or remove the setting: AWS_ENDPOINT_URL, or endpoint_url in your profile, sends calls there instead of to AWS.';

/** What could not be reached: the proxy where there is one, since nothing else is asked directly then. */
const nameHost = ({ host, proxy }: AwsError): string =>
  proxy ? `the proxy ${proxy.host} (${proxy.variable})` : host;

const capitalize = (text: string): string => text.replace(/^the /, 'The ');

const adviseOnFips = (host: string): readonly string[] =>
  /-fips\b/.test(host)
    ? [
        `Remove AWS_USE_FIPS_ENDPOINT, or use_fips_endpoint in your profile: it asks for the FIPS address ${host}.`,
      ]
    : [];

/** What to look at where a connection cannot be made. */
const adviseOnConnection = ({ host, proxy }: AwsError, check: string): readonly string[] => {
  if (proxy) return [`Check the VPN and ${proxy.variable}. If you need no proxy, remove the setting.`];
  if (host !== 'AWS' && !isAwsHost(host) && !host.startsWith('169.254.')) return [ownAddressAdvice];
  return [...adviseOnFips(host), check, proxyAdvice];
};

const networkErrorRules: readonly ErrorRule[] = [
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'],
    explain: (trouble) => [
      `The address of ${nameHost(trouble)} could not be found.`,
      ...adviseOnConnection(trouble, 'Check the internet connection.'),
    ],
  },
  {
    codes: ['ECONNREFUSED'],
    explain: (trouble) => [
      `${capitalize(nameHost(trouble))} refused the connection.`,
      ...adviseOnConnection(trouble, 'Check the internet connection and firewall.'),
    ],
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE'],
    explain: (trouble) => [`The connection to ${nameHost(trouble)} broke off.`, networkRerunAdvice],
  },
  {
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EADDRNOTAVAIL'],
    explain: (trouble) => [
      `${capitalize(nameHost(trouble))} cannot be reached from here.`,
      ...adviseOnConnection(trouble, 'Check the internet connection or VPN.'),
    ],
  },
  {
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    explain: ({ host }) => [
      `The certificate of ${host} is not valid at this time.`,
      'Check the clock of this computer: it is the usual reason.',
    ],
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    explain: ({ host }) => [
      `Something else answers in place of ${host}.`,
      'Sign in to the Wi-Fi or VPN in a browser, or use another network.',
    ],
  },
  {
    codes: ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
    explain: (trouble) => [
      `No encrypted connection to ${nameHost(trouble)} could be made.`,
      trouble.proxy
        ? `Most proxies are reached with http://, not https://: ${trouble.proxy.variable}=http://${trouble.proxy.host}`
        : isAwsHost(trouble.host)
          ? 'Use another network: something between here and AWS blocks encrypted connections.'
          : 'If it works without encryption, write http:// in AWS_ENDPOINT_URL or endpoint_url.',
    ],
  },
  {
    codes: ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'TimeoutError'],
    explain: (trouble) => [
      `${capitalize(trouble.proxy ? `${trouble.host}, through ${nameHost(trouble)},` : trouble.host)} did not answer in time.`,
      ...adviseOnConnection(trouble, 'Check the internet connection.'),
      networkRerunAdvice,
    ],
  },
];

const untrustedCertificateCodes =
  /^(SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY))|^CERT_/;

const untrustedCertificateRule: ErrorRule = {
  explain: ({ host }) => [
    `This computer does not trust the certificate of ${host}.`,
    'If your company inspects traffic, set AWS_CA_BUNDLE to the file with its certificate, in PEM format.',
    'Otherwise do not continue in this network.',
  ],
};

/** Explains that the answer did not come from AWS but from a sign-in page or a proxy, or from what stands in its place. */
export const createNotFromAwsError = (status: number | undefined, host?: string): UserError => {
  const answer = status === undefined ? '' : ` (HTTP ${status})`;
  return host === undefined || host === 'AWS' || isAwsHost(host)
    ? new UserError(`Something in between answered instead of AWS${answer}.`, [
        'Open any web page: the Wi-Fi may ask you to sign in first.',
        proxyAdvice,
      ])
    : new UserError(`${sanitize(host, 120)} answered, but not as AWS does${answer}.`, [ownAddressAdvice]);
};

const awsUnavailableRule: ErrorRule = {
  explain: ({ status, host }) => [
    `AWS, or a gateway on the way to it, is out of order at the moment (HTTP ${status ?? 503}).`,
    ...adviseOnFips(host),
    'Wait a few minutes. https://health.aws.amazon.com/health/status shows known outages.',
    networkRerunAdvice,
  ],
};

const exampleProxy: Proxy = {
  variable: 'HTTPS_PROXY',
  url: '',
  host: 'proxy.example.com:8080',
  hasPassword: false,
};

/** Explains that the proxy lets nobody through without the right name and password. */
export const createProxyPasswordError = ({ variable, host, hasPassword }: Proxy): UserError =>
  hasPassword
    ? new UserError(`The proxy ${host} does not accept the user name and password in ${variable}.`, [
        'Write characters such as @, : and # in a password as %40, %3A and %23.',
      ])
    : new UserError('The proxy asks for a user name and a password.', [
        `Put them into ${variable}: http://USER:PASSWORD@${host}`,
      ]);

/** The SDK could not parse the answer: HTML, or an empty page with an error status. */
const isUnreadableResponse = ({ error, code, isAwsResponse, message }: AwsError): boolean =>
  isAwsResponse
    ? code === 'Unknown' || code === 'UnknownError'
    : '$metadata' in error &&
      (error instanceof SyntaxError || error instanceof RangeError || /XML parse error/.test(message));

/** Explains that AWS could not be reached, or that something else answered in its place. */
export const explainNetworkError = (trouble: AwsError): UserError | undefined => {
  if (isUnreadableResponse(trouble)) {
    if (trouble.status === 407) return createProxyPasswordError(trouble.proxy ?? exampleProxy);
    return (trouble.status ?? 0) >= 500
      ? applyFirstRule([awsUnavailableRule], trouble)
      : createNotFromAwsError(trouble.status, trouble.host);
  }
  if (trouble.isAwsResponse) return undefined;
  return (
    applyFirstRule(networkErrorRules, trouble) ??
    (untrustedCertificateCodes.test(trouble.code)
      ? applyFirstRule([untrustedCertificateRule], trouble)
      : undefined)
  );
};
