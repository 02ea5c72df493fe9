import { UserError } from '../../lib/user-error.ts';
import { applyFirstRule, type ErrorRule, type AwsError } from './aws-error.ts';

const networkRerunAdvice =
  'Run this program again: it looks at the account first and goes on where it stopped.';

const proxyAdvice =
  'Behind a company proxy, HTTPS_PROXY must hold its URL: HTTPS_PROXY=http://proxy.example.com:8080';

const networkErrorRules: readonly ErrorRule[] = [
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'],
    explain: ({ host }) => [
      `The address of ${host} could not be found.`,
      'Check the internet connection.',
      proxyAdvice,
    ],
  },
  {
    codes: ['ECONNREFUSED'],
    explain: ({ host }) => [
      `${host} refused the connection.`,
      'Check the internet connection and firewall.',
      proxyAdvice,
    ],
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE'],
    explain: ({ host }) => [`The connection to ${host} broke off.`, networkRerunAdvice],
  },
  {
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EADDRNOTAVAIL'],
    explain: ({ host }) => [
      `There is no way to ${host} from here.`,
      'Check the internet connection or VPN.',
      proxyAdvice,
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
    explain: ({ host }) => [
      `No encrypted connection to ${host} could be made.`,
      'If HTTPS_PROXY is set: most proxies are reached with http://, not https://.',
    ],
  },
  {
    codes: ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'TimeoutError'],
    explain: ({ host }) => [
      `${host} did not answer in time.`,
      'Check the internet connection.',
      proxyAdvice,
      networkRerunAdvice,
    ],
  },
];

const untrustedCertificateCodes =
  /^(SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY))|^CERT_/;

const untrustedCertificateRule: ErrorRule = {
  explain: ({ host }) => [
    `The certificate of ${host} is signed by somebody whom this computer does not trust.`,
    'In a company that inspects traffic: NODE_EXTRA_CA_CERTS must name the file with its certificate.',
    'Elsewhere: do not go on in this network.',
  ],
};

/** Explains that the answer did not come from AWS but from a sign-in page or a proxy. */
export const createNotFromAwsError = (status: number | undefined): UserError =>
  new UserError(
    `Something in between answered instead of AWS${status === undefined ? '' : ` (HTTP ${status})`}.`,
    ['Open any web page: a Wi-Fi may want you to sign in first.', proxyAdvice],
  );

const awsUnavailableRule: ErrorRule = {
  explain: ({ status }) => [
    `AWS could not be reached beyond a gateway or is out of order at the moment (HTTP ${status ?? 503}).`,
    'Wait some minutes. https://health.aws.amazon.com/health/status shows known outages.',
    networkRerunAdvice,
  ],
};

const proxyPasswordRule: ErrorRule = {
  explain: () => [
    'The proxy wants a user name and a password.',
    'Put them into HTTPS_PROXY: http://USER:PASSWORD@proxy.example.com:8080',
  ],
};

/** The SDK could not parse the answer: HTML, or an empty page with an error status. */
const isUnreadableResponse = ({ error, code, isAwsResponse, message }: AwsError): boolean =>
  isAwsResponse
    ? code === 'Unknown' || code === 'UnknownError'
    : '$metadata' in error && (error instanceof SyntaxError || /XML parse error/.test(message));

/** Explains that AWS could not be reached, or that something else answered in its place. */
export const explainNetworkError = (trouble: AwsError): UserError | undefined => {
  if (isUnreadableResponse(trouble)) {
    if (trouble.status === 407) return applyFirstRule([proxyPasswordRule], trouble);
    return (trouble.status ?? 0) >= 500
      ? applyFirstRule([awsUnavailableRule], trouble)
      : createNotFromAwsError(trouble.status);
  }
  if (trouble.isAwsResponse) return undefined;
  return (
    applyFirstRule(networkErrorRules, trouble) ??
    (untrustedCertificateCodes.test(trouble.code)
      ? applyFirstRule([untrustedCertificateRule], trouble)
      : undefined)
  );
};
