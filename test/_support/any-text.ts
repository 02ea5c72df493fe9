import fc from 'fast-check';

const surrogates = { first: 0xd800, last: 0xdfff };
const count = surrogates.last - surrogates.first + 1;

/** Any character. fast-check's own unit `binary` does the same, and takes seconds in each process to make its tables. */
const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - count })
  .map((code) => String.fromCodePoint(code < surrogates.first ? code : code + count));

/** Text of any characters, those included that no terminal shows. */
export const anyText = (constraints: { maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc.string({ ...constraints, unit: anyCharacter });
