/** One way in which a computer can be set up, and what the program makes of it. */
export type Configuration = {
  name: string;
  /** The config file and the credentials file. `{folder}` is the folder in which they are. */
  config?: string | Buffer;
  credentials?: string | Buffer;
  env?: Readonly<Record<string, string>>;
  profile?: string;
  region?: string;
  /** What is said: how it ends, or a notice. */
  says?: string;
  /** What to do, where the kind of advice matters. */
  advises?: string;
  exitCode?: 2 | 64;
  /** The access key ID that signs. */
  key?: string;
  /** Default: us-east-1. */
  at?: string;
  /** Where calls to STS go, if not to AWS in the Region. */
  address?: string;
  /** What AWS CLI does, where it is not the same; `not asked` where it could not tell. */
  cli?: string;
};

const keys = (id: string): string => `aws_access_key_id = ${id}\naws_secret_access_key = none\n`;

const role = (lines: string): string => `role_arn = arn:aws:iam::431209876655:role/admin\n${lines}\n`;

const pair = (id: string) => ({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: 'none' });

const utf16 = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

const sso = 'sso_account_id = 431209876655\nsso_role_name = admin\n';

const names: readonly Configuration[] = [
  {
    name: 'a profile with blanks in its name, in double quotes',
    config: `[profile "my work"]\n${keys('AKIAWORK')}`,
    profile: 'my work',
    key: 'AKIAWORK',
  },
  {
    name: 'the same in single quotes',
    config: `[profile 'my work']\n${keys('AKIAWORK')}`,
    profile: 'my work',
    key: 'AKIAWORK',
  },
  {
    name: 'a profile with a comma in its name',
    config: `[profile acme,inc]\n${keys('AKIAACME')}`,
    profile: 'acme,inc',
    key: 'AKIAACME',
  },
  {
    name: 'a profile with an umlaut in its name',
    config: `[profile müller]\n${keys('AKIAUMLAUT')}`,
    profile: 'müller',
    key: 'AKIAUMLAUT',
  },
  {
    name: 'a profile after several blanks',
    config: `[profile   dev]\n${keys('AKIADEV')}`,
    profile: 'dev',
    key: 'AKIADEV',
  },
  {
    name: '[profile default]',
    config: `[profile default]\n${keys('AKIADEFAULT')}`,
    key: 'AKIADEFAULT',
  },
  {
    name: 'a name with blanks in the credentials file',
    credentials: `[my work]\n${keys('AKIAWORK')}`,
    profile: 'my work',
    key: 'AKIAWORK',
  },
  {
    name: 'a profile with a percent sign in its name',
    config: `[profile "50% off"]\n${keys('AKIAPERCENT')}[profile 50%]\n${keys('AKIAHALF')}`,
    profile: '50%',
    key: 'AKIAHALF',
  },
  {
    name: 'a role by way of a profile with blanks, that is not there',
    config: `[profile dev]\n${role('source_profile = my work')}`,
    profile: 'dev',
    says: 'The profile "dev" assumes its role through the profile "my work", which does not exist.',
    advises: 'Your profiles: dev',
    exitCode: 2,
  },
  {
    name: '[ default ] with blanks',
    credentials: `[ default ]\n${keys('AKIADEFAULT')}`,
    says: 'No AWS credentials were found.',
    advises: 'has [ default ], which is not a profile: write [default].',
    exitCode: 2,
  },
  {
    name: '[Default] with a capital',
    credentials: `[Default]\n${keys('AKIADEFAULT')}`,
    says: 'No AWS credentials were found.',
    advises: 'has [Default], which is not a profile: write [default].',
    exitCode: 2,
  },
  {
    name: '[dev] in the config file',
    config: `[dev]\n${keys('AKIADEV')}`,
    profile: 'dev',
    says: 'There is no profile "dev".',
    advises: 'has [dev], which is not a profile: write [profile dev].',
    exitCode: 2,
  },
  {
    name: '[profile dev] in the credentials file',
    credentials: `[profile dev]\n${keys('AKIADEV')}`,
    profile: 'dev',
    says: 'There is no profile "dev".',
    advises: 'has [profile dev], which is not a profile: write [dev].',
    exitCode: 2,
  },
  {
    name: 'a name that is mistyped',
    credentials: `[production]\n${keys('AKIAPROD')}`,
    profile: 'prodution',
    says: 'There is no profile "prodution".',
    advises: 'Did you mean production?',
    exitCode: 2,
  },
  {
    name: 'a profile of the name __proto__',
    credentials: `[__proto__]\n${keys('AKIAPROTO')}[default]\n${keys('AKIADEFAULT')}`,
    key: 'AKIADEFAULT',
  },
  {
    name: 'a profile of the name constructor',
    credentials: `[constructor]\n${keys('AKIAOTHER')}[default]\n${keys('AKIADEFAULT')}`,
    key: 'AKIADEFAULT',
  },
];

