const getParseError = (text: string): string | undefined => {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const countLines = (text: string): number => text.split('\n').length;

/** V8 gives the position of some errors, and of others only the token. */
const positionPattern = /\bat position (\d+)/;

/** Whether it is wrong before it ends: a text that is only cut off has no token that is unexpected. */
const hasUnexpectedToken = (text: string): boolean => {
  const message = getParseError(text) ?? '';
  const position = positionPattern.exec(message)?.[1];
  return position === undefined ? message.startsWith('Unexpected token') : Number(position) < text.length;
};

/** The number of the line in which a text stops being JSON. */
export const findJsonErrorLine = (text: string): number => {
  const position = positionPattern.exec(getParseError(text) ?? '')?.[1];
  if (position !== undefined) return countLines(text.slice(0, Number(position)));
  const lines = text.split('\n');
  let [below, least] = [0, lines.length];
  while (least - below > 1) {
    const middle = Math.floor((below + least) / 2);
    if (hasUnexpectedToken(lines.slice(0, middle).join('\n'))) least = middle;
    else below = middle;
  }
  return least;
};
