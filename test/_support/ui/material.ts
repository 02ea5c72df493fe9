import type { FileAnswer } from '../../../src/core/answers-file.ts';
import type { Header, Message, PasswordMessage, QrMessage } from '../../../src/core/dialogue.ts';
import type { Question } from '../../../src/core/question.ts';

/** Text as it may come from an account: a window title, a question to the terminal, turned direction, controls. */
export const hostile = 'be\u001B]0;owned\u0007fore \u001B[6n\u202Eafter\u0000\u009B31m\r\nnext';

/** What must never reach a terminal as it is. */
export const harmful = ['\u001B]0;', '\u001B[6n', '\u202E', '\u0000', '\u009B'] as const;

/** One note of each kind, made of `text`. */
export const notesOf = (text: string): Message[] => [
  { kind: 'header', practice: false, entries: [] },
  {
    kind: 'header',
    account: text,
    identity: text,
    practice: true,
    entries: [
      { id: 'a', title: text, status: 'met' },
      { id: 'b', title: text, status: 'unseen' },
    ],
  },
  {
    kind: 'header',
    account: text,
    practice: true,
    entries: [{ id: 'a', title: text, status: 'unmet' }],
    current: 'a',
  },
  { kind: 'header', practice: true, entries: [], current: 'no-such-step' },
  { kind: 'heading', title: text, paragraphs: [text, ''] },
  { kind: 'finding', status: 'unknown', summary: text, remedy: text },
  {
    kind: 'plan',
    lines: [
      { why: text, operations: ['iam:CreateUser', text] },
      { why: text, operations: [] },
    ],
    cost: text,
  },
  { kind: 'plan-progress', line: 0, why: text, state: 'begun' },
  { kind: 'plan-progress', line: 0, why: text, state: 'done' },
  { kind: 'plan-progress', line: 1, why: text, state: 'failed' },
  {
    kind: 'manual-task',
    id: 'confirm-email',
    doneQuestion: 'done',
    url: `https://example.com/${text}`,
    instructions: [text],
  },
  { kind: 'manual-task', id: 'root-mfa', doneQuestion: 'done', instructions: [] },
  { kind: 'text', text },
  { kind: 'text', text, tone: 'warning' },
  {
    kind: 'summary',
    title: text,
    subtitle: text,
    entries: [{ id: 'a', title: text, status: 'waiting', summary: text }],
    facts: [{ label: text, text }],
    left: [text],
  },
];

const options = [
  { value: 'yes', label: 'Certainly' },
  { value: 'not-now', label: 'Not now', hint: 'it is asked again' },
  { value: 'skip', label: 'Skip it' },
] as const;

/** One question of each kind, with its default and another answer. */
export const questions: readonly { question: Question; byDefault: FileAnswer; other: FileAnswer }[] = [
  { question: { kind: 'confirm', message: 'Is it yours?', default: true }, byDefault: true, other: false },
  {
    question: { kind: 'count', message: 'How many dollars?', default: 5, min: 1, max: 900 },
    byDefault: 5,
    other: 20,
  },
  {
    question: {
      kind: 'text',
      message: 'Which name?',
      default: 'maria',
      example: 'maria',
      pattern: /^[a-z]+$/,
      rule: 'Letters only',
      max: 9,
    },
    byDefault: 'maria',
    other: 'jo',
  },
  {
    question: { kind: 'choice', message: 'Go ahead now?', options, default: 'not-now' },
    byDefault: 'not-now',
    other: 'skip',
  },
  {
    question: { kind: 'choices', message: 'Which groups?', options, default: ['yes', 'skip'] },
    byDefault: ['yes', 'skip'],
    other: ['not-now', 'skip'],
  },
];

/** A code, which has no default. */
export const codeQuestion = (message: string) =>
  ({ kind: 'secret', message, pattern: /^\d{6}$/, rule: 'Six digits', max: 6 }) as const;

/** A question that fits anywhere. */
export const nextQuestion: Question = { kind: 'count', message: 'And the next?', min: 1, max: 9 };

/** A question that takes any text. */
export const anyText = {
  kind: 'text',
  message: 'Which text?',
  example: 'words',
  pattern: /./,
  rule: 'Any text',
  max: 99,
} as const;

/** A header with help. */
export const headerWithHelp: Header = {
  kind: 'header',
  practice: true,
  entries: [{ id: 'a', title: 'Step A', status: 'unmet' }],
  current: 'a',
  cost: 'free',
  help: {
    title: 'Help: Step A',
    paragraphs: ['What happens if you skip it.'],
    words: [{ word: 'MFA', meaning: 'A second proof.' }],
    url: 'https://docs.aws.amazon.com/step-a.html',
  },
};

/** A secret to scan. */
export const qr: QrMessage = {
  kind: 'qr',
  title: 'Your phone',
  uri: 'otpauth://totp/aws:maria?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=aws',
  secret: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  instructions: ['Scan it.'],
  fallbackInstructions: ['Type the secret.'],
};

/** A password that is shown once. */
export const password: PasswordMessage = {
  kind: 'password',
  title: 'A password, once',
  userName: 'maria',
  password: 'correct-Horse-7-battery',
  url: 'https://example.com/console',
  instructions: ['Keep it.'],
};
