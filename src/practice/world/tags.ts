import type { PracticeTag } from './world.ts';

type TagInput = { Key: string | undefined; Value?: string | undefined };

/** Converts the tags of a request to the stored format. */
export const parseTags = (given: readonly TagInput[] | undefined): PracticeTag[] =>
  (given ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));

/** Adds tags to others. An existing key gets the new value and keeps its place. */
export const mergeTags = (tags: readonly PracticeTag[], added: readonly PracticeTag[]): PracticeTag[] => [
  ...new Map([...tags, ...added].map((tag) => [tag.Key, tag])).values(),
];
