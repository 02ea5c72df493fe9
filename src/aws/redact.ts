/** How AWS calls what must not be told again. The reason of a tried-out alarm holds the words that only the mail may tell. */
export const secretFieldPattern =
  /^(?:old|new)?password$|token|^authenticationcode|seed$|secret|^qrcode|^statereason$/i;

const listSecretValues = (input: object): readonly string[] =>
  Object.entries(input).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' && secretFieldPattern.test(name) ? [value] : [],
  );

/** Takes the secrets of a call out of the error that it ended with: AWS quotes what it objects to, in more words than one. */
export const redactSecrets = (error: unknown, input: object): unknown => {
  if (!(error instanceof Error)) return error;
  const secrets = listSecretValues(input);
  const silenced = (text: string) =>
    secrets.reduce((quieter, secret) => quieter.replaceAll(secret, () => '(not shown)'), text);
  error.message = silenced(error.message);
  if (error.stack !== undefined) error.stack = silenced(error.stack);
  return error;
};
