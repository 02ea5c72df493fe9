/** How many letters have to be changed, added or taken out to make `a` into `b`. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.split('').entries()) {
    const next = [i + 1];
    for (const [j, other] of b.split('').entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

/** The known name that was most likely meant, or nothing if none is near: at most every third letter may differ. */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  const typed = name.slice(0, 64).toLowerCase();
  const ranked = known
    .map((one) => ({ one, far: distance(typed, one.toLowerCase()) }))
    .filter(({ one, far }) => far <= Math.ceil(one.length / 3))
    .toSorted((left, right) => left.far - right.far);
  return ranked[0]?.one;
};
