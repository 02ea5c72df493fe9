import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  BillingClient,
  GetBillingPreferencesCommand,
  UpdateBillingPreferencesCommand,
} from '../../../src/aws/json/billing.ts';
import { getErrorCode, getHttpStatus } from '../../../src/aws/errors/codes.ts';
import { explainError } from '../../../src/aws/errors/explain.ts';
import { FreeTierClient, GetAccountPlanStateCommand } from '../../../src/aws/json/freetier.ts';
import { readOnlyPlugin } from '../../../src/aws/plugins.ts';
import { toAwsCall } from '../../../src/core/action.ts';
import {
  accountThatAnswers,
  accountWithoutAnswers,
  json,
  useOnlyEndpoint,
  page,
  refusal,
  signer,
} from '../../_support/http-account.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const get = new GetBillingPreferencesCommand({ features: ['BILLING_ALERTS'] });
const update = new UpdateBillingPreferencesCommand({
  feature: 'BILLING_ALERTS',
  billingPreferencesPerKey: [{ key: 'cloudwatch', value: 'ENABLED' }],
});
const planState = new GetAccountPlanStateCommand({});

const preference = { feature: 'BILLING_ALERTS', key: 'cloudwatch', value: 'DISABLED' };

const failing = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => error,
  );

describe('a request of the JSON client', () => {
  it('is JSON 1.0 with the operation in a header, and names this program', async () => {
    const { aws, received } = await accountThatAnswers(json({ billingPreferences: [] }));
    await aws.billing.send(get);
    await aws.billing.send(update);
    await aws.freetier.send(planState);
    expect(
      received.map(({ method, path, headers, body }) => [method, path, headers['x-amz-target'], body]),
    ).toEqual([
      ['POST', '/', 'AWSBilling.GetBillingPreferences', '{"features":["BILLING_ALERTS"]}'],
      [
        'POST',
        '/',
        'AWSBilling.UpdateBillingPreferences',
        '{"feature":"BILLING_ALERTS","billingPreferencesPerKey":[{"key":"cloudwatch","value":"ENABLED"}]}',
      ],
      ['POST', '/', 'AWSFreeTierService.GetAccountPlanState', '{}'],
    ]);
    for (const { headers } of received) {
      expect(headers['content-type']).toBe('application/x-amz-json-1.0');
      expect(headers['user-agent']).toMatch(/aws-first-steps\/\d/);
    }
  });

  it.each([
    ['billing', (aws: Accounts) => aws.billing.send(get)],
    ['freetier', (aws: Accounts) => aws.freetier.send(planState)],
  ])('goes to the only host of %s, whatever the Region of the account', async (service, send) => {
    const { aws, hosts } = await withoutEndpoint();
    await failing(send(aws));
    expect(hosts).toEqual([`https://${service}.us-east-1.api.aws`]);
  });

  it('uses the endpoint variable of its own service before the general one', async () => {
    const { url, received } = await accountThatAnswers(json({ billingPreferences: [] }));
    await useOnlyEndpoint('http://127.0.0.1:1');
    vi.stubEnv('AWS_ENDPOINT_URL_BILLING', url);
    vi.stubEnv('AWS_ENDPOINT_URL_FREETIER', url);
    const config = { region: 'us-east-1', credentials: () => Promise.resolve(signer) };
    await new BillingClient(config).send(get);
    await new FreeTierClient(config).send(planState);
    expect(received).toHaveLength(2);
  });

  it('passes through the plugins of the account under the name of its operation', async () => {
    const { aws, received } = await accountThatAnswers(json({ billingPreferences: [preference] }));
    const seen: unknown[] = [];
    const watched = aws.withPlugin(async (call, next) => {
      seen.push(call, await next());
      return { billingPreferences: [] };
    });
    expect(await watched.billing.send(get)).toEqual({ billingPreferences: [] });
    expect(seen).toMatchObject([
      { operation: 'billing:GetBillingPreferences', input: { features: ['BILLING_ALERTS'] } },
      { billingPreferences: [preference] },
    ]);
    expect(toAwsCall('billing', update).operation).toBe('billing:UpdateBillingPreferences');
    await expect(aws.withPlugin(readOnlyPlugin).billing.send(update)).rejects.toThrow(
      'billing:UpdateBillingPreferences',
    );
    expect(received).toHaveLength(1);
  });
});

