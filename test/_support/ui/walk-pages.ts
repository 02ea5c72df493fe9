import type { Header, HelpPage, Message, StepEntry, SummaryMessage } from '../../../src/core/dialogue.ts';
import type { Question } from '../../../src/core/question.ts';
import type { StepState } from '../../../src/core/status.ts';
import type { Conversation } from '../../../src/ui/ink/conversation.ts';
import { ownQuestion } from '../../../src/core/question-names.ts';

/**
 * Pages of a walk through a practice account, with the sentences of the product. They are written down here once more, so
 * that a frame changes only when the screen does.
 */
const stepTitles = {
  'root-mfa': 'Root MFA',
  'root-access-keys': 'Root access keys',
  'admin-user': 'Daily administrator',
  'billing-access': 'Billing access',
  groups: 'Groups',
  'password-policy': 'Password policy',
  'billing-alarm': 'Billing alarm',
  budget: 'Budget',
} as const;

type StepId = keyof typeof stepTitles;

const policySentence =
  '14 characters, the last 24 refused; with capital letters, small letters, digits and symbols';

const listEntries = (states: Partial<Record<StepId, StepState>>): StepEntry[] =>
  Object.entries(stepTitles).map(([id, title]) => ({
    id,
    title,
    status: states[id as StepId] ?? 'unmet',
    ...(id === 'password-policy' && { finding: policySentence }),
  }));

const alarmHelp: HelpPage = {
  title: 'Help: Billing alarm',
  paragraphs: [
    'Cost: free up to 10 alarms in the account. Time: about 3 minutes.',
    'If you skip it: A forgotten server or a stolen password can run up a large bill before you see it at the end of the month.',
    'To undo it: In us-east-1, delete the alarms "aws-first-steps-billing-..." in the CloudWatch console and the topic "aws-first-steps-billing" in the SNS console. Billing alerts stay on, because AWS has no way to turn them off.',
  ],
  words: [
    {
      word: 'CloudWatch alarm',
      meaning: 'A watch on one figure: it acts when the figure passes the limit that you set.',
    },
    {
      word: 'metric',
      meaning: 'A figure that AWS records again and again, such as what this month has cost so far.',
    },
    {
      word: 'SNS topic',
      meaning:
        'A mailing list for messages from AWS: what is sent to it goes to everyone who has subscribed.',
    },
    {
      word: 'fire drill',
      meaning:
        'A test: the alarm goes off once although nothing is wrong, and the words in its mail prove that it reaches you.',
    },
  ],
  url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html',
};

const createWalkHeader = (
  states: Partial<Record<StepId, StepState>>,
  { current, cost = 'free', identity = 'root user' }: { current?: StepId; cost?: string; identity?: string },
): Header => ({
  kind: 'header',
  account: '4312-0987-6655',
  identity,
  practice: true,
  entries: listEntries(states),
  help: alarmHelp,
  ...(current && { current, cost }),
});

const atStart = createWalkHeader({}, {});
const done: Partial<Record<StepId, StepState>> = {
  'root-mfa': 'met',
  'root-access-keys': 'met',
  'admin-user': 'met',
  'billing-access': 'attested',
  groups: 'attested',
};
const alarmCost = 'free up to 10 alarms in the account';
const beforeAlarm = createWalkHeader(done, { current: 'password-policy', identity: 'user admin' });
/** The header of the step with the longest plan. */
export const alarmHeader = createWalkHeader(
  { ...done, 'password-policy': 'met' },
  { current: 'billing-alarm', cost: alarmCost, identity: 'user admin' },
);

const policyFinding: Message = {
  kind: 'finding',
  status: 'met',
  summary: '14 characters, the last 24 refused; with capital letters, small letters, digits and symbols',
};

const alarmIntroduction: readonly Message[] = [
  {
    kind: 'heading',
    title: 'Billing alarm',
    paragraphs: [
      'AWS has no spending limit, so let a mail warn you while the month runs.',
      'An alarm can look right and reach nobody, so a fire drill sends you a mail through it.',
    ],
  },
  {
    kind: 'finding',
    status: 'unmet',
    summary: 'Billing alerts are off, so no alarm can fire; no alarm on what the account costs',
  },
];

