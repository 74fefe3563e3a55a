const whole = new Intl.NumberFormat();
const UNITS = ['KB', 'MB', 'GB', 'TB'];

/** "640 B", "12.3 KB", "1.4 GB": powers of ten, three digits. */
export function bytesWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  let value = bytes;
  let unit = -1;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

export function wholeNumber(value: number): string {
  return whole.format(value);
}

/** Share in whole percent that never claims 100 before all is done, nor 0 when something is. */
export function percentOf(part: number, all: number): number {
  if (all <= 0) return 100;
  if (part >= all) return 100;
  if (part <= 0) return 0;
  return Math.min(99, Math.max(1, Math.round((part / all) * 100)));
}
