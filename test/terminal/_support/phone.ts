import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const bytesOf = (base32: string): Buffer => {
  const bits = Array.from(base32, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2)));
};

/** What an authenticator app shows in the `window`th half minute since 1970: RFC 6238, written from the text of it. */
export const codeOf = (secret: string, window: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(window));
  const digest = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const offset = digest.readUInt8(19) % 16;
  return String((digest.readUInt32BE(offset) % 2 ** 31) % 1e6).padStart(6, '0');
};

/** The last code and the one before it: what somebody types who waited half a minute, so that no test has to. */
export const lastTwoCodes = (secret: string): [first: string, second: string] => {
  const window = Math.floor(Date.now() / 30_000);
  return [codeOf(secret, window - 1), codeOf(secret, window)];
};
