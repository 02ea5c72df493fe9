import type { SecretQuestion } from '../../core/question.ts';
import { extractTopicName, shortenName } from './alarms.ts';

export const confirmationLinkQuestion: SecretQuestion = {
  kind: 'secret',
  format: 'confirmation-link',
  message: 'The link behind "Confirm subscription"',
  help: 'In the mail: right-click on "Confirm subscription", copy the link address, and paste it here. Do not open it.',
  pattern: /\S/,
  rule: 'Paste the whole link; it begins with https://sns.',
  max: 2000,
};

const copyLinkInstruction =
  'Copy the address behind "Confirm subscription" in the mail itself (right-click, copy the link address).';

const findLinkObjection = (url: URL, topic: string): string | undefined => {
  const { hostname, pathname, port, protocol, searchParams } = url;
  if (!/^sns\.[a-z0-9-]+\.amazonaws\.com$/.test(hostname) || port !== '')
    return `That link leads to ${shortenName(hostname)} and not to AWS: mail filters put links of their own in front. ${copyLinkInstruction}`;
  if (protocol !== 'https:') return `That link does not begin with https. ${copyLinkInstruction}`;
  if (pathname === '/unsubscribe.html') return `That link would end a subscription. ${copyLinkInstruction}`;
  if (pathname !== '/confirmation.html')
    return `That link of AWS is for something else. ${copyLinkInstruction}`;
  if (searchParams.get('TopicArn') !== topic)
    return `That link is for another topic than ${shortenName(extractTopicName(topic))}: look for the newest of these mails.`;
  return /^[0-9a-f]{64,512}$/i.test(searchParams.get('Token') ?? '')
    ? undefined
    : `That link is not complete. ${copyLinkInstruction}`;
};

/** The token in the pasted confirmation link of a topic, or a sentence that says why the link cannot be used. */
export const parseConfirmationLink = (
  pasted: string,
  topic: string,
): { token: string } | { objection: string } => {
  // Terminals and mail programs break long lines, and some put links in angle brackets.
  const text = pasted.replaceAll(/\s/g, '').replace(/^<(.*)>$/, '$1');
  if (!URL.canParse(text)) return { objection: `That is no link. ${copyLinkInstruction}` };
  const url = new URL(text);
  const objection = findLinkObjection(url, topic);
  return objection === undefined ? { token: url.searchParams.get('Token') ?? '' } : { objection };
};
