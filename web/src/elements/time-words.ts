// Times in the reader's language and zone. Formatters are made once: making one costs more than using it a thousand times.
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const dayOfYear = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  month: 'long',
  day: 'numeric',
});
const dayOfOtherYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const shortDay = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const shortDayOfOtherYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

const MINUTE_MILLIS = 60_000;
const HOUR_MILLIS = 60 * MINUTE_MILLIS;
const DAY_MILLIS = 24 * HOUR_MILLIS;

export function clockTime(at: number): string {
  return clock.format(at);
}

/** The time of day in as little room as it takes: without AM or PM. */
export function shortClockTime(at: number): string {
  return clock
    .formatToParts(at)
    .filter(({ type }) => type === 'hour' || type === 'minute')
    .map(({ value }) => value)
    .join(':');
}

export function exactTime(at: number): string {
  return exact.format(at);
}

/**
 * "just now" and "5 min ago" within the hour; then the time of day. With `date`, for places without day separators, other days are
 * named.
 */
export function relativeTime(at: number, now: number, show: 'relative' | 'date'): string {
  const ago = now - at;
  // A clock of another computer may run a little ahead.
  if (ago > -MINUTE_MILLIS && ago < MINUTE_MILLIS) return 'just now';
  if (ago >= MINUTE_MILLIS && ago < HOUR_MILLIS)
    return `${Math.floor(ago / MINUTE_MILLIS)} min ago`;
  if (show === 'relative' || sameDay(at, now)) return clock.format(at);
  return sameYear(at, now) ? shortDay.format(at) : shortDayOfOtherYear.format(at);
}

/** "Today", "Yesterday", "Tuesday, November 17", "Saturday, December 25, 2004". */
export function dayName(at: number, now: number): string {
  if (sameDay(at, now)) return 'Today';
  if (sameDay(at, now - DAY_MILLIS)) return 'Yesterday';
  return sameYear(at, now) ? dayOfYear.format(at) : dayOfOtherYear.format(at);
}

export function sameDay(a: number, b: number): boolean {
  const first = new Date(a);
  const second = new Date(b);
  return (
    first.getDate() === second.getDate() &&
    first.getMonth() === second.getMonth() &&
    first.getFullYear() === second.getFullYear()
  );
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}
