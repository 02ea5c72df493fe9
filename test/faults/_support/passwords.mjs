// Loaded before the program (node --import): writes each password that it makes, as soon as it is put together, to the
// file named in PASSWORDS. Nothing else says what to look for in what a killed run has left.
import fs from 'node:fs';

const { PASSWORDS: file } = process.env;
const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[!@#%^*()_+=[\]{}-]/];

const isPassword = (characters, text) =>
  characters.length === text.length &&
  /^[\w!@#%^*()+=[\]{}-]{20,}$/.test(text) &&
  kinds.every((kind) => kind.test(text));

const { prototype } = Array;
const { join } = prototype;
prototype.join = function (separator) {
  const text = join.call(this, separator);
  if (separator !== '' || !isPassword(this, text)) return text;
  // Not with what moments.mjs counts.
  const keeping = fs.openSync(file, 'a');
  fs.writeSync(keeping, `${text}\n`);
  fs.closeSync(keeping);
  return text;
};
