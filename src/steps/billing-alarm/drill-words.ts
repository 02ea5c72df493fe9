import { randomInt } from 'node:crypto';

// Short, plain words that neither sound nor look alike.
const drillWordList = (
  'amber apple arrow basket beach bell bird blanket boat bread bridge bucket butter button candle carpet castle cheese ' +
  'cherry circle cloud coffee copper cotton dragon drum eagle engine falcon farmer feather finger flower forest garden ' +
  'guitar hammer harbor honey island jacket kitchen ladder lemon lion magnet maple market meadow mirror monkey mountain ' +
  'needle ocean olive orange paper pencil pepper pillow planet pocket potato rabbit ribbon river rocket saddle salmon ' +
  'sandal shadow silver spider spoon summer sugar temple thunder ticket tiger tomato tower tunnel turtle umbrella ' +
  'valley velvet violin wagon walnut water window winter yellow zebra'
).split(' ');

const pickDrillWord = (): string => drillWordList[randomInt(drillWordList.length)] ?? '';

/** Two words and a number without 0 and 1: impossible to guess, and easy to copy from a mail. */
export const generateDrillWords = (): string =>
  `${pickDrillWord()} ${pickDrillWord()} ${randomInt(2, 10)}${randomInt(2, 10)}`;

const normalizeDrillWords = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Whether the typed words match the sent ones, ignoring case, spaces and quotes. */
export const hasSameWords = (typed: string, sent: string): boolean =>
  normalizeDrillWords(typed) === normalizeDrillWords(sent);

/** The reason given to CloudWatch, which its mail repeats in the first sentence. */
export const formatDrillReason = (secretWords: string): string =>
  `This is only a fire drill of aws-first-steps, nothing is wrong. The words to type are: ${secretWords}`;
