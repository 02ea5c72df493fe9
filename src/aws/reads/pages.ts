/** A paginator of the SDK, such as `paginateListTopics`. */
type Paginate<Client, Input, Page> = (
  config: { client: Client; stopOnSameToken: boolean },
  input: Input,
) => AsyncIterable<Page>;

/** Reads all pages of an AWS list. Stops at a page that points to itself, which would otherwise loop forever. */
export const readAllPages = async <Client, Input, Page, Item>(
  paginate: Paginate<Client, Input, Page>,
  client: Client,
  input: Input,
  select: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const page of paginate({ client, stopOnSameToken: true }, input))
    items.push(...(select(page) ?? []));
  return items;
};