const files: readonly Configuration[] = [
  {
    name: 'settings in capitals',
    credentials: '[default]\nAWS_ACCESS_KEY_ID = AKIACAPITALS\nAWS_SECRET_ACCESS_KEY = none\n',
    key: 'AKIACAPITALS',
  },
  {
    name: 'settings with a colon',
    credentials: '[default]\naws_access_key_id: AKIACOLON\naws_secret_access_key: none\n',
    key: 'AKIACOLON',
  },
  {
    name: 'line ends of Windows and a byte order mark',
    credentials: `\uFEFF[default]\n${keys('AKIAWINDOWS')}`.replaceAll('\n', '\r\n'),
    key: 'AKIAWINDOWS',
    cli: 'stops: it cannot parse the file',
  },
  {
    name: 'both files in UTF-16',
    config: utf16('[default]\nregion = eu-central-1\n'),
    credentials: utf16(`[default]\n${keys('AKIAUTF')}`),
    says: 'No AWS credentials were found.',
    advises: 'is not plain text but UTF-16',
    exitCode: 2,
  },
  {
    name: 'a credentials file of export lines',
    credentials: 'export AWS_ACCESS_KEY_ID=AKIAEXPORT\nexport AWS_SECRET_ACCESS_KEY=none\n',
    says: 'No AWS credentials were found.',
    advises: 'contains shell commands and no profile',
    exitCode: 2,
  },
  {
    name: 'keys without [default] above them',
    credentials: keys('AKIABARE'),
    says: 'No AWS credentials were found.',
    advises: 'contains no profile: its first line must be [default]',
    exitCode: 2,
  },
  {
    name: 'files of comments only',
    config: '# nothing yet\n',
    credentials: '; nothing yet\n',
    says: 'No AWS credentials were found.',
    exitCode: 2,
  },
  {
    name: 'only a Region in [default]',
    config: '[default]\nregion = eu-central-1\n',
    says: 'The profile "default" has no credentials: it contains only region.',
    exitCode: 2,
  },
  {
    name: 'AWS_CONFIG_FILE names a folder',
    env: { AWS_CONFIG_FILE: '{folder}' },
    credentials: `[default]\n${keys('AKIADEFAULT')}`,
    key: 'AKIADEFAULT',
    says: 'is a folder.',
  },
];

