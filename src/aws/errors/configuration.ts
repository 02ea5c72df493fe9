import { UserError } from '../../lib/user-error.ts';

type Mistake = { pattern: RegExp; message: string; nextSteps: readonly string[] };

/** What the SDK and Node say of settings of the owner that cannot be used. They carry no code, so their words are matched. */
const mistakes: readonly Mistake[] = [
  {
    pattern: /^Invalid parameter for "defaultsMode"/,
    message:
      'AWS_DEFAULTS_MODE, or defaults_mode in your AWS profile, has a value that the AWS SDK does not know.',
    nextSteps: ['Remove it, or set it to one of: standard, legacy, in-region, cross-region, mobile.'],
  },
  {
    pattern: /FIPS and custom endpoint are not supported/,
    message: 'FIPS endpoints of AWS and another address instead of AWS cannot be used together.',
    nextSteps: [
      'Remove one of the two: AWS_USE_FIPS_ENDPOINT (use_fips_endpoint in a profile), or AWS_ENDPOINT_URL (endpoint_url).',
    ],
  },
  {
    pattern: /^Invalid character in header content \["x-amz-security-token"\]/,
    message:
      'The session token in your AWS credentials contains a line break, or another character that no token has.',
    nextSteps: ['Copy AWS_SESSION_TOKEN (aws_session_token in a profile) again, as one line.'],
  },
  {
    pattern: /^Invalid character in header content/,
    message:
      'The access key in your AWS credentials contains a line break, or another character that no key has.',
    nextSteps: [
      'Copy AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or the two lines in the profile) again, without a line break at the end.',
    ],
  },
];

/** Explains settings of the owner that the SDK cannot use; undefined for any other error. */
export const explainConfigurationError = (error: Error): UserError | undefined => {
  const found = mistakes.find(({ pattern }) => pattern.test(error.message));
  return found && new UserError(found.message, [...found.nextSteps]);
};
