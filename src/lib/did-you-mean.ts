import { distance } from 'fastest-levenshtein';

/** The known name that is closest to what was typed, or nothing if more than every third letter differs. */
export const closestMatch = (name: string, known: readonly string[]): string | undefined => {
  const typed = name.slice(0, 64).toLowerCase();
  const ranked = known
    .map((one) => ({ one, far: distance(typed, one.toLowerCase()) }))
    .filter(({ one, far }) => far <= Math.ceil(one.length / 3))
    .toSorted((left, right) => left.far - right.far);
  return ranked[0]?.one;
};
