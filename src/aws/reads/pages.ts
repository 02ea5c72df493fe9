import { UserError } from '../../lib/user-error.ts';

/** A paginator of the SDK, such as `paginateListTopics`. */
type Paginate<Client, Input, Page> = (config: { client: Client }, input: Input) => AsyncIterable<Page>;

/** No list of an account is longer: 100,000 users are a thousand pages. */
const maxPages = 1000;

/** The names that AWS gives to what leads to the next page. */
const tokenFields = ['NextToken', 'nextToken', 'Marker'] as const;

const getToken = (page: unknown): string | undefined => {
  if (typeof page !== 'object' || page === null) return undefined;
  const tokens = tokenFields.map((field): unknown => Reflect.get(page, field));
  return tokens.find((token) => typeof token === 'string' && token !== '') as string | undefined;
};

const createEndlessListError = (): UserError =>
  new UserError('A list from AWS never ends: one of its pages leads back to an earlier one.', [
    'AWS itself does not do that. Does a proxy or an emulator answer instead?',
  ]);

/**
 * Reads all pages of an AWS list. Throws a UserError for a list whose pages go in circles: it is not known as a whole, and
 * would be read for ever.
 */
export const readAllPages = async <Client, Input, Page, Item>(
  paginate: Paginate<Client, Input, Page>,
  client: Client,
  input: Input,
  select: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  const tokens = new Set<string>();
  for await (const page of paginate({ client }, input)) {
    items.push(...(select(page) ?? []));
    const token = getToken(page);
    if (token === undefined) continue;
    if (tokens.has(token) || tokens.size === maxPages) throw createEndlessListError();
    tokens.add(token);
    // Pages that are answered from memory would leave no moment for a key or a signal.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return items;
};
