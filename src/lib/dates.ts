/** The date in UTC: `2026-11-23`. */
export const formatDay = (moment: Date): string => moment.toISOString().slice(0, 10);

/** Date and time in UTC, because it may be read in another time zone: `2026-11-23 13:41 UTC`. */
export const formatMinute = (moment: Date): string =>
  `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
