import aws4 from 'aws4';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  GetBillingPreferencesCommand,
  UpdateBillingPreferencesCommand,
} from '../../../src/aws/json/billing.ts';
import { GetAccountPlanStateCommand } from '../../../src/aws/json/freetier.ts';
import { accountThatAnswers, json, signer, type Received } from '../../_support/http-account.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The headers that a signature says it covers. */
const signedIn = ({ headers }: Received): Record<string, string> => {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  return Object.fromEntries(names.map((name) => [name, String(headers[name])]));
};

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** What aws4, which shares no code with the SDK, makes of a request that arrived. */
const recomputed = (received: Received, service: string, credentials = signer): string => {
  const { method, path, body } = received;
  // aws4 reads these two from the headers if they are there: they have to be true.
  const headers: Record<string, string> = {
    ...signedIn(received),
    'x-amz-content-sha256': hashOf(body),
    'x-amz-security-token': credentials.sessionToken,
  };
  const signed = aws4.sign(
    { method, path, body, headers, host: headers['host'] ?? '', service, region: 'us-east-1' },
    credentials,
  );
  return String(signed.headers?.['Authorization']);
};

const get = new GetBillingPreferencesCommand({ features: ['BILLING_ALERTS'] });
const update = new UpdateBillingPreferencesCommand({
  feature: 'BILLING_ALERTS',
  billingPreferencesPerKey: [{ key: 'naïve/*: key', value: 'ENABLED' }],
});

describe('aws4, the reference for signatures in these tests', () => {
  // From the published test suite of Signature Version 4, "get-vanilla" and "get-vanilla-query-order-key-case".
  it.each([
    ['/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['/?Param2=value2&Param1=value1', 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'],
  ])('signs %s as the published test suite does', (path, signature) => {
    const { headers } = aws4.sign(
      {
        path,
        host: 'example.amazonaws.com',
        headers: { 'X-Amz-Date': '20150830T123600Z' },
        service: 'service',
        region: 'us-east-1',
      },
      { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    );
    expect(String(headers?.['Authorization'])).toContain(`Signature=${signature}`);
  });
});

describe('a request to AWS Billing or AWS Free Tier', () => {
  it('is signed as an independent implementation signs it', async () => {
    const { aws, received } = await accountThatAnswers(json({ billingPreferences: [] }));
    await aws.billing.send(get);
    await aws.billing.send(update);
    await aws.freetier.send(new GetAccountPlanStateCommand({}));
    expect(received).toHaveLength(3);
    for (const [index, service] of ['billing', 'billing', 'freetier'].entries()) {
      const request = received[index];
      if (!request) throw new Error('nothing arrived');
      expect(request.headers.authorization).toBe(recomputed(request, service));
    }
  });

  it('is rejected if anything in it is changed on the way', async () => {
    const { aws, received } = await accountThatAnswers(json({}));
    await aws.billing.send(update);
    const [request] = received;
    if (!request) throw new Error('nothing arrived');
    const { authorization } = request.headers;
    const changed: Received[] = [
      { ...request, body: request.body.replace('ENABLED', 'DISABLED') },
      { ...request, path: '/other' },
      { ...request, headers: { ...request.headers, 'x-amz-target': 'AWSBilling.Other' } },
    ];
    for (const one of changed) expect(recomputed(one, 'billing')).not.toBe(authorization);
    expect(recomputed(request, 'billing', { ...signer, sessionToken: 'other' })).not.toBe(authorization);
    expect(recomputed(request, 'freetier')).not.toBe(authorization);
    expect(recomputed(request, 'billing', { ...signer, secretAccessKey: 'other' })).not.toBe(authorization);
  });

  it('has a signature over the body, the operation, the host, the time and the session', async () => {
    const { aws, received } = await accountThatAnswers(json({ billingPreferences: [] }));
    await aws.billing.send(get);
    const [request] = received;
    if (!request) throw new Error('nothing arrived');
    expect(Object.keys(signedIn(request))).toEqual(
      expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token', 'x-amz-target', 'content-type']),
    );
    expect(request.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE\/\d{8}\/us-east-1\/billing\/aws4_request, /,
    );
  });
});
