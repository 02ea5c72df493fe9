import type { PracticeTag } from './world.ts';

type TagInput = { Key: string | undefined; Value?: string | undefined };

/** Tags as a request brings them, in the form in which they are kept. */
export const parseTags = (given: readonly TagInput[] | undefined): PracticeTag[] =>
  (given ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));

/** Tags with others put over them: a key that is there already gets the new value and keeps its place. */
export const mergeTags = (tags: readonly PracticeTag[], added: readonly PracticeTag[]): PracticeTag[] => [
  ...new Map([...tags, ...added].map((tag) => [tag.Key, tag])).values(),
];
