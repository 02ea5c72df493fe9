import { IAMServiceException } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { explainError } from '../../../src/aws/errors/explain.ts';
import { createNotFromAwsError } from '../../../src/aws/errors/network.ts';

const next = (error: unknown, during?: string) => explainError(error, during)?.nextSteps;
const failure = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });
const refusal = (name: string, message = 'no', status = 400) =>
  new IAMServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode: status } });
const matching = (...steps: readonly RegExp[]) => steps.map((one) => expect.stringMatching(one));

const aws = { hostname: 'iam.amazonaws.com' };
const proxy = { variable: 'HTTPS_PROXY', url: 'http://p:1', host: 'p:1', hasPassword: false };

describe('what to do when AWS cannot be reached', () => {
  it.each([
    ['ENOTFOUND', [/internet connection/, /HTTPS_PROXY=/]],
    ['ECONNREFUSED', [/firewall/, /HTTPS_PROXY=/]],
    ['EHOSTUNREACH', [/VPN/, /HTTPS_PROXY=/]],
    ['ETIMEDOUT', [/internet connection/, /HTTPS_PROXY=/, /Run this program again/]],
    ['ECONNRESET', [/Run this program again/]],
    ['CERT_HAS_EXPIRED', [/clock/]],
    ['ERR_TLS_CERT_ALTNAME_INVALID', [/Wi-Fi/]],
    ['EPROTO', [/another network/]],
    ['SELF_SIGNED_CERT_IN_CHAIN', [/AWS_CA_BUNDLE/, /do not continue/]],
  ] as const)('is said for %s', (code, steps) => {
    expect(next(failure(code, aws))).toEqual(matching(...steps));
  });

  it.each([
    'iam.amazonaws.com',
    'billing.us-east-1.api.aws',
    'iam.amazonaws.eu',
    '169.254.169.254',
    undefined,
  ])('is not to start something, where %s did not answer', (hostname) => {
    expect(next(failure('ENOTFOUND', hostname === undefined ? {} : { hostname }))?.[0]).toMatch(/internet/);
  });

  it.each(['localhost:4566', 'notamazonaws.com', 'amazonaws.com.example'])(
    'is to look at the address that stands in the place of AWS: %s',
    (hostname) => {
      expect(next(failure('ECONNREFUSED', { hostname }))).toEqual(matching(/AWS_ENDPOINT_URL/));
      expect(next(failure('EPROTO', { hostname }))).toEqual(matching(/http:\/\/ in AWS_ENDPOINT_URL/));
      expect(createNotFromAwsError(200, hostname).nextSteps).toEqual(matching(/AWS_ENDPOINT_URL/));
    },
  );

  it('is to take FIPS out, where a FIPS address is asked', () => {
    const hostname = 'iam-fips.amazonaws.com';
    expect(next(failure('ENOTFOUND', { hostname }))).toEqual(
      matching(/AWS_USE_FIPS_ENDPOINT/, /internet/, /HTTPS_PROXY=/),
    );
  });

  it('is to look at the proxy, where there is one', () => {
    expect(next(failure('ENOTFOUND', { ...aws, proxy }))).toEqual(matching(/Check the VPN and HTTPS_PROXY/));
    expect(next(failure('EPROTO', { ...aws, proxy }))).toEqual(matching(/HTTPS_PROXY=http:\/\/p:1$/));
    expect(explainError(failure('ETIMEDOUT', { ...aws, proxy }))?.message).toBe(
      'iam.amazonaws.com, through the proxy p:1 (HTTPS_PROXY), did not answer in time.',
    );
  });

  it('is to open a web page, where something in between answered', () => {
    for (const host of ['iam.amazonaws.com', 'AWS', undefined])
      expect(createNotFromAwsError(200, host).nextSteps).toEqual(matching(/web page/, /HTTPS_PROXY=/));
    expect(createNotFromAwsError(undefined).message).not.toContain('HTTP');
  });

  it('is to wait, where a gateway says that AWS is out of order', () => {
    const unavailable = Object.assign(refusal('UnknownError', 'x', 503), aws);
    expect(explainError(unavailable)?.message).toContain('(HTTP 503)');
    expect(next(unavailable)).toEqual(matching(/health\.aws\.amazon\.com/, /Run this program again/));
  });

  it.each([
    [{ proxy }, /HTTPS_PROXY: http:\/\/USER:PASSWORD@p:1$/],
    [{ proxy: { ...proxy, hasPassword: true } }, /%40/],
    [{}, /USER:PASSWORD@proxy\.example\.com/],
  ])('is to give the proxy a password, or a right one: %j', (more, step) => {
    expect(next(Object.assign(refusal('Unknown', 'x', 407), more))).toEqual(matching(step));
  });
});

describe('what to do when AWS refuses a call', () => {
  it.each<[string, string, readonly RegExp[]]>([
    ['PendingVerification', 'x', [/mailbox/, /Run this program again/]],
    ['AccessDenied', 'This is not part of the free plan.', [/cannot be undone/]],
    ['OptInRequired', 'x', [/sign-up/, /aws\.amazon\.com\/free/, /Run this program again/]],
    ['LimitExceeded', 'Cannot exceed quota for Users: 5', [/Service Quotas/]],
    ['TopicLimitExceeded', 'x', [/Service Quotas/]],
    ['Throttling', 'x', [/Wait a minute/, /Run this program again/]],
    ['ConcurrentModification', 'x', [/Wait a minute/, /Run this program again/]],
    ['InternalError', 'x', [/health\.aws\.amazon\.com/, /Run this program again/]],
    ['AccessDenied', 'We cannot enable budgets for your account', [/tomorrow/, /management account/]],
    ['AccessDenied', 'service control policy', [/not even root/, /cannot be undone/]],
    ['AccessDenied', 'permissions boundary', [/administrator who set it/]],
    ['AccessDenied', 'session policy', [/Sign in again/]],
    ['AccessDenied', 'explicit deny', [/second factor/, /administrator/]],
    ['AccessDenied', 'x', [/administrator/]],
    ['Odd', 'x', []],
  ])('is said for %s: %s', (code, message, steps) => {
    expect(next(refusal(code, message))).toEqual(matching(...steps));
  });

  it('is nothing but to know that older accounts have no plan', () => {
    expect(next(refusal('ResourceNotFoundException'), 'freetier:GetAccountPlanState')).toEqual(
      matching(/July 2025/),
    );
  });

  it('is the fault of AWS for a server error alone, and a code is not said twice', () => {
    expect(explainError(refusal('Odd', 'x', 499))?.message).toMatch(/^AWS refused/);
    expect(explainError(refusal('Odd', 'Odd'), 'iam:GetUser')?.message).toBe('AWS refused iam:GetUser: Odd');
    expect(explainError(refusal('Odd', ''), 'iam:GetUser')?.message).toBe('AWS refused iam:GetUser: Odd');
  });
});
