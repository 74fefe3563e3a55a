import { sameDay } from '../../elements/time-words';
import type { Message } from './messages';

/** Messages of one author within this time stand under one name. */
const GROUP_MILLIS = 5 * 60_000;

/** How a message stands below the one before it. */
export interface RowPlace {
  /** A line with the day stands above it. */
  readonly newDay: boolean;
  /** The line "New" stands above it. */
  readonly firstNew: boolean;
  /** Shown without its author, who is that of the message above. */
  readonly compact: boolean;
}

/** What decides where the line of new messages stands. */
export interface Reading {
  readonly me: string;
  /** Everything up to this position was read before; null shows no line. */
  readonly readUpTo: number | null;
  /** Whether the rows begin with the first message there is. */
  readonly atStart: boolean;
}

/** The row above which the line of new messages stands, when that place is among the rows. */
function firstNew(rows: readonly Message[], reading: Reading): Message | undefined {
  const { readUpTo } = reading;
  const first = rows[0];
  if (readUpTo === null || !first) return undefined;
  if (!reading.atStart && (first.position ?? 0) > readUpTo) return undefined;
  return rows.find((row) => (row.position ?? 0) > readUpTo && row.author !== reading.me);
}

/** The place of each row, in order. */
export function places(rows: readonly Message[], reading: Reading): RowPlace[] {
  const marked = firstNew(rows, reading);
  return rows.map((row, at) => {
    const before = rows[at - 1];
    const newDay = !before || !sameDay(row.created_at, before.created_at);
    const compact =
      !newDay &&
      row !== marked &&
      before.author === row.author &&
      row.created_at - before.created_at < GROUP_MILLIS &&
      !row.pinned;
    return { newDay, firstNew: row === marked, compact };
  });
}