const precedence: readonly Configuration[] = [
  {
    name: 'a key in the environment, beside [default]',
    credentials: `[default]\n${keys('AKIADEFAULT')}`,
    env: pair('AKIAENV'),
    key: 'AKIAENV',
  },
  {
    name: 'a key in the environment, and --profile',
    credentials: `[dev]\n${keys('AKIADEV')}`,
    env: pair('AKIAENV'),
    profile: 'dev',
    key: 'AKIADEV',
  },
  {
    name: 'a key in the environment, and AWS_PROFILE',
    credentials: `[dev]\n${keys('AKIADEV')}`,
    env: { ...pair('AKIAENV'), AWS_PROFILE: 'dev' },
    key: 'AKIADEV',
    says: 'AWS_PROFILE is set, so the access key in AWS_ACCESS_KEY_ID is not used. AWS CLI would use the key.',
    cli: 'signs with AKIAENV',
  },
  {
    name: 'AWS_DEFAULT_PROFILE',
    credentials: `[dev]\n${keys('AKIADEV')}[default]\n${keys('AKIADEFAULT')}`,
    env: { AWS_DEFAULT_PROFILE: 'dev' },
    key: 'AKIADEV',
    says: 'The profile "dev" is used: AWS_DEFAULT_PROFILE names it.',
  },
  {
    name: 'AWS_PROFILE and AWS_DEFAULT_PROFILE differ',
    credentials: `[dev]\n${keys('AKIADEV')}[prod]\n${keys('AKIAPROD')}`,
    env: { AWS_PROFILE: 'dev', AWS_DEFAULT_PROFILE: 'prod' },
    key: 'AKIADEV',
    says: 'AWS_PROFILE and AWS_DEFAULT_PROFILE differ: the profile "dev" is used. AWS CLI may use the other.',
    cli: 'signs with AKIAPROD',
  },
  {
    name: 'AWS_PROFILE is empty',
    credentials: `[default]\n${keys('AKIADEFAULT')}`,
    env: { AWS_PROFILE: '' },
    key: 'AKIADEFAULT',
    cli: 'stops: there is no profile of that name',
  },
  {
    name: 'both files have the profile: keys are those of the credentials file',
    config: `[profile dev]\nregion = eu-west-1\n${keys('AKIACONFIG')}`,
    credentials: `[dev]\n${keys('AKIACREDENTIALS')}`,
    profile: 'dev',
    key: 'AKIACREDENTIALS',
    at: 'eu-west-1',
  },
  {
    name: 'half a key in the environment',
    env: { AWS_ACCESS_KEY_ID: 'AKIAHALF' },
    says: 'AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY: an access key needs both.',
    exitCode: 2,
  },
  {
    name: 'half a key in a profile',
    credentials: '[dev]\naws_access_key_id = AKIAHALF\n',
    profile: 'dev',
    says: 'The profile "dev" is not complete: it lacks aws_secret_access_key.',
    exitCode: 2,
  },
  {
    name: 'the Region of the profile, below AWS_REGION',
    config: `[default]\nregion = eu-west-1\n${keys('AKIADEFAULT')}`,
    env: { AWS_REGION: 'eu-north-1', AWS_DEFAULT_REGION: 'eu-north-1' },
    key: 'AKIADEFAULT',
    at: 'eu-north-1',
  },
  {
    name: 'a zone as the Region of the profile',
    config: `[default]\nregion = eu-west-1a\n${keys('AKIADEFAULT')}`,
    says: '"eu-west-1a" is not the name of an AWS Region: those look like us-east-1.',
    exitCode: 64,
    cli: 'goes on, with the zone as the Region',
  },
];

