import type { Answer, Disturbance } from '../../_support/aws-proxy.ts';

/** Cuts a page out of an answer with everything, by what was asked. */
type Paging = (whole: string, asked: string) => string;

const lists = ['UserDetailList', 'GroupDetailList'] as const;

/** The entries of a list in an answer in XML, as they stand there, with the lists that are in them. */
const entriesOf = (body: string, list: string): readonly string[] => {
  const inside = new RegExp(`<${list}>(.*)</${list}>`, 's').exec(body)?.[1] ?? '';
  const found: string[] = [];
  let [depth, from] = [0, 0];
  for (const { 0: tag, index } of inside.matchAll(/<\/?member>/g)) {
    if (tag === '<member>' && depth === 0) from = index;
    depth += tag === '<member>' ? 1 : -1;
    if (depth === 0) found.push(inside.slice(from, index + tag.length));
  }
  return found;
};

const peoplePage = (whole: string, from: number, size: number): string => {
  const all = lists.flatMap((list) => entriesOf(whole, list).map((entry) => ({ list, entry })));
  const page = all.slice(from, from + size);
  const more = from + size < all.length ? `true</IsTruncated><Marker>${from + size}</Marker>` : undefined;
  const cut = lists.reduce((body, list) => {
    const entries = page.flatMap((one) => (one.list === list ? [one.entry] : []));
    const filled = `<${list}>${entries.join('')}</${list}>`;
    return body.replace(new RegExp(`<${list}>.*</${list}>`, 's'), () => filled);
  }, whole);
  return more ? cut.replace('false</IsTruncated>', more) : cut;
};

const pagedPeople: Paging = (whole, body) => {
  const asked = new URLSearchParams(body);
  return peoplePage(whole, Number(asked.get('Marker') ?? 0), Number(asked.get('MaxItems') ?? 100));
};

const pagedAlarms: Paging = (whole, body) => {
  const { NextToken, MaxRecords: size = 50 } = JSON.parse(body) as {
    NextToken?: string;
    MaxRecords?: number;
  };
  const { MetricAlarms } = JSON.parse(whole) as { MetricAlarms: readonly object[] };
  const [from, to] = [Number(NextToken ?? 0), Number(NextToken ?? 0) + size];
  const more = to < MetricAlarms.length && { NextToken: String(to) };
  return JSON.stringify({ MetricAlarms: MetricAlarms.slice(from, to), ...more });
};

const pagings: Readonly<Record<string, Paging>> = {
  'iam:GetAccountAuthorizationDetails': pagedPeople,
  'cloudwatch:DescribeAlarms': pagedAlarms,
};

/** Users, groups and alarms come in pages of as many as were asked for, as from AWS: moto answers with all at once. */
export const paged = (): Disturbance => {
  const known = new Map<string, Answer>();
  return ({ operation, body }) => {
    const paging = pagings[operation];
    if (!paging) return undefined;
    return async ({ forward, reply }) => {
      // It takes moto seconds to tell all of a large account again.
      const isFirst = !/Marker|NextToken/.test(body);
      const whole = (isFirst ? undefined : known.get(operation)) ?? (await forward());
      known.set(operation, whole);
      reply({ ...whole, body: paging(whole.body, body) });
    };
  };
};
