/** How long a code of an authenticator app is valid. */
export const codePeriodSeconds = 30;