const chains: readonly Configuration[] = [
  {
    name: 'a role, and nothing to take it with',
    config: `[profile dev]\n${role('')}`,
    profile: 'dev',
    says: 'The profile "dev" is not complete: it lacks source_profile.',
    exitCode: 2,
  },
  {
    name: 'a role, and its own keys, but no source_profile',
    config: `[profile dev]\n${role('')}${keys('AKIADEV')}`,
    profile: 'dev',
    says: 'The profile "dev" is not complete: it lacks source_profile.',
    exitCode: 2,
  },
  {
    name: 'roles that lead to each other',
    config: `[profile a]\n${role('source_profile = b')}[profile b]\n${role('source_profile = a')}`,
    profile: 'a',
    says: 'The profiles "a" and "b" name each other as source_profile, in a circle.',
    exitCode: 2,
  },
  {
    name: 'a role whose source_profile is its own profile, without keys',
    config: `[profile a]\n${role('source_profile = a')}`,
    profile: 'a',
    says: 'The profile "a" names itself as source_profile, and has no key to assume its role with.',
    exitCode: 2,
  },
  {
    name: 'the last link of a chain is a profile without credentials',
    config: `[profile a]\n${role('source_profile = b')}[profile b]\n${role('source_profile = c')}[profile c]\nregion = eu-west-1\n`,
    profile: 'a',
    says: 'The profile "c" has no credentials: it contains only region.',
    exitCode: 2,
  },
  {
    name: 'the last link of a chain has three settings, and none of credentials',
    config: `[profile a]\n${role('source_profile = b')}[profile b]\n${role('source_profile = c')}[profile c]\nregion = eu-west-1\noutput = json\ncli_pager = less\n`,
    profile: 'a',
    says: 'The profile "c" has no credentials: it contains only region, output and cli_pager.',
    advises: 'aws login --profile c',
    exitCode: 2,
  },
  {
    name: 'three roles that lead to each other',
    config: `[profile a]\n${role('source_profile = b')}[profile b]\n${role('source_profile = c')}[profile c]\n${role('source_profile = a')}`,
    profile: 'a',
    says: 'The profiles "a", "b" and "c" name each other as source_profile, in a circle.',
    advises: 'Give one of them credentials.',
    exitCode: 2,
  },
  {
    name: 'a profile with nothing in it',
    config: '[profile a]\n',
    profile: 'a',
    says: 'The profile "a" has no credentials: it contains nothing.',
    advises: 'aws configure sso --profile a',
    exitCode: 2,
  },
  {
    name: '[default] with nothing in it',
    credentials: '[default]\n',
    says: 'The profile "default" has no credentials: it contains nothing.',
    exitCode: 2,
  },
  {
    name: 'a role by way of a profile with nothing in it',
    config: `[profile a]\n${role('source_profile = b')}[profile b]\n`,
    profile: 'a',
    says: 'The profile "b" has no credentials: it contains nothing.',
    exitCode: 2,
  },
  {
    name: 'a profile without credentials, and a file that cannot be used',
    config: '[profile a]\nregion = eu-west-1\n',
    credentials: keys('AKIABARE'),
    profile: 'a',
    says: 'The profile "a" has no credentials: it contains only region.',
    advises: 'contains no profile: its first line must be [default]',
    exitCode: 2,
  },
  {
    name: 'a profile that is not there, nor any other',
    config: '# nothing\n',
    profile: 'dev',
    says: 'There is no profile "dev".',
    advises: 'Neither has a profile. To create this one: aws login --profile dev',
    exitCode: 2,
  },
  {
    name: 'a profile that is not there, with others and one file missing',
    config: `[profile one]\n${keys('AKIAONE')}[profile two]\n${keys('AKIATWO')}`,
    profile: 'completely-else',
    says: 'There is no profile "completely-else".',
    advises:
      'credentials does not exist.\nYour profiles: one, two\nOr rehearse first, without an account: --practice',
    exitCode: 2,
  },
  {
    name: 'a web identity whose token file is empty',
    config: `[profile dev]\n${role('web_identity_token_file = {folder}/credentials')}`,
    credentials: '',
    profile: 'dev',
    says: 'The token file {folder}/credentials, which the profile "dev" names, is empty.',
    advises: 'sign in another way: aws login',
    exitCode: 2,
  },
  {
    name: 'a web identity whose token file is below a file',
    config: `[profile dev]\n${role('web_identity_token_file = {folder}/config/token')}`,
    profile: 'dev',
    says: 'The token file {folder}/config/token, which the profile "dev" names, cannot be read.',
    exitCode: 2,
  },
  {
    name: 'a web identity of the environment, without its token file',
    env: {
      AWS_WEB_IDENTITY_TOKEN_FILE: '{folder}/token',
      AWS_ROLE_ARN: 'arn:aws:iam::431209876655:role/ci',
    },
    says: 'The token file {folder}/token, which AWS_WEB_IDENTITY_TOKEN_FILE names, does not exist.',
    exitCode: 2,
    cli: 'not asked',
  },
  {
    name: 'a secret without its key in a profile',
    credentials: '[dev]\naws_secret_access_key = none\n',
    profile: 'dev',
    says: 'The profile "dev" is not complete: it lacks aws_access_key_id.',
    advises: 'an access key has two parts',
    exitCode: 2,
  },
  {
    name: 'a secret without its key in the environment',
    env: { AWS_SECRET_ACCESS_KEY: 'none' },
    says: 'AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID: an access key needs both.',
    advises: 'Set both, or remove both',
    exitCode: 2,
  },
  {
    name: 'credential_source = Environment, and half a key there',
    config: `[profile dev]\n${role('credential_source = Environment')}`,
    env: { AWS_ACCESS_KEY_ID: 'AKIAHALF' },
    profile: 'dev',
    says: 'The profile "dev" assumes its role with the access key in AWS_ACCESS_KEY_ID, which is not set.',
    advises: 'or name another credential_source',
    exitCode: 2,
  },
  {
    name: 'single sign-on in the old form, without its Region',
    config: `[profile dev]\nsso_start_url = https://example.awsapps.com/start\n${sso}`,
    profile: 'dev',
    says: 'The profile "dev" is not complete: it lacks sso_region.',
    exitCode: 2,
  },
  {
    name: 'source_profile and credential_source at once',
    config: `[profile dev]\n${role('source_profile = default\ncredential_source = Environment')}`,
    profile: 'dev',
    says: 'The profile "dev" has both source_profile and credential_source, and only one of them is allowed.',
    advises: 'Remove one of the two',
    exitCode: 2,
  },
  {
    name: 'a credential_source that is none',
    config: `[profile dev]\n${role('credential_source = Laptop')}`,
    profile: 'dev',
    says: 'The profile "dev" has an unknown credential_source: "Laptop".',
    advises: 'Use one of: Environment, EcsContainer, Ec2InstanceMetadata.',
    exitCode: 2,
  },
  {
    name: 'credential_source = Environment, and nothing there',
    config: `[profile dev]\n${role('credential_source = Environment')}`,
    profile: 'dev',
    says: 'The profile "dev" assumes its role with the access key in AWS_ACCESS_KEY_ID, which is not set.',
    exitCode: 2,
  },
  {
    name: 'a role that asks for an MFA code, with nobody there',
    config: `[profile dev]\n${role('source_profile = default\nmfa_serial = arn:aws:iam::431209876655:mfa/maria')}[default]\n${keys('AKIADEFAULT')}`,
    profile: 'dev',
    says: 'The profile "dev" needs a code from your MFA device, and nobody is here to type it.',
    exitCode: 2,
    cli: 'not asked',
  },
  {
    name: 'single sign-on without account and role',
    config: '[profile dev]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n',
    profile: 'dev',
    says: 'The profile "dev" is not complete: it lacks sso_account_id and sso_role_name.',
    advises: 'aws configure sso --profile dev',
    exitCode: 2,
  },
  {
    name: 'single sign-on without its session',
    config: `[profile dev]\nsso_session = work\n${sso}`,
    profile: 'dev',
    says: 'The profile "dev" names the single sign-on session "work", which does not exist.',
    advises: '[sso-session work] to the config file.\nSet it up again: aws configure sso --profile dev',
    exitCode: 2,
  },
  {
    name: 'a single sign-on session without a Region',
    config: `[profile dev]\nsso_session = work\n${sso}[sso-session work]\nsso_start_url = https://example.awsapps.com/start\n`,
    profile: 'dev',
    says: 'The single sign-on session "work" is not complete: it lacks sso_region.',
    advises: 'aws configure sso --profile dev',
    exitCode: 2,
  },
  {
    name: 'a single sign-on session with a blank in its name',
    config: `[profile dev]\nsso_session = my work\n${sso}[sso-session "my work"]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n`,
    profile: 'dev',
    says: 'The single sign-on session "my work" has a name that the AWS SDK cannot read.',
    exitCode: 2,
  },
  {
    name: 'single sign-on, not signed in',
    config: `[profile "my work"]\nsso_session = work\n${sso}[sso-session work]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n`,
    profile: 'my work',
    says: 'The single sign-on session has expired.',
    advises: "aws sso login --profile 'my work'",
    exitCode: 2,
  },
  {
    name: '"aws login", not signed in',
    config: '[profile dev]\nlogin_session = arn:aws:iam::431209876655:root\n',
    profile: 'dev',
    says: 'The session of "aws login" has expired.',
    advises: 'aws login --profile dev',
    exitCode: 2,
  },
  {
    name: 'a web identity whose token file is not there',
    config: `[profile dev]\n${role('web_identity_token_file = {folder}/token')}`,
    profile: 'dev',
    says: 'The token file {folder}/token, which the profile "dev" names, does not exist.',
    exitCode: 2,
  },
  {
    name: 'a web identity without a role',
    config: '[profile dev]\nweb_identity_token_file = {folder}/token\n',
    profile: 'dev',
    says: 'The profile "dev" is not complete: it lacks role_arn.',
    exitCode: 2,
  },
  {
    name: 'a credential process',
    config: `[profile dev]\ncredential_process = printf '{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"none"}'\n`,
    profile: 'dev',
    key: 'AKIAPROCESS',
  },
  {
    name: 'a credential process that fails, with a secret among its arguments',
    config: `[profile dev]\ncredential_process = ls --token=hush /not/there\n`,
    profile: 'dev',
    says: 'The program ls that the profile "dev" names ended with an error: ',
    exitCode: 2,
  },
  {
    name: 'a credential process that is not there',
    config: `[profile dev]\ncredential_process = /opt/not-there/vault export dev\n`,
    profile: 'dev',
    says: 'The program vault that the profile "dev" names ended with an error: ',
    exitCode: 2,
  },
  {
    name: 'a credential process that prints something else',
    config: `[profile dev]\ncredential_process = echo Please sign in first\n`,
    profile: 'dev',
    says: 'The program echo that the profile "dev" names gave something other than credentials',
    exitCode: 2,
  },
  {
    name: 'a credential process whose credentials are over',
    config: `[profile dev]\ncredential_process = printf '{"Version":1,"AccessKeyId":"ASIAOVER","SecretAccessKey":"none","SessionToken":"none","Expiration":"2020-01-01T00:00:00Z"}'\n`,
    profile: 'dev',
    says: 'The program printf that the profile "dev" names gave credentials that have already expired.',
    exitCode: 2,
  },
];

