import type { Tag } from './world.ts';

type GivenTag = { Key: string | undefined; Value?: string | undefined };

/** Tags as a request brings them, in the form in which they are kept. */
export const tagsFrom = (given: readonly GivenTag[] | undefined): Tag[] =>
  (given ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));

/** Tags with others put over them: a key that is there already gets the new value and keeps its place. */
export const withTags = (tags: readonly Tag[], added: readonly Tag[]): Tag[] => [
  ...new Map([...tags, ...added].map((tag) => [tag.Key, tag])).values(),
];

/** Tags without those of some keys. */
export const withoutTags = (tags: readonly Tag[], keys: readonly string[] | undefined): Tag[] =>
  tags.filter((tag) => !keys?.includes(tag.Key));
