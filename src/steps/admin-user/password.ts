import { randomInt } from 'node:crypto';

/** Without characters that look like others: the owner may have to type it. Symbols are among those IAM accepts. */
const classes = [
  'ABCDEFGHJKLMNPQRSTUVWXYZ',
  'abcdefghijkmnopqrstuvwxyz',
  '23456789',
  '!@#%^*()_+-=[]{}',
] as const;

const pick = (characters: string): string => characters.charAt(randomInt(characters.length));

/** A password of `length` characters from all four of IAM's character types, in random order. */
export const newPassword = (length: number): string => {
  const characters = classes.map(pick);
  while (characters.length < length) characters.push(pick(classes.join('')));
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters.join('');
};