const addressQuestion: Question = {
  kind: 'text',
  message: 'Which address gets the warning?',
  default: 'owner@example.com',
  example: 'you@example.com',
  help: 'One that you read every day. AWS mails a link there first.',
  pattern: /@/,
  rule: 'Give one e-mail address',
  max: 200,
};

const amountsQuestion: Question = {
  kind: 'text',
  message: 'Warn at how many USD a month?',
  default: '5, 20',
  example: '5, 20',
  help: 'One amount or several.',
  pattern: /\d/,
  rule: 'Give amounts',
  max: 50,
};

/** The longest plan of the default walk. */
export const alarmPlan: Message & { kind: 'plan' } = {
  kind: 'plan',
  cost: alarmCost,
  lines: [
    {
      why: 'turn on billing alerts: free, and AWS has no way to turn them off again',
      operations: ['billing:UpdateBillingPreferences'],
    },
    { why: 'make the topic aws-first-steps-billing', operations: ['sns:CreateTopic'] },
    {
      why: 'let it send mail to owner@example.com, and note the time on the topic',
      operations: ['sns:TagResource', 'sns:Subscribe'],
    },
    { why: 'warn at 5 USD a month', operations: ['cloudwatch:PutMetricAlarm'] },
    { why: 'warn at 20 USD a month', operations: ['cloudwatch:PutMetricAlarm'] },
    {
      why: 'you paste the link of the mail, so that no link in a mail can end the subscription',
      operations: ['sns:ConfirmSubscription'],
    },
    { why: 'if the link was clicked: offer to lock the subscription', operations: [] },
    {
      why: 'fire drill: set off aws-first-steps-billing-5-usd; you type the words from its mail. The alarm goes back to normal by itself, and a tag on the topic keeps the proof',
      operations: ['cloudwatch:SetAlarmState', 'sns:TagResource'],
    },
    { why: 'AWS publishes what the account costs', operations: [] },
  ],
};

/** The question before every change. */
export const goAheadQuestion: Question = {
  kind: 'choice',
  message: 'Go ahead?',
  options: [
    { value: 'yes', label: 'Yes' },
    { value: 'not-now', label: 'Not now' },
    { value: 'skip', label: 'Skip this step' },
  ],
  default: 'yes',
};

/** Says what becomes of a line of the alarm's plan. */
export const planProgress = (line: number, state: 'begun' | 'done' | 'failed' | 'interrupted'): Message => ({
  kind: 'plan-progress',
  line,
  why: alarmPlan.lines[line]?.why ?? '',
  state,
});

const goOnQuestion: Question = {
  kind: 'choice',
  message: 'Go on?',
  options: [
    { value: 'on', label: 'Go on' },
    { value: 'list', label: 'Show me the list of steps' },
  ],
  default: 'on',
};

const menuHints: Readonly<Record<StepId, string>> = {
  'root-mfa': 'done: On, with an authenticator app',
  'root-access-keys': 'done: No key exists',
  'admin-user': 'done: admin, with MFA',
  'billing-access': 'you said so: Activated, on your word of 2026-11-28',
  groups: 'skipped: we are two, and both of us are administrators until somebody else comes',
  'password-policy':
    'done: 14 characters, the last 24 refused; with capital letters, small letters, digits and symbols',
  'billing-alarm': 'waiting: Nobody has confirmed the mail to owner@example.com yet',
  budget: 'to do: No budget: nobody is warned before the money is spent',
};

const menuStates: Partial<Record<StepId, StepState>> = {
  ...done,
  groups: 'skipped',
  'password-policy': 'met',
  'billing-alarm': 'waiting',
};

