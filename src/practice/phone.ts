import { Secret, URI } from 'otpauth';

/** What an authenticator app keeps of a QR code: whose codes these are, and the seed that they are made from. */
export type ScannedQrCode = { label: string; seed: string };

/** Reads an `otpauth` address as an authenticator app does: one that apps would not take is refused. */
export const scanOtpauthUri = (uri: string): ScannedQrCode => {
  const read = parseOtpauthUri(uri);
  if (!read) throw new Error('The phone cannot read this QR code.');
  return read;
};

const parseOtpauthUri = (uri: string): ScannedQrCode | undefined => {
  try {
    const otp = URI.parse(uri);
    // Google Authenticator ignores these parameters: a code that relies on them would work on some phones only.
    const usual =
      otp.toString().startsWith('otpauth://totp/') && otp.digits === 6 && otp.algorithm === 'SHA1';
    return usual ? { label: otp.label, seed: Secret.fromBase32(otp.secret.base32).base32 } : undefined;
  } catch {
    return undefined;
  }
};
