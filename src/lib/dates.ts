/** The date in UTC: `2026-11-23`. */
export const formatDay = (moment: Date): string => moment.toISOString().slice(0, 10);

/** Date and time in UTC, because it may be read in another time zone: `2026-11-23 13:41 UTC`. */
export const formatMinute = (moment: Date): string =>
  `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const localTimeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const localDayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });

/** The time on the owner's clock: `03:42`, and on another day than `now` `03:42 on 27 November`. */
export const formatLocalTime = (moment: Date, now = new Date()): string => {
  const [time, day] = [localTimeFormat.format(moment), localDayFormat.format(moment)];
  return day === localDayFormat.format(now) ? time : `${time} on ${day}`;
};
