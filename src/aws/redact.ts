/**
 * Names of AWS fields that must not be repeated. The reason of a fire drill contains the words that only the mail may
 * reveal.
 */
export const secretFieldPattern =
  /^(?:old|new)?password$|token|^authenticationcode|seed$|secret|^qrcode|^statereason$/i;

const listSecretValues = (input: object): readonly string[] =>
  Object.entries(input).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' && secretFieldPattern.test(name) ? [value] : [],
  );

/** Removes a call's secret inputs from its error. AWS quotes rejected values in several wordings, so the values are replaced. */
export const redactSecrets = (error: unknown, input: object): unknown => {
  if (!(error instanceof Error)) return error;
  const secrets = listSecretValues(input);
  const redact = (text: string) =>
    secrets.reduce((redacted, secret) => redacted.replaceAll(secret, () => '(not shown)'), text);
  error.message = redact(error.message);
  if (error.stack !== undefined) error.stack = redact(error.stack);
  return error;
};
