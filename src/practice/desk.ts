import type { Clock } from '../lib/clock.ts';
import { formatIamArn, generateBase32 } from './operation.ts';
import { scanOtpauthUri } from './phone.ts';
import { recordBillingAlerts } from './world/bill.ts';
import { verifyAddress } from './services/budgets/verification.ts';
import type { WorldState } from './state.ts';
import { extractMailLinks } from './services/sns/mails.ts';
import { confirmPendingSubscription, openMailLink } from './services/sns/subscriptions.ts';
import { generateCode, getCodeWindow } from './totp.ts';
import type { PracticeMail, World } from './world/world.ts';

/** What the owner does elsewhere than in a terminal: the root console, the mailbox, the phone. */
export class OwnerDesk {
  readonly #state: WorldState;
  readonly #clock: Clock;

  constructor(state: WorldState, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  /** The address that the account was made with; every address leads to the same practice mailbox. */
  get ownerEmail(): string {
    return this.#state.world.account.email;
  }

  /** In the root console: registers a virtual MFA device for the root user. */
  turnOnRootMfa(): Promise<void> {
    return this.#changeWorld((world, at) => {
      if (world.devices.some((device) => device.owner?.kind === 'root')) return;
      const serial = formatIamArn(world, 'mfa/root-account-mfa-device');
      const seed = generateBase32(64);
      world.devices.push({ serial, seed, createdAt: at, enabledAt: at, owner: { kind: 'root' } });
    });
  }

  /** In the root console: deletes every access key of the root user. */
  deleteRootAccessKeys(): Promise<void> {
    return this.#changeWorld((world) => {
      world.root.accessKeys = [];
    });
  }

  /** In the root console: lets IAM users and roles see the billing pages. */
  activateIamBillingAccess(): Promise<void> {
    return this.#changeWorld((world) => {
      world.billing.openToIam = true;
    });
  }

  /** In the billing console: lets CloudWatch have the charges. It cannot be turned off again. */
  turnOnBillingAlerts(): Promise<void> {
    return this.#changeWorld((world, at) => recordBillingAlerts(world, at));
  }

  /** Every mail that has arrived, oldest first. */
  listMails(): PracticeMail[] {
    return structuredClone(this.#state.world.mails);
  }

  /** Clicks the newest confirmation link in each mail to `email`, or to anybody. Returns the subscriptions confirmed. */
  clickConfirmationLinks(email?: string): Promise<string[]> {
    return this.#changeWorld((world, at) => {
      const mails = world.mails.filter((mail) => email === undefined || mail.to === email);
      const asked = new Set(mails.flatMap((mail) => mail.confirms ?? []));
      return [...asked].filter((arn) => confirmPendingSubscription(world, arn, new Date(at)));
    });
  }

  /** Chooses, signed in, the newest link of AWS Budgets in each mail to `email`, or to anybody. Returns the addresses verified. */
  verifyBudgetEmails(email?: string): Promise<string[]> {
    return this.#changeWorld((world, at) => {
      const asked = new Set(world.mails.flatMap((mail) => mail.verifies ?? []));
      return [...asked].filter(
        (address) =>
          (email === undefined || address === email) && verifyAddress(world, address, new Date(at)),
      );
    });
  }

  /** What some mail scanners do: they open every link of every mail, those that end a subscription too. */
  openEveryMailLink(): Promise<void> {
    return this.#changeWorld((world, at) => {
      for (const link of world.mails.flatMap(extractMailLinks)) openMailLink(world, link, new Date(at));
    });
  }

  /** With the phone: scans a QR code. */
  scanQrCode(otpauthUri: string): Promise<void> {
    return this.#changeWorld((world) => {
      const { label, seed } = scanOtpauthUri(otpauthUri);
      world.phone = [...world.phone.filter((one) => one.seed !== seed), { label, seed }];
    });
  }

  /** The code that the phone shows for what it scanned last, at a moment; now if not said. */
  getCode(at: Date = this.#clock.now()): string {
    return generateCode(this.#getSeed(), getCodeWindow(at));
  }

  /** The code that the phone shows so many 30-second windows from now: -1 is the one before. */
  getCodeAtOffset(windowOffset: number): string {
    return generateCode(this.#getSeed(), getCodeWindow(this.#clock.now()) + windowOffset);
  }

  /** The code before and the code now: what an owner has typed who waited for the second one. */
  getConsecutiveCodes(): [string, string] {
    return [this.getCodeAtOffset(-1), this.getCodeAtOffset(0)];
  }

  /** How many seconds the code on the phone is still shown. */
  getSecondsLeft(): number {
    return 30 - (Math.floor(this.#clock.now().getTime() / 1000) % 30);
  }

  /** Signs in as an IAM user, or as root: calls from now on are made in that name. */
  signInAs(user: 'root' | { user: string }): Promise<void> {
    return this.#changeWorld((world) => {
      if (user !== 'root' && !world.users.some((one) => one.name === user.user)) {
        throw new Error(`There is no user ${user.user} in the practice account.`);
      }
      world.caller = user === 'root' ? { kind: 'root' } : { kind: 'user', name: user.user };
    });
  }

  #getSeed(): string {
    const newest = this.#state.world.phone.at(-1);
    if (!newest) throw new Error('The phone has not scanned anything yet.');
    return newest.seed;
  }

  #changeWorld<T>(work: (world: World, at: string) => T): Promise<T> {
    return this.#state.runExclusively(() =>
      this.#state.changeWorld((world) => work(world, this.#clock.now().toISOString())),
    );
  }
}
