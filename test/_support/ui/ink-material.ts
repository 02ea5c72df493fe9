import type { Dialogue, Header, Message, PasswordMessage, QrMessage } from '../../../src/core/dialogue.ts';
import type { Question } from '../../../src/core/question.ts';

/** Three steps of a practice account, as root. */
export const headerAt = (current?: string): Header => ({
  kind: 'header',
  account: '4312-0987-6655 (no alias)',
  identity: 'root user',
  practice: true,
  entries: [
    { id: 'root-mfa', title: 'Root MFA', status: 'met' },
    { id: 'admin-user', title: 'Daily administrator', status: 'unmet' },
    { id: 'billing-alarm', title: 'Billing alarm', status: 'waiting' },
  ],
  ...(current && { current }),
});

/** Questions. */
export const name: Question & { kind: 'text' } = {
  kind: 'text',
  message: 'User name',
  default: 'admin',
  example: 'maria',
  pattern: /^[a-z]+$/,
  rule: 'Use only small letters',
  max: 64,
};
export const sure: Question & { kind: 'confirm' } = { kind: 'confirm', message: 'Sure?', default: true };
export const code: Question & { kind: 'secret' } = {
  kind: 'secret',
  message: 'Code',
  pattern: /^\d{6}$/,
  rule: 'Six digits',
  max: 9,
};
export const waiting: Question & { kind: 'choice' } = {
  kind: 'choice',
  message: 'Waiting for the mail',
  options: [
    { value: 'check', label: 'Check now' },
    { value: 'later', label: 'Leave it' },
  ],
};

/** A plan of two calls. */
export const plan: Message = {
  kind: 'plan',
  cost: 'free',
  lines: [
    { why: 'make the user maria', operations: ['iam:CreateUser'] },
    { why: 'give maria a password', operations: ['iam:CreateLoginProfile'] },
  ],
};

/** What a promise is rejected with. */
export const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** A secret to scan, a password, and the questions that are asked while they are shown. */
export const SECRET = 'JBSWY3DPEHPK3PXP'.repeat(3) + 'QWERTYUIOPASDFGH';
export const URI = `otpauth://totp/AWS:maria@431209876655?secret=${SECRET}&issuer=AWS`;
export const qr: QrMessage = {
  kind: 'qr',
  title: 'The phone of maria',
  uri: URI,
  secret: SECRET,
  instructions: [
    "Open Google or Microsoft Authenticator, 1Password, or your phone's Passwords app.",
    'Scan this code, or type the secret.',
    'Type its next two codes.',
  ],
  fallbackInstructions: ['Type the secret into the app.'],
};
export const password: PasswordMessage = {
  kind: 'password',
  title: 'The console password of maria',
  userName: 'maria',
  password: 'correct-Horse7battery.staple',
  url: 'https://431209876655.signin.aws.amazon.com/console',
  instructions: ['Store the password and the address above now.'],
};
export const codeFor = (message: string): Question & { kind: 'secret' } => ({
  kind: 'secret',
  message,
  help: 'The six digits that the app shows now.',
  pattern: /^\d{6}$/,
  rule: 'A code has six digits',
  max: 9,
});
export const stored: Question & { kind: 'confirm' } = { kind: 'confirm', message: 'Stored?', default: false };

type Front = Pick<Dialogue, 'ask' | 'showSecretWhile'>;

/** Shows a code and asks for what the phone shows, twice. */
export const showCode = (front: Front, message: QrMessage = qr): Promise<string[]> =>
  front.showSecretWhile(message, async () => [
    await front.ask(codeFor('First code'), 'code-1'),
    await front.ask(codeFor('Second code'), 'code-2'),
  ]);

/** The part of a screen of 80 columns where the code stands. */
export const cropCode = (rows: readonly string[]): string[] =>
  rows.map((row) => row.slice(0, 49).padEnd(49)).slice(0, 23);
