/** Where the root user manages its own MFA devices and access keys, in the console. */
export const securityCredentialsUrl = 'https://console.aws.amazon.com/iam/home#/security_credentials';
