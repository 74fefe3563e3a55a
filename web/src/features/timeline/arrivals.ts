import type { Message } from './messages';

/** So many at once are counted instead of read out. */
const MOST_READ_OUT = 3;
const MOST_CHARACTERS = 200;

/** What came in since a timeline was opened: the number for the button, the words for who listens. */
export class Arrivals {
  /** Messages of others that came while the reader looked elsewhere. */
  waiting = 0;
  /** For the live region. */
  words = '';
  private newest = 0;

  /**
   * Takes the rows up to the newest message there is.
   *
   * @param away whether the reader is not at the end
   */
  take(
    rows: readonly Message[],
    me: string,
    away: boolean,
    nameOf: (author: string) => string,
  ): void {
    const newest = rows.findLast((row) => row.position !== null)?.position ?? 0;
    if (this.newest > 0 && newest > this.newest) {
      const fresh = rows.filter((row) => (row.position ?? 0) > this.newest && row.author !== me);
      if (fresh.length > 0) this.words = wordsFor(fresh, nameOf);
      if (away) this.waiting += fresh.length;
    }
    this.newest = Math.max(newest, this.newest);
  }

  seen(): void {
    this.waiting = 0;
  }
}

function wordsFor(fresh: readonly Message[], nameOf: (author: string) => string): string {
  return fresh.length > MOST_READ_OUT
    ? `${fresh.length} new messages`
    : fresh.map((row) => `${nameOf(row.author)}: ${row.body.slice(0, MOST_CHARACTERS)}`).join('. ');
}