type Accounts = Awaited<ReturnType<typeof accountThatAnswers>>['aws'];

const withoutEndpoint = async () => {
  const { aws } = await accountThatAnswers(json({}));
  vi.stubEnv('AWS_ENDPOINT_URL', undefined);
  const hosts: string[] = [];
  for (const client of [aws.billing, aws.freetier]) {
    client.config.requestHandler.handle = ({ protocol, hostname }) => {
      hosts.push(`${protocol}//${hostname}`);
      return Promise.reject(new Error('not in a test'));
    };
  }
  return { aws, hosts };
};

describe('an answer to the JSON client', () => {
  it('has the members that are asked for, and no others', async () => {
    const { aws } = await accountThatAnswers(
      json({ billingPreferences: [{ ...preference, accountId: '431209876655' }], nextToken: null, more: 1 }),
    );
    const { billingPreferences, nextToken, $metadata } = await aws.billing.send(get);
    expect({ billingPreferences, nextToken }).toEqual({
      billingPreferences: [preference],
      nextToken: undefined,
    });
    expect($metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 });
  });

  it.each([
    ['a list of something else', { billingPreferences: ['cloudwatch'] }],
    ['half a preference', { billingPreferences: [{ feature: 'BILLING_ALERTS', key: 'cloudwatch' }] }],
    ['a number for a name', { billingPreferences: [{ ...preference, key: 7 }] }],
    ['no list', { billingPreferences: preference }],
    ['a word', { billingPreferences: 'none' }],
    ['nothing at all', {}],
    ['an array', [preference]],
    ['a bare word', 'ok'],
    ['null', null],
  ])('is refused by name when it is not a list of preferences: %s', async (_, body) => {
    const { aws } = await accountThatAnswers(json(body));
    const error = await failing(aws.billing.send(get));
    expect(explainError(error)?.message).toBe(
      'AWS answered billing:GetBillingPreferences in a form that this program does not know.',
    );
  });

  it.each([
    ['seconds since 1970', 1_795_305_600],
    ['ISO 8601', '2026-11-22T00:00:00Z'],
  ])('may give the end of the account plan in %s', async (_, accountPlanExpirationDate) => {
    const { aws } = await accountThatAnswers(
      json({
        accountId: '431209876655',
        accountPlanType: 'FREE',
        accountPlanStatus: 'ACTIVE',
        accountPlanRemainingCredits: { amount: 87.51, unit: 'USD' },
        accountPlanExpirationDate,
      }),
    );
    expect(await aws.freetier.send(planState)).toMatchObject({
      accountPlanType: 'FREE',
      accountPlanStatus: 'ACTIVE',
      accountPlanRemainingCredits: { amount: 87.51, unit: 'USD' },
      accountPlanExpirationDate: new Date('2026-11-22T00:00:00Z'),
    });
  });

  it.each([
    [{ accountPlanType: 7, accountPlanExpirationDate: 'soon' }],
    [{ accountPlanRemainingCredits: 'a lot', accountPlanExpirationDate: {} }],
    [{ accountPlanRemainingCredits: [], accountPlanExpirationDate: '2026-02-31T99:00:00Z' }],
    [{ accountPlanRemainingCredits: { amount: 'NaN', unit: 3 }, accountPlanExpirationDate: 1e300 }],
    [{}],
    [null],
  ])('omits what it does not understand in the account plan: %j', async (body) => {
    const { aws } = await accountThatAnswers(json(body));
    const { $metadata, accountPlanRemainingCredits: credits, ...rest } = await aws.freetier.send(planState);
    expect($metadata.httpStatusCode).toBe(200);
    expect(
      [...Object.values(rest), credits?.amount, credits?.unit].filter((one) => one !== undefined),
    ).toEqual([]);
  });
});

