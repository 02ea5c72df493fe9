/** The day of a moment, in UTC: `2026-11-23`. */
export const formatDay = (moment: Date): string => moment.toISOString().slice(0, 10);

/** The minute of a moment, in UTC, since it is read in other places than where it was written: `2026-11-23 13:41 UTC`. */
export const formatMinute = (moment: Date): string =>
  `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
