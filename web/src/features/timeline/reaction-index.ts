import type { ReactiveControllerHost } from 'lit';
import { Live } from '../../engine/live';
import type { Message, Reaction } from './messages';

/** Parameter lists come in a few lengths only, so that few statements are prepared. */
const BATCH_IDS = 32;
const NONE: readonly Reaction[] = [];

/** The reactions to the messages that an element shows, by message, kept by one live query. */
export class ReactionIndex {
  private readonly live: Live<Reaction>;
  private index = new Map<string, Reaction[]>();

  constructor(host: ReactiveControllerHost & { readonly isConnected: boolean }) {
    this.live = new Live<Reaction>(host, (rows) => this.take(rows));
  }

  of(message: string): readonly Reaction[] {
    return this.index.get(message) ?? NONE;
  }

  clear(): void {
    this.live.ignore();
    this.index = new Map();
  }

  /** Follows the reactions to those of the rows that have any. */
  watch(space: string, rows: readonly Message[]): void {
    const ids = rows.filter((row) => row.reactions > 0).map((row) => row.id);
    if (ids.length === 0) {
      this.clear();
      return;
    }
    const length = Math.ceil(ids.length / BATCH_IDS) * BATCH_IDS;
    const padded = [...ids, ...Array<string>(length - ids.length).fill('')];
    this.live.ask(
      `select message, author, emoji from reactions where space = ? and message in (${padded.map(() => '?').join(',')}) order by message, emoji, author`,
      [space, ...padded],
    );
  }

  private take(rows: readonly Reaction[]): void {
    const index = new Map<string, Reaction[]>();
    for (const row of rows) {
      const list = index.get(row.message);
      if (list) list.push(row);
      else index.set(row.message, [row]);
    }
    // Messages whose reactions did not change keep their list, so that their elements do not render.
    for (const [id, list] of index) {
      const before = this.index.get(id);
      if (before && JSON.stringify(before) === JSON.stringify(list)) index.set(id, before);
    }
    this.index = index;
  }
}
