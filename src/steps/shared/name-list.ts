/** Lists the first few names, and how many more there are. */
export const formatNameList = (names: readonly string[], most = 5): string =>
  names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
