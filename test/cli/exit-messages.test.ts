import { expect, it } from 'vitest';
import { formatStopMessage } from '../../src/cli/exit-messages.ts';

it('says when the owner stops how far it had come, and the command to go on with', () => {
  expect(formatStopMessage({ command: 'setup', practice: true }, '2 of 8 steps')).toBe(
    'Stopped. What is done is kept: 2 of 8 steps. To go on: npx aws-first-steps --practice\n',
  );
  expect(formatStopMessage({ command: 'setup', practice: false })).toBe(
    'Stopped. What is done is kept. To go on: npx aws-first-steps\n',
  );
});
