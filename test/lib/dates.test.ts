import { expect, it } from 'vitest';
import { formatLocalTime } from '../../src/lib/dates.ts';

it('formats the time of the same day without the day, and of another day with it', () => {
  const moment = new Date(2026, 10, 27, 3, 42);
  expect(formatLocalTime(moment, new Date(2026, 10, 27, 9))).toBe('03:42');
  expect(formatLocalTime(moment, new Date(2026, 10, 28, 1))).toBe('03:42 on 27 November');
});