/** The list of steps as a menu. */
export const menuQuestion: Question = {
  kind: 'choice',
  message: 'Where to?',
  cannotGoBack: true,
  options: [
    { value: 'on', label: 'Go on: Budget' },
    ...listEntries(menuStates).map(({ id, title, status }) => ({
      value: id,
      label: title,
      hint: menuHints[id as StepId],
      state: status,
    })),
    { value: 'skip', label: 'Skip a step', hint: 'you say why' },
    { value: 'over', label: 'Stop here' },
  ],
  default: 'on',
};

/** The header above the menu. */
export const menuHeader = createWalkHeader(menuStates, { identity: 'user admin' });

type Page = { name: string; play: (front: Conversation) => Promise<void> };

/** Lets what was asked or answered reach the scene. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Asks, and leaves the question open. */
export const leaveOpen = async (front: Conversation, question: Question, name: string): Promise<void> => {
  void front.ask(question, name).catch(() => undefined);
  await settle();
};

/** Asks, and confirms what is suggested. */
export const confirm = async (front: Conversation, question: Question, name: string): Promise<void> => {
  const answer = front.ask(question, name);
  await settle();
  front.pressKey({ name: 'enter' });
  await answer;
};

const showAll = (front: Conversation, messages: readonly Message[]) => {
  for (const message of messages) front.show(message);
};

const showPlan = async (front: Conversation): Promise<void> => {
  showAll(front, [beforeAlarm, policyFinding, alarmHeader, ...alarmIntroduction]);
  await confirm(front, addressQuestion, 'address');
  await confirm(front, amountsQuestion, 'amounts');
  front.show(alarmPlan);
};

const agreeToPlan = async (front: Conversation): Promise<void> => {
  await showPlan(front);
  await confirm(front, goAheadQuestion, ownQuestion('go-ahead'));
};

/** Work that does not end while the page is looked at. */
const keepWorking = (front: Conversation, label: string): void =>
  void front.runWithProgress(label, () => new Promise(() => {}), 'transient').catch(() => undefined);

const completeLines = (front: Conversation, count: number): void => {
  for (let line = 0; line < count; line += 1)
    showAll(front, [planProgress(line, 'begun'), planProgress(line, 'done')]);
};

/** The secret of a phone, always the same. */
const phoneSecret = 'Q3LCBZM342SZZV2HTYYD2JNGEVX4M37BNTV7BSE7BNY5DX4YVLRAC2B33NWN2DDA';