const local = 'http://127.0.0.1:9';

const addresses: readonly Configuration[] = [
  {
    name: 'endpoint_url in [default]',
    config: `[default]\nendpoint_url = ${local}\n${keys('AKIADEFAULT')}`,
    key: 'AKIADEFAULT',
    address: local,
    says: `endpoint_url in the profile is set: calls go to ${local} instead of AWS.`,
  },
  {
    name: 'endpoint_url in [default], and --profile names another one',
    config: `[default]\nendpoint_url = ${local}\n[profile prod]\n${keys('AKIAPROD')}`,
    profile: 'prod',
    key: 'AKIAPROD',
  },
  {
    name: 'endpoint_url in the profile of AWS_PROFILE, and --profile names another one',
    config: `[profile dev]\nendpoint_url = ${local}\n[profile prod]\n${keys('AKIAPROD')}`,
    env: { AWS_PROFILE: 'dev' },
    profile: 'prod',
    key: 'AKIAPROD',
  },
  {
    name: 'a services section',
    config: `[profile dev]\nservices = local\n${keys('AKIADEV')}[services local]\nsts =\n  endpoint_url = ${local}\n`,
    profile: 'dev',
    key: 'AKIADEV',
    address: local,
    says: `endpoint_url of sts in the section [services local] is set: calls of sts go to ${local} instead of AWS.`,
  },
  {
    name: 'a services section that is not there',
    config: `[profile dev]\nservices = local\n${keys('AKIADEV')}`,
    profile: 'dev',
    says: 'The profile names the services section "local", which is not in the config file.',
    advises: '[services local]',
    exitCode: 2,
  },
  {
    name: 'ignore_configured_endpoint_urls in the profile',
    config: `[default]\nendpoint_url = ${local}\nignore_configured_endpoint_urls = true\n${keys('AKIADEFAULT')}`,
    key: 'AKIADEFAULT',
  },
  {
    name: 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=True',
    config: `[default]\nendpoint_url = ${local}\n${keys('AKIADEFAULT')}`,
    env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'True' },
    key: 'AKIADEFAULT',
  },
  {
    name: 'AWS_ENDPOINT_URL_STS before endpoint_url of the profile',
    config: `[default]\nendpoint_url = http://127.0.0.1:1\n${keys('AKIADEFAULT')}`,
    env: { AWS_ENDPOINT_URL_STS: local },
    key: 'AKIADEFAULT',
    address: local,
    says: `AWS_ENDPOINT_URL_STS is set: calls of sts go to ${local} instead of AWS.`,
  },
  {
    name: 'endpoint_url without a scheme',
    config: `[default]\nendpoint_url = localhost:4566\n${keys('AKIADEFAULT')}`,
    says: 'endpoint_url in the profile is not an address: "localhost:4566".',
    advises: 'begins with http:// or https://',
    exitCode: 2,
  },
  {
    name: 'use_fips_endpoint and endpoint_url at once',
    config: `[default]\nendpoint_url = ${local}\nuse_fips_endpoint = true\n${keys('AKIADEFAULT')}`,
    says: "use_fips_endpoint in the profile and endpoint_url in the profile cannot be used together: one asks for AWS's FIPS endpoints, the other for an address instead of AWS.",
    exitCode: 2,
    cli: 'calls the address',
  },
  {
    name: 'use_fips_endpoint',
    config: `[default]\nuse_fips_endpoint = true\n${keys('AKIADEFAULT')}`,
    key: 'AKIADEFAULT',
    address: 'https://sts-fips.us-east-1.amazonaws.com',
    says: "use_fips_endpoint in the profile is set: calls go to AWS's FIPS endpoints, which not every service has.",
  },
];

