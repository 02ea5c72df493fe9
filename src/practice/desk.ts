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

/** What the owner does outside the terminal: in the root console, in the mailbox, on the phone. */
export class OwnerDesk {
  readonly #state: WorldState;
  readonly #clock: Clock;

  constructor(state: WorldState, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  /** The address the account was created with. All addresses lead to the same practice mailbox. */
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

  /** In the root console: lets IAM users and roles open the billing pages. */
  activateIamBillingAccess(): Promise<void> {
    return this.#changeWorld((world) => {
      world.billing.openToIam = true;
    });
  }

  /** In the billing console: lets CloudWatch receive the charges. This cannot be turned off again. */
  turnOnBillingAlerts(): Promise<void> {
    return this.#changeWorld((world, at) => recordBillingAlerts(world, at));
  }

  /** All mails that have arrived, oldest first. */
  listMails(): PracticeMail[] {
    return structuredClone(this.#state.world.mails);
  }

  /**
   * Clicks the newest confirmation link in the mails to `email`, or to every address. Returns the confirmed
   * subscriptions.
   */
  clickConfirmationLinks(email?: string): Promise<string[]> {
    return this.#changeWorld((world, at) => {
      const mails = world.mails.filter((mail) => email === undefined || mail.to === email);
      const arns = new Set(mails.flatMap((mail) => mail.confirms ?? []));
      return [...arns].filter((arn) => confirmPendingSubscription(world, arn, new Date(at)));
    });
  }

  /**
   * Signed in, opens the newest AWS Budgets link in the mails to `email`, or to every address. Returns the verified
   * addresses. In a rehearsal nobody waits for the time that this takes: the budgets become that much older.
   */
  verifyBudgetEmails(email?: string, tookMs = 0): Promise<string[]> {
    return this.#changeWorld((world, at) => {
      for (const budget of world.budgeting.budgets)
        budget.configuredAt = new Date(Date.parse(budget.configuredAt) - tookMs).toISOString();
      const addresses = new Set(world.mails.flatMap((mail) => mail.verifies ?? []));
      return [...addresses].filter(
        (address) =>
          (email === undefined || address === email) && verifyAddress(world, address, new Date(at)),
      );
    });
  }

  /** Opens every link in every mail, as some mail scanners do. This includes links that end a subscription. */
  openEveryMailLink(): Promise<void> {
    return this.#changeWorld((world, at) => {
      for (const link of world.mails.flatMap(extractMailLinks)) openMailLink(world, link, new Date(at));
    });
  }

  /** On the phone: scans a QR code. */
  scanQrCode(otpauthUri: string): Promise<void> {
    return this.#changeWorld((world) => {
      const { label, seed } = scanOtpauthUri(otpauthUri);
      world.phone = [...world.phone.filter((one) => one.seed !== seed), { label, seed }];
    });
  }

  /** The code that the phone shows at a moment for the newest scanned QR code. Default: now. */
  getCode(at: Date = this.#clock.now()): string {
    return generateCode(this.#getSeed(), getCodeWindow(at));
  }

  /** The code that the phone shows this many 30-second windows from now: -1 is the previous one. */
  getCodeAtOffset(windowOffset: number): string {
    return generateCode(this.#getSeed(), getCodeWindow(this.#clock.now()) + windowOffset);
  }

  /** The previous code and the current one, as typed by an owner who waited for the second. */
  getConsecutiveCodes(): [string, string] {
    return [this.getCodeAtOffset(-1), this.getCodeAtOffset(0)];
  }

  /** How many more seconds the phone shows the current code. */
  getSecondsLeft(): number {
    return 30 - (Math.floor(this.#clock.now().getTime() / 1000) % 30);
  }

  /** Signs in as an IAM user or as root. Later calls are made with that identity. */
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
