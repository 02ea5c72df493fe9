import { freePlanWarning } from '../../core/account-plan.ts';
import type { HelpPage } from '../../core/dialogue.ts';
import type { AnyStep } from '../../core/step.ts';
import { explainWords } from '../../steps/shared/words.ts';

const formatMinutes = (minutes: number): string => (minutes === 1 ? 'a minute' : `${minutes} minutes`);

const createStepHelpPage = ({ title, cost, minutes, help }: AnyStep): HelpPage => ({
  title: `Help: ${title}`,
  paragraphs: [
    `Cost: ${cost}. Time: about ${formatMinutes(minutes)}.`,
    `If you skip it: ${help.ifSkipped}`,
    `To undo it: ${help.undo}`,
  ],
  words: help.words,
  url: help.url,
});

/** Help on the first page and in the list of steps. */
const generalHelpPage: HelpPage = {
  title: 'Help',
  paragraphs: [
    'This program secures a new AWS account and makes AWS warn you before a bill gets high.',
    'Nothing changes before you say yes. Each step shows its changes and their price first.',
    'To stop, press Ctrl-C: what is done stays done. To come back, run the same command again.',
    freePlanWarning,
  ],
  words: explainWords('account', 'root user', 'Region', 'IAM'),
  // About the two plans, and what ends the free one.
  url: 'https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/free-tier-plans.html',
};

/** What the owner reads who asks for help: in a step, or where no step is open. */
export const createHelpPage = (step: AnyStep | undefined): HelpPage =>
  step ? createStepHelpPage(step) : generalHelpPage;
