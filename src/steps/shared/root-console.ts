/** The console page on which the root user manages its own MFA devices and access keys. */
export const securityCredentialsUrl = 'https://console.aws.amazon.com/iam/home#/security_credentials';