describe('a refusal to the JSON client', () => {
  it('arrives with its name, message, status and fault', async () => {
    const { aws, received } = await accountThatAnswers(
      refusal(
        'AccessDeniedException',
        'User: arn:aws:iam::431209876655:user/jo is not authorized to perform: billing:GetBillingPreferences',
      ),
    );
    const error = await failing(aws.billing.send(get));
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'AccessDeniedException',
      $fault: 'client',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    expect(getErrorCode(error)).toBe('AccessDenied');
    expect(getHttpStatus(error)).toBe(400);
    expect(explainError(error)?.message).toBe('You are not allowed to call billing:GetBillingPreferences.');
    expect(received).toHaveLength(1);
  });

  it.each([
    ['ThrottlingException', 400, 'Throttling', 'AWS asks for fewer calls at a time.'],
    ['InternalServerException', 500, 'InternalServer', /^AWS failed at .*; the fault is on its side\.$/],
  ])('is retried three times if it is a %s', async (type, status, code, words) => {
    const failure = refusal(type, 'not now', status);
    const better = await accountThatAnswers(failure, failure, json({ billingPreferences: [preference] }));
    const { $metadata } = await better.aws.billing.send(get);
    expect($metadata.attempts).toBe(3);
    expect(new Set(better.received.map(({ headers }) => headers['amz-sdk-request']))).toHaveLength(3);
    const worse = await accountThatAnswers(failure);
    const error = await failing(worse.aws.billing.send(get));
    expect(worse.received).toHaveLength(3);
    expect(getErrorCode(error)).toBe(code);
    expect(explainError(error)?.message).toMatch(words);
  });

  it('about a wrong clock leads to a retry with a corrected one', async () => {
    const later = new Date(Date.now() + 60 * 60 * 1000);
    const { aws, received } = await accountThatAnswers(
      json({ __type: 'RequestTimeTooSkewed', message: 'too skewed' }, 400, { date: later.toUTCString() }),
      json({ billingPreferences: [] }, 200, { date: later.toUTCString() }),
    );
    await aws.billing.send(get);
    const [first = '', second = ''] = received.map(({ headers }) => String(headers['x-amz-date']));
    const hour = (stamp: string) => Number(stamp.slice(9, 11));
    expect((hour(second) - hour(first) + 24) % 24).toBeGreaterThanOrEqual(1);
  });

  it('for an older account, which has no plan, is recognized', async () => {
    const { aws } = await accountThatAnswers(refusal('ResourceNotFoundException', 'no plan'));
    expect(getErrorCode(await failing(aws.freetier.send(planState)))).toBe('ResourceNotFound');
  });
});

describe('an answer that does not come from AWS', () => {
  it.each(['', '{}', '{"status":"ok"}'])(
    'is no answer to a change without the id of AWS: %j',
    async (body) => {
      const { aws } = await accountThatAnswers((response) => response.end(body));
      const change = new UpdateBillingPreferencesCommand({
        feature: 'BILLING_ALERTS',
        billingPreferencesPerKey: [],
      });
      expect(explainError(await failing(aws.billing.send(change)))?.message).toMatch(
        /^AWS answered billing:UpdateBillingPreferences in a form/,
      );
    },
  );

  it.each([
    [200, /answered, but not as AWS does \(HTTP 200\)\.$/],
    [403, /answered, but not as AWS does \(HTTP 403\)\.$/],
    [407, /^The proxy asks for a user name and a password\.$/],
    [502, /^AWS, or a gateway on the way to it, is out of order/],
  ])('is explained as it is for every other client: a page with the status %i', async (status, words) => {
    const { aws } = await accountThatAnswers(page(status));
    expect(explainError(await failing(aws.billing.send(get)))?.message).toMatch(words);
    expect(explainError(await failing(aws.freetier.send(planState)))?.message).toMatch(words);
  });

  it('is explained when it never arrives', async () => {
    const { aws, url } = await accountWithoutAnswers();
    const error = await failing(aws.billing.send(get));
    expect(explainError(error)?.message).toBe(`${new URL(url).host} did not answer in time.`);
  });

  it('is explained when the connection breaks', async () => {
    const { aws, url, received } = await accountThatAnswers((response) => response.destroy());
    const error = await failing(aws.billing.send(get));
    expect(explainError(error)?.message).toBe(`The connection to ${new URL(url).host} broke off.`);
    expect(received).toHaveLength(3);
  });
});
