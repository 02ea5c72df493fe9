import { startProxy, type Answer, type FaultProxy } from '../../_support/aws-proxy.ts';

/**
 * What is answered in place of moto: from the text that moto answered, which is an error page where it does not know the
 * operation.
 */
export type Answering = (answered: string) => string | Answer;

/** Answers by operation, as policies name it. */
export type Answers = Readonly<Record<string, Answering>>;

/** A server between the program and moto, which answers what moto cannot hold, for each account differently. */
export type Front = {
  url: string;
  /** From now on, calls that this key signs are answered so. */
  answerFor(accessKeyId: string, answers: Answers): void;
  stop(): Promise<void>;
};

/** JSON with these fields, beside those that moto answered. */
export const withJson =
  (fields: object): Answering =>
  (answered) =>
    JSON.stringify({ ...(answered.startsWith('{') ? (JSON.parse(answered) as object) : {}), ...fields });

/** The text of moto with another one in place of each match. */
export const replacing =
  (pattern: RegExp, by: string): Answering =>
  (answered) =>
    answered.replaceAll(pattern, by);

/** The account summary of IAM with other figures. */
export const withFigures = (figures: Readonly<Record<string, number>>): Answering => {
  const entries = Object.entries(figures).map(
    ([name, figure]) => `<entry><key>${name}</key><value>${figure}</value></entry>`,
  );
  const known = new RegExp(
    `<entry>\\s*<key>(?:${Object.keys(figures).join('|')})</key>\\s*<value>\\d+</value>\\s*</entry>`,
    'g',
  );
  return (answered) =>
    answered.replaceAll(known, '').replace('<SummaryMap>', `<SummaryMap>${entries.join('')}`);
};

/** Users and groups with a permissions boundary of one user, which moto leaves out. */
export const withBoundary =
  (user: string, policyArn: string): Answering =>
  (answered) =>
    answered
      .replaceAll(/<PermissionsBoundary\s*\/>|<PermissionsBoundary>\s*<\/PermissionsBoundary>/g, '')
      .replace(
        `<UserName>${user}</UserName>`,
        (name) =>
          `${name}<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>${policyArn}</PermissionsBoundaryArn></PermissionsBoundary>`,
      );

/** What AWS answers to somebody who lacks a permission, to a client that speaks JSON. */
export const refusing: Answering = () => ({
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({
    __type: 'AccessDeniedException',
    message: 'User is not authorized to perform this operation',
  }),
});

/** The same in XML. */
export const refusingInXml: Answering = () => ({
  status: 403,
  headers: { 'content-type': 'text/xml' },
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User is not authorized to perform this operation</Message></Error></ErrorResponse>',
});

const answerBy = (answering: Answering, { body }: Answer): Answer => {
  const answer = answering(body);
  if (typeof answer !== 'string') return answer;
  const type = answer.startsWith('{') ? 'application/x-amz-json-1.0' : 'text/xml';
  return { status: 200, headers: { 'content-type': type }, body: answer };
};

/** Starts one in front of moto. */
export const startFront = async (moto: string): Promise<Front> => {
  const byKey = new Map<string, Answers>();
  const proxy: FaultProxy = await startProxy(moto);
  proxy.disturb(({ operation, accessKeyId }) => {
    const answering = byKey.get(accessKeyId)?.[operation];
    return answering && (async ({ forward, reply }) => reply(answerBy(answering, await forward())));
  });
  return {
    url: proxy.url,
    answerFor: (accessKeyId, answers) => {
      byKey.set(accessKeyId, answers);
    },
    stop: () => proxy.stop(),
  };
};