/** The pages while the program runs. */
export const walkPages: readonly Page[] = [
  {
    name: 'first-page',
    play: async (front) => {
      showAll(front, [
        atStart,
        {
          kind: 'heading',
          title: 'Set up your AWS account',
          paragraphs: [
            'You are signed in as the root user of the account 4312-0987-6655, made on 2026-11-27.',
            'Free plan, 100 USD of credit left, until 27 May 2027 or the credit is used up; then the account closes unless you upgrade.',
            'This is a rehearsal on a simulated account: nothing touches AWS. It also plays your phone, your mailbox and the AWS console.',
            '8 steps to do, about 16 minutes.',
            'Nothing changes before you say yes. You can stop at any time and come back.',
          ],
        },
      ]);
      const question: Question = {
        kind: 'choice',
        message: 'Is this the account that you want to set up?',
        cannotGoBack: true,
        options: [
          { value: 'yes', label: 'Yes' },
          { value: 'list', label: 'Yes, show the list of steps' },
          { value: 'no', label: 'No, another account' },
        ],
        default: 'yes',
      };
      await leaveOpen(front, question, ownQuestion('account'));
    },
  },
  {
    name: 'step',
    play: async (front) => {
      showAll(front, [beforeAlarm, policyFinding, alarmHeader, ...alarmIntroduction]);
      await confirm(front, addressQuestion, 'address');
      await leaveOpen(front, amountsQuestion, 'amounts');
    },
  },
  {
    name: 'manual-task',
    play: async (front) => {
      showAll(front, [
        createWalkHeader({}, { current: 'root-mfa' }),
        {
          kind: 'heading',
          title: 'Root MFA',
          paragraphs: [
            'The root user can do everything, and nothing limits it.',
            'With a second factor (MFA), a stolen password is not enough.',
          ],
        },
        { kind: 'finding', status: 'unmet', summary: 'The password alone opens the whole account' },
        {
          kind: 'manual-task',
          id: 'root-mfa',
          doneQuestion: 'done',
          url: 'https://console.aws.amazon.com/iam/home#/security_credentials',
          instructions: [
            'Open the page below as the root user, and choose "Assign MFA device". A passkey is best: it cannot be phished.',
            'Assign a second device and keep it elsewhere. With only one, a lost phone locks you out.',
            'Check that the e-mail address and phone number are yours: they are the way back in.',
          ],
        },
      ]);
      const question: Question = {
        kind: 'choice',
        message: 'Waiting for MFA on the root user',
        help: 'It goes on by itself as soon as AWS shows it.',
        options: [
          { value: 'rehearse', label: 'Rehearse: turn MFA on for me' },
          { value: 'later', label: 'Leave it for later' },
        ],
      };
      void front.askUntil(question, 'done', () => new Promise(() => {})).catch(() => undefined);
      await settle();
    },
  },
  {
    name: 'consent',
    play: async (front) => {
      await showPlan(front);
      await leaveOpen(front, goAheadQuestion, ownQuestion('go-ahead'));
    },
  },
  {
    name: 'plan-half-done',
    play: async (front) => {
      await agreeToPlan(front);
      completeLines(front, 4);
      front.show(planProgress(4, 'begun'));
      keepWorking(front, alarmPlan.lines[4]?.why ?? '');
      await settle();
    },
  },
  {
    name: 'plan-waits-for-mail',
    play: async (front) => {
      await agreeToPlan(front);
      completeLines(front, 5);
      showAll(front, [
        planProgress(5, 'begun'),
        {
          kind: 'manual-task',
          id: 'confirm-email',
          doneQuestion: 'confirmed',
          instructions: [
            'Open the mail "AWS Notification - Subscription Confirmation" to owner@example.com.',
            'Copy the link "Confirm subscription", don\'t click it, and paste it here. A link that was clicked can be undone by mail scanners.',
          ],
        },
        {
          kind: 'text',
          text: 'Mail to owner@example.com: AWS Notification - Subscription Confirmation',
        },
        { kind: 'text', text: 'https://sns.us-east-1.amazonaws.com/confirmation.html?…' },
      ]);
      const question: Question = {
        kind: 'choice',
        message: 'Waiting for you to confirm the mail',
        help: 'It goes on by itself as soon as AWS shows it.',
        options: [
          { value: 'paste', label: 'Paste the link from the mail' },
          { value: 'missing', label: 'It did not come' },
          { value: 'later', label: 'Leave it for later', hint: 'the link is valid for two days' },
        ],
      };
      void front.askUntil(question, 'confirmed', () => new Promise(() => {})).catch(() => undefined);
      await settle();
    },
  },
  {
    name: 'menu',
    play: async (front) => {
      front.show(menuHeader);
      await leaveOpen(front, menuQuestion, ownQuestion('list'));
    },
  },
  {
    name: 'help',
    play: async (front) => {
      await showPlan(front);
      await leaveOpen(front, goAheadQuestion, ownQuestion('go-ahead'));
      front.pressKey({ name: 'text', text: '?' });
    },
  },
  {
    name: 'qr',
    play: async (front) => {
      front.show(createWalkHeader({ 'root-mfa': 'met' }, { current: 'admin-user' }));
      const page = front.showSecretWhile(
        {
          kind: 'qr',
          title: 'The phone of admin',
          uri: `otpauth://totp/AWS:admin@431209876655?secret=${phoneSecret}&issuer=AWS`,
          secret: phoneSecret,
          instructions: [
            "Open Google or Microsoft Authenticator, 1Password, or your phone's Passwords app.",
            'Scan this code, or type the secret.',
            'Type its next two codes.',
          ],
          fallbackInstructions: ['Type the secret into the app.', 'Type its next two codes.'],
          getLiveLine: () => 'Practice phone: 128 981 (18 s)',
        },
        () =>
          front.ask(
            {
              kind: 'secret',
              message: 'First code',
              help: 'Enter: the phone types it.',
              pattern: /^\d{6}$/,
              rule: 'A code has six digits',
              max: 9,
            },
            'code-1',
          ),
      );
      page.catch(() => undefined);
      await settle();
    },
  },
  {
    name: 'password',
    play: async (front) => {
      front.show(createWalkHeader({ 'root-mfa': 'met' }, { current: 'admin-user' }));
      const page = front.showSecretWhile(
        {
          kind: 'password',
          title: 'The console password of admin',
          userName: 'admin',
          password: 'i72M-5Wrv-J2BV-HDTn-dJrb-VMQ3',
          url: 'https://431209876655.signin.aws.amazon.com/console',
          instructions: [
            'Store all three in your password manager now.',
            'AWS gets the password when you say yes: until then, a lost screen costs nothing.',
          ],
        },
        () =>
          front.ask(
            {
              kind: 'confirm',
              message: 'Have you stored the password?',
              help: 'It is not shown again.',
              default: false,
            },
            'stored',
          ),
      );
      page.catch(() => undefined);
      await settle();
    },
  },
  {
    name: 'warning',
    play: async (front) => {
      await agreeToPlan(front);
      completeLines(front, 3);
      showAll(front, [
        planProgress(3, 'begun'),
        planProgress(3, 'failed'),
        {
          kind: 'text',
          tone: 'warning',
          text: 'AWS refused cloudwatch:PutMetricAlarm: user admin may not do this here. Ask whoever manages the account for the permission, then run this step again.',
        },
        {
          kind: 'finding',
          status: 'unmet',
          summary: 'No alarm on what the account costs',
        },
      ]);
      await leaveOpen(front, goOnQuestion, ownQuestion('next'));
    },
  },
];

