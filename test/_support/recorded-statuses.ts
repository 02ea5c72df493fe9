import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepStatus } from '../../src/core/status.ts';

/** What a progress file says of a step that was looked at. */
export type RecordedStatus = { status?: StepStatus; lookedAt?: string };

/** What the last look at each step found, as the progress file in `folder` has it; nothing where there is no file. */
export const readRecordedStatuses = async (
  folder: string,
): Promise<Readonly<Record<string, RecordedStatus>>> => {
  const text = await readFile(join(folder, 'progress.json'), 'utf8').catch(() => '{"steps":{}}');
  return (JSON.parse(text) as { steps: Record<string, RecordedStatus> }).steps;
};
