/** Whether AWS gave the request an id. Where an answer has nothing to say, that is all there is to recognize it by. */
export const hasRequestId = (response: unknown): boolean =>
  typeof response === 'object' &&
  response !== null &&
  'headers' in response &&
  Object.keys(response.headers ?? {}).some((name) => /^x-amzn?-request-?id$/i.test(name));
