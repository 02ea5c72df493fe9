import type { SecretQuestion } from '../../core/question.ts';
import { extractTopicName, shortenName } from './alarms.ts';
import { listLinks } from './wrapped-link.ts';

export const confirmationLinkQuestion: SecretQuestion = {
  kind: 'secret',
  format: 'confirmation-link',
  message: 'The link behind "Confirm subscription"',
  help: 'Right-click it in the mail, copy the link address, and paste it here.',
  pattern: /\S/,
  rule: 'Paste the whole link; it begins with https://sns.',
  max: 8000,
};

const copyLinkInstruction =
  'Right-click "Confirm subscription" in the mail itself, and copy the link address.';

const isAwsHost = ({ hostname, port }: URL): boolean =>
  /^sns\.[a-z0-9-]+\.amazonaws\.com$/.test(hostname) && port === '';

/** The page behind the link of the mail, or the call itself, as SubscribeURL of a mail in JSON has it. */
const isConfirmation = ({ pathname, searchParams }: URL): boolean =>
  pathname === '/confirmation.html' ||
  (pathname === '/' && searchParams.get('Action') === 'ConfirmSubscription');

const findLinkObjection = (url: URL, topic: string): string | undefined => {
  const { hostname, pathname, protocol, searchParams } = url;
  if (!isAwsHost(url))
    return `That link leads to ${shortenName(hostname)} and not to AWS: a mail filter may have replaced it. ${copyLinkInstruction}`;
  if (protocol !== 'https:') return `That link does not begin with https. ${copyLinkInstruction}`;
  if (pathname === '/unsubscribe.html' || searchParams.get('Action') === 'Unsubscribe')
    return `That link would end a subscription. ${copyLinkInstruction}`;
  if (!isConfirmation(url)) return `That link of AWS is for something else. ${copyLinkInstruction}`;
  if (searchParams.get('TopicArn') !== topic)
    return `That link is for another topic than ${shortenName(extractTopicName(topic))}. Take it from the newest of these mails.`;
  return /^[0-9a-f]{64,512}$/i.test(searchParams.get('Token') ?? '')
    ? undefined
    : `That link is not complete. ${copyLinkInstruction}`;
};

/**
 * The token in the pasted confirmation link of a topic, or a sentence that says why the link cannot be used. Whatever
 * mail protection has put around it, the link itself is judged.
 */
export const parseConfirmationLink = (
  pasted: string,
  topic: string,
): { token: string } | { objection: string } => {
  const urls = listLinks(pasted)
    .filter((link) => URL.canParse(link))
    .map((link) => new URL(link));
  const good = urls.find((url) => findLinkObjection(url, topic) === undefined);
  if (good) return { token: good.searchParams.get('Token') ?? '' };
  const closest =
    urls.find((url) => isAwsHost(url) && isConfirmation(url)) ?? urls.find(isAwsHost) ?? urls[0];
  const objection = closest && findLinkObjection(closest, topic);
  return { objection: objection ?? `That is no link. ${copyLinkInstruction}` };
};