/** Of these AWS CLI is not asked: they decide how a connection is made, and not where to or as whom. */
const connections: readonly Configuration[] = [
  {
    name: 'HTTPS_PROXY names a SOCKS proxy',
    env: { ...pair('AKIAENV'), HTTPS_PROXY: 'socks5h://127.0.0.1:1080' },
    says: 'HTTPS_PROXY names a SOCKS proxy, which this program cannot use.',
    advises: 'NO_PROXY=amazonaws.com,api.aws',
    exitCode: 2,
    cli: 'not asked',
  },
  {
    name: 'ALL_PROXY names a SOCKS proxy',
    env: { ...pair('AKIAENV'), ALL_PROXY: 'socks5://127.0.0.1:1080' },
    says: 'ALL_PROXY names a SOCKS proxy, which this program cannot use.',
    exitCode: 2,
    cli: 'not asked',
  },
  {
    name: 'HTTPS_PROXY is no address',
    env: { ...pair('AKIAENV'), https_proxy: 'http://' },
    says: 'https_proxy is not the URL of an HTTP proxy.',
    advises: 'https_proxy=http://proxy.example.com:8080',
    exitCode: 2,
    cli: 'not asked',
  },
  {
    name: 'AWS_CA_BUNDLE names a file that is not there',
    env: { ...pair('AKIAENV'), AWS_CA_BUNDLE: '{folder}/company.pem' },
    says: 'The certificate file {folder}/company.pem, which AWS_CA_BUNDLE names, does not exist.',
    advises: 'or remove it',
    exitCode: 2,
    cli: 'not asked',
  },
  {
    name: 'ca_bundle names a file without certificates',
    config: `[default]\nca_bundle = {folder}/config\n${keys('AKIADEFAULT')}`,
    says: 'The file {folder}/config, which ca_bundle in the profile names, contains no readable certificates.',
    exitCode: 2,
    cli: 'not asked',
  },
  {
    name: 'NODE_TLS_REJECT_UNAUTHORIZED=0',
    env: { ...pair('AKIAENV'), NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    key: 'AKIAENV',
    says: 'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: remove it. Certificates are not checked',
    cli: 'not asked',
  },
];

/** Each is tried by test/aws/start/configurations.test.ts; AWS CLI gives a second opinion in test/counterparts/start.test.ts. */
export const configurations: readonly Configuration[] = [
  ...names,
  ...files,
  ...precedence,
  ...chains,
  ...addresses,
  ...connections,
];
