import type { Clock } from '../lib/clock.ts';
import { iamArn, randomBase32 } from './operation.ts';
import { scanned } from './phone.ts';
import { alertsTurnedOn } from './world/bill.ts';
import { verifyAddress } from './services/budgets/verification.ts';
import type { State } from './state.ts';
import { linksIn } from './services/sns/mails.ts';
import { confirm, openLink } from './services/sns/subscriptions.ts';
import { codeIn, windowAt } from './totp.ts';
import type { Mail, World } from './world/world.ts';

/** What the owner does elsewhere than in a terminal: the root console, the mailbox, the phone. */
export class Desk {
  readonly #state: State;
  readonly #clock: Clock;

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  /** The address that the account was made with; every address leads to the same practice mailbox. */
  get ownerEmail(): string {
    return this.#state.world.account.email;
  }

  /** In the root console: registers a virtual MFA device for the root user. */
  turnOnRootMfa(): Promise<void> {
    return this.#change((world, at) => {
      if (world.devices.some((device) => device.owner?.kind === 'root')) return;
      const serial = iamArn(world, 'mfa/root-account-mfa-device');
      const seed = randomBase32(64);
      world.devices.push({ serial, seed, createdAt: at, enabledAt: at, owner: { kind: 'root' } });
    });
  }

  /** In the root console: deletes every access key of the root user. */
  deleteRootAccessKeys(): Promise<void> {
    return this.#change((world) => {
      world.root.accessKeys = [];
    });
  }

  /** In the root console: lets IAM users and roles see the billing pages. */
  activateIamBillingAccess(): Promise<void> {
    return this.#change((world) => {
      world.billing.openToIam = true;
    });
  }

  /** In the billing console: lets CloudWatch have the charges. It cannot be turned off again. */
  turnOnBillingAlerts(): Promise<void> {
    return this.#change((world, at) => alertsTurnedOn(world, at));
  }

  /** Every mail that has arrived, oldest first. */
  mailbox(): Mail[] {
    return structuredClone(this.#state.world.mails);
  }

  /** Clicks the newest confirmation link in each mail to `email`, or to anybody. Returns the subscriptions confirmed. */
  clickConfirmation(email?: string): Promise<string[]> {
    return this.#change((world, at) => {
      const mails = world.mails.filter((mail) => email === undefined || mail.to === email);
      const asked = new Set(mails.flatMap((mail) => mail.confirms ?? []));
      return [...asked].filter((arn) => confirm(world, arn, new Date(at)));
    });
  }

  /** Chooses, signed in, the newest link of AWS Budgets in each mail to `email`, or to anybody. Returns the addresses verified. */
  verifyBudgetEmail(email?: string): Promise<string[]> {
    return this.#change((world, at) => {
      const asked = new Set(world.mails.flatMap((mail) => mail.verifies ?? []));
      return [...asked].filter(
        (address) =>
          (email === undefined || address === email) && verifyAddress(world, address, new Date(at)),
      );
    });
  }

  /** What some mail scanners do: they open every link of every mail, those that end a subscription too. */
  letScannerRead(): Promise<void> {
    return this.#change((world, at) => {
      for (const link of world.mails.flatMap(linksIn)) openLink(world, link, new Date(at));
    });
  }

  /** With the phone: scans a QR code. */
  scan(otpauthUri: string): Promise<void> {
    return this.#change((world) => {
      const { label, seed } = scanned(otpauthUri);
      world.phone = [...world.phone.filter((one) => one.seed !== seed), { label, seed }];
    });
  }

  /** The code that the phone shows for what it scanned last, at a moment; now if not said. */
  code(at: Date = this.#clock.now()): string {
    return codeIn(this.#seed(), windowAt(at));
  }

  /** The code that the phone shows so many 30-second windows from now: -1 is the one before. */
  codeIn(windowOffset: number): string {
    return codeIn(this.#seed(), windowAt(this.#clock.now()) + windowOffset);
  }

  /** The code before and the code now: what an owner has typed who waited for the second one. */
  consecutiveCodes(): [string, string] {
    return [this.codeIn(-1), this.codeIn(0)];
  }

  /** How many seconds the code on the phone is still shown. */
  secondsLeft(): number {
    return 30 - (Math.floor(this.#clock.now().getTime() / 1000) % 30);
  }

  /** Signs in as an IAM user, or as root: calls from now on are made in that name. */
  signInAs(user: 'root' | { user: string }): Promise<void> {
    return this.#change((world) => {
      if (user !== 'root' && !world.users.some((one) => one.name === user.user)) {
        throw new Error(`There is no user ${user.user} in the practice account.`);
      }
      world.caller = user === 'root' ? { kind: 'root' } : { kind: 'user', name: user.user };
    });
  }

  #seed(): string {
    const newest = this.#state.world.phone.at(-1);
    if (!newest) throw new Error('The phone has not scanned anything yet.');
    return newest.seed;
  }

  #change<T>(work: (world: World, at: string) => T): Promise<T> {
    return this.#state.exclusively(() =>
      this.#state.change((world) => work(world, this.#clock.now().toISOString())),
    );
  }
}
