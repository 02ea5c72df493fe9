import type { PracticeBudgetAlert } from '../../world/budgets.ts';
import type { World } from '../../world/world.ts';

/** How long the verification link of AWS Budgets is valid. */
const verificationLinkLifetimeMs = 12 * 60 * 60 * 1000;

/**
 * Sends the mail to every address that is new to this account and not verified. One verification covers all budgets.
 */
export const sendVerificationMails = (
  world: World,
  { subscribers }: PracticeBudgetAlert,
  now: Date,
): void => {
  for (const { SubscriptionType, Address } of subscribers) {
    const alreadySent = world.mails.some(
      (mail) => mail.verifies === Address && now.getTime() - Date.parse(mail.at) < verificationLinkLifetimeMs,
    );
    if (SubscriptionType !== 'EMAIL' || alreadySent || world.budgeting.verified.includes(Address)) continue;
    world.mails.push({
      to: Address,
      at: now.toISOString(),
      subject: 'AWS Budgets - verify your email address',
      text: `Verify ${Address} to get notifications of the budgets of account ${world.account.id}. Sign in to that account and choose the link; it is valid for 12 hours.`,
      verifies: Address,
    });
  }
};

/** Verifies an address with the link in its newest mail. Returns false if the link has expired. */
export const verifyAddress = (world: World, address: string, now: Date): boolean => {
  const mail = world.mails.findLast((one) => one.verifies === address);
  const valid = mail !== undefined && now.getTime() - Date.parse(mail.at) < verificationLinkLifetimeMs;
  if (!valid || world.budgeting.verified.includes(address)) return false;
  world.budgeting.verified.push(address);
  return true;
};
