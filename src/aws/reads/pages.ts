/** A paginator of the SDK: `paginateListTopics`. */
type Paginate<Client, Input, Page> = (
  config: { client: Client; stopOnSameToken: boolean },
  input: Input,
) => AsyncIterable<Page>;

/** Reads an AWS list to its last page. A page that leads to itself is the last one, or it would never end. */
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