const signIn = {
  label: 'Sign in from now on',
  text: 'https://431209876655.signin.aws.amazon.com/console as admin, with a code from the phone',
};
const lostPhone = {
  label: 'Lost your phone?',
  text: 'Root: choose "Troubleshoot MFA" when you sign in; AWS mails and calls you. Others: an administrator removes the device in IAM.',
};
const practiceCommand = 'npx aws-first-steps';
const home = '--practice --home /dev/shm/aws-first-steps-KqUl8j';

/** What is printed on the normal screen at the end. */
export const lastPages: readonly { name: string; summary: SummaryMessage }[] = [
  {
    name: 'last-page-done',
    summary: {
      kind: 'summary',
      title: 'Your practice account is set up.',
      subtitle: '4312-0987-6655 · 28 Nov 2026',
      entries: [],
      facts: [
        signIn,
        {
          label: 'You are warned',
          text: 'at 5 and 20 USD, by mail to owner@example.com (proven), budget of 10 USD a month: at 8 and 10 USD, to owner@example.com (on your word)',
        },
        { label: 'It costs', text: 'nothing' },
        lostPhone,
        { label: 'You said so', text: 'Billing access, Groups, Budget' },
        { label: 'Look again', text: `28 Feb 2027: ${practiceCommand} verify ${home}` },
        { label: 'For real', text: practiceCommand },
      ],
      left: [],
    },
  },
  {
    name: 'last-page-things-left',
    summary: {
      kind: 'summary',
      title: '2 things are left',
      subtitle: '4312-0987-6655 · 28 Nov 2026',
      entries: listEntries(menuStates).map((entry) => ({
        ...entry,
        summary: menuHints[entry.id as StepId]
          .replace(/^(?:done|you said so|waiting|to do): /, '')
          .replace(/^skipped/, 'Skipped'),
      })),
      facts: [
        signIn,
        { label: 'It costs', text: 'nothing' },
        lostPhone,
        { label: 'Go on', text: `${practiceCommand} ${home}` },
        { label: 'For real', text: practiceCommand },
      ],
      left: [
        'Billing alarm: Confirm the mail "AWS Notification - Subscription Confirmation" to owner@example.com',
        'Budget: No budget: nobody is warned before the money is spent',
      ],
    },
  },
];
