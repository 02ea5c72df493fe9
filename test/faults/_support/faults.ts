import type { Moment } from '../../_support/beginnings.ts';
import type { Disturbance, Fault, ProxiedCall } from './proxy.ts';

const escaped = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const inXml = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>` +
  '<RequestId>00000000-0000-4000-8000-000000000000</RequestId></ErrorResponse>';

/** AWS says no, in the form that the call's protocol has for it. */
const refused =
  (status: number, code: string, message: string, headers: Record<string, string> = {}): Fault =>
  ({ call, reply }) =>
    reply(
      call.json
        ? {
            status,
            headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code, ...headers },
            body: JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message }),
          }
        : { status, headers: { 'content-type': 'text/xml', ...headers }, body: inXml(code, message) },
    );

const page = (status: number, title: string): Fault =>
  function answerWithPage({ reply }) {
    const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><p>${title}</body></html>`;
    reply({ status, headers: { 'content-type': 'text/html' }, body });
  };

/** Too many calls. */
export const throttled: Fault = (exchange) =>
  refused(400, exchange.call.json ? 'ThrottlingException' : 'Throttling', 'Rate exceeded')(exchange);

/** The fault is on the side of AWS. */
export const failed = refused(500, 'InternalFailure', 'The request processing has failed.');

/** AWS is overloaded. */
export const unavailable = refused(503, 'ServiceUnavailable', 'Service is unable to handle the request.');

/** The connection breaks before the call has got anywhere. */
export const reset: Fault = ({ breakOff }) => breakOff();

/** The call is carried out, and the connection breaks before its answer. */
export const lost: Fault = async ({ forward, breakOff }) => {
  await forward();
  breakOff();
};

/** Nobody ever answers; whoever asks has to give up. */
export const silent: Fault = () => undefined;

/** The answer takes so long. */
export const late =
  (ms: number): Fault =>
  async ({ forward, reply }) => {
    const answer = await forward();
    await new Promise((resolve) => setTimeout(resolve, ms));
    reply(answer);
  };

/** A Wi-Fi that wants a sign-in answers in place of AWS. */
export const captivePortal = page(200, 'Welcome to the hotel');

/** The same in a form that the SDK's parser of XML takes for an answer with nothing in it. */
export const tidyPortal: Fault = ({ reply }) =>
  reply({
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<html><head><title>Welcome to the hotel</title></head><body><p>Sign in.</p></body></html>',
  });

/** A gateway in between is out of order. */
export const badGateway = page(502, 'Bad gateway');

const anHour = 3_600_000;

/** What AWS has for the time, where the clock of the computer is an hour slow. */
const timeOfAws = () => new Date(Date.now() + anHour);

/** AWS says that the clock of the computer is wrong. */
export const clockWrong: Fault = (exchange) =>
  refused(
    403,
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    { date: timeOfAws().toUTCString() },
  )(exchange);

const timeIn = (signedAt: string): number =>
  Date.parse(signedAt.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** AWS tolerates a difference of five minutes (IAM User Guide, "AWS Signature Version 4 for API requests"). */
const tolerance = 300_000;

/** The same, but only for as long as calls are signed with the wrong time: the SDK learns the right one from a refusal. */
const clockSlow: Fault = async (exchange) => {
  const { call, forward, reply } = exchange;
  const isRight = Math.abs(timeIn(call.signedAt) - timeOfAws().getTime()) <= tolerance;
  if (!isRight) return clockWrong(exchange);
  const answer = await forward();
  reply({ ...answer, headers: { ...answer.headers, date: timeOfAws().toUTCString() } });
};

/** The session is over. */
export const expired = refused(403, 'ExpiredToken', 'The security token included in the request is expired');

/** The access key was deleted. */
export const revoked = refused(
  403,
  'InvalidClientTokenId',
  'The security token included in the request is invalid.',
);

/** The caller may not do this. */
export const forbidden: Fault = (exchange) =>
  refused(
    403,
    'AccessDenied',
    `User: arn:aws:iam::123456789012:user/jo is not authorized to perform: ${exchange.call.operation} because no identity-based policy allows the ${exchange.call.operation} action`,
  )(exchange);

const isAt = ({ operation, nth }: Moment, call: ProxiedCall) =>
  call.operation === operation && call.nth === nth;

/** `fault` happens to the nth call of an operation. */
export const once =
  (fault: Fault, moment: Moment): Disturbance =>
  (call) =>
    isAt(moment, call) ? fault : undefined;

/** `fault` happens to every call of an operation from the nth on. */
export const always =
  (fault: Fault, { operation, nth }: Moment): Disturbance =>
  (call) =>
    call.operation === operation && call.nth >= nth ? fault : undefined;

/** `fault` happens to the nth call of an operation and to every call after it, whatever it is. */
export const fromThenOn = (fault: Fault, moment: Moment): Disturbance => {
  let begun = false;
  return (call) => {
    begun ||= isAt(moment, call);
    return begun ? fault : undefined;
  };
};

/** From the nth call of an operation on, the clock of the computer is an hour slow, as far as AWS can tell. */
export const slowClockFrom = (moment: Moment): Disturbance => fromThenOn(clockSlow, moment);

const rewriting =
  (change: (body: string) => string): Fault =>
  async ({ forward, reply }) => {
    const answer = await forward();
    reply({ ...answer, body: change(answer.body) });
  };

/** The caller is the root user of the same account, which has MFA and a password or not: an emulator has no root. */
export const asRoot =
  ({ mfa, password = 1 }: { mfa: 0 | 1; password?: 0 | 1 }): Disturbance =>
  ({ operation }) => {
    if (operation === 'sts:GetCallerIdentity')
      return rewriting((body) => body.replace(/(:\d{12}):user\/[^<]*/, '$1:root').replace(':sts:', ':iam:'));
    if (operation !== 'iam:GetAccountSummary') return undefined;
    const entry = (name: string, value: number) =>
      `<entry><key>${name}</key><value>${value}</value></entry></SummaryMap>`;
    return rewriting((body) =>
      body
        .replace(/<entry>\s*<key>AccountMFAEnabled<\/key>\s*<value>\d<\/value>\s*<\/entry>/, '')
        .replace('</SummaryMap>', entry('AccountPasswordPresent', password))
        .replace('</SummaryMap>', entry('AccountMFAEnabled', mfa)),
    );
  };
