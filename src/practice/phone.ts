import { Secret, URI } from 'otpauth';

/** What an authenticator app stores from a QR code: whose codes these are, and the seed that generates them. */
export type ScannedQrCode = { label: string; seed: string };

/** Reads an `otpauth` URI like an authenticator app. Rejects a URI that apps would not accept. */
export const scanOtpauthUri = (uri: string): ScannedQrCode => {
  const read = parseOtpauthUri(uri);
  if (!read) throw new Error('The phone cannot read this QR code.');
  return read;
};

const parseOtpauthUri = (uri: string): ScannedQrCode | undefined => {
  try {
    const otp = URI.parse(uri);
    // Google Authenticator ignores these parameters, so codes that rely on them would work on some phones only.
    const usual =
      otp.toString().startsWith('otpauth://totp/') && otp.digits === 6 && otp.algorithm === 'SHA1';
    return usual ? { label: otp.label, seed: Secret.fromBase32(otp.secret.base32).base32 } : undefined;
  } catch {
    return undefined;
  }
};
