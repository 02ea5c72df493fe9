import { randomInt } from 'node:crypto';

/** No lookalike characters, because the owner may have to type the password. IAM accepts all of these symbols. */
const passwordCharacterSets = [
  'ABCDEFGHJKLMNPQRSTUVWXYZ',
  'abcdefghijkmnopqrstuvwxyz',
  '23456789',
  '!@#%^*()_+-=[]{}',
] as const;

const pickCharacter = (characters: string): string => characters.charAt(randomInt(characters.length));

/** Generates a password with characters from all four of IAM's types, in random order. */
export const generatePassword = (length: number): string => {
  const characters = passwordCharacterSets.map(pickCharacter);
  while (characters.length < length) characters.push(pickCharacter(passwordCharacterSets.join('')));
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters.join('');
};
