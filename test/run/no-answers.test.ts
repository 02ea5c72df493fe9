import { CreateGroupCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { createJournalPlugin, Journal, readJournal } from '../../src/state/journal.ts';
import { checkSteps } from '../../src/run/check.ts';
import { allSteps } from '../../src/steps/index.ts';
import { accountThatAnswers } from '../_support/http-account.ts';
import { fastClock, openSession, startPracticeRun } from '../_support/practice-run.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

const noAnswers = [
  ['nothing', ''],
  ['an object with nothing in it', '{}'],
  ['other XML', '<Response><Status>ok</Status></Response>'],
  ['an error document', '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>'],
] as const;

describe('a server that answers otherwise, with the status of a success,', () => {
  it.each(noAnswers)('leaves no step done or to do: %s', async (_name, body) => {
    const rehearsal = await startPracticeRun();
    const session = await openSession(rehearsal);
    const { aws } = await accountThatAnswers((response) => response.end(body));
    const results = await checkSteps(allSteps, { ...session, aws });
    const judged = results.filter(({ finding }) => finding.status !== 'unknown');
    expect(judged.map(({ step }) => step.id)).toEqual([]);
  });

  it.each(noAnswers)('leaves no change done in the journal: %s', async (_name, body) => {
    const folder = await temporaryFolder();
    const { aws } = await accountThatAnswers((response) => response.end(body));
    const journalled = aws.withPlugin(createJournalPlugin(new Journal(folder, fastClock())));
    await expect(journalled.iam.send(new CreateGroupCommand({ GroupName: 'developers' }))).rejects.toThrow(
      'not as AWS does',
    );
    expect((await readJournal(folder)).map(({ phase }) => phase)).toEqual(['begin', 'failed']);
  });
});
