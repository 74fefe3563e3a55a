/** Where rows of one timeline come from; the engine in the app, an array in tests. */
export interface TimelineSource<R extends Keyed> {
  /** Up to `limit` rows with keys below `before`, ascending. */
  older(before: number, limit: number): Promise<R[]>;
  /** Up to `limit` rows with keys above `after`, ascending. */
  newer(after: number, limit: number): Promise<R[]>;
  /** Keeps telling the newest `limit` rows with `from <= key <= to`, ascending. */
  watch(from: number, to: number, limit: number, callback: (rows: R[]) => void): { close(): void };
}

export interface Keyed {
  readonly id: string;
  readonly order_key: number;
}

interface Shown<R> {
  rows: R[];
  atStart: boolean;
  atEnd: boolean;
}

/** Rows fetched at once. */
export const PAGE_ROWS = 50;
/** Most rows held, and so most elements on the page, however long the timeline is. */
export const MOST_ROWS = 260;
/** Above every key: confirmed ones are positions, pending ones 2^52 and a number. */
export const END_KEY = Number.MAX_SAFE_INTEGER;

/**
 * A stretch of a timeline that slides over it: rows are fetched by key at either end and dropped at the other, so that 100,000
 * messages cost what 260 do. The stretch it shows is live; at the end of the timeline it grows with new rows.
 *
 * Answers that arrive after the window moved elsewhere are dropped (`generation`).
 */
export class TimelineWindow<R extends Keyed> {
  rows: readonly R[] = [];
  /** Nothing older, nothing newer than the rows held. */
  atStart = false;
  atEnd = false;
  /** Whether rows are an answer yet. */
  ready = false;
  private generation = 0;
  /** Rows are on their way: at an end, or instead of these. */
  private loading = false;
  private watching: { close(): void } | undefined;
  private watchDue: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly source: TimelineSource<R>,
    private readonly changed: () => void,
    /** While rows stream in at an end, the live query waits until that pauses. */
    private readonly settleMillis = 120,
  ) {}

  close(): void {
    this.generation++;
    this.unwatch();
  }

  /** Shows the newest rows. */
  async showEnd(): Promise<void> {
    await this.show(async () => {
      const rows = await this.source.older(END_KEY, PAGE_ROWS);
      return { rows, atStart: rows.length < PAGE_ROWS, atEnd: true };
    });
  }

  /** Shows the oldest rows. */
  async showStart(): Promise<void> {
    await this.show(async () => {
      const rows = await this.source.newer(-1, PAGE_ROWS);
      return { rows, atStart: true, atEnd: rows.length < PAGE_ROWS };
    });
  }

  /** Shows the rows around a key: the row with it, or the nearest older one, is among them. */
  async showAround(key: number): Promise<void> {
    await this.show(async () => {
      const [before, after] = await Promise.all([
        this.source.older(key + 1, PAGE_ROWS / 2),
        this.source.newer(key, PAGE_ROWS / 2),
      ]);
      return {
        rows: [...before, ...after],
        atStart: before.length < PAGE_ROWS / 2,
        atEnd: after.length < PAGE_ROWS / 2,
      };
    });
  }

  private async show(fetch: () => Promise<Shown<R>>): Promise<void> {
    const generation = ++this.generation;
    // Until the new rows are here, nothing is fetched at the ends of the old ones.
    this.loading = true;
    try {
      const shown = await fetch();
      if (generation !== this.generation) return;
      this.rows = shown.rows;
      this.atStart = shown.atStart;
      this.atEnd = shown.atEnd;
      this.ready = true;
    } finally {
      if (generation === this.generation) {
        this.loading = false;
        this.unwatch();
        if (this.ready) this.watch();
      }
    }
    this.changed();
  }

  async loadOlder(): Promise<void> {
    const first = this.rows[0];
    if (this.atStart || this.loading || !first) return;
    const page = await this.page(() => this.source.older(first.order_key, PAGE_ROWS));
    if (!page) return;
    this.atStart = page.length < PAGE_ROWS;
    const all = [...page, ...this.rows];
    this.rows = all.slice(0, MOST_ROWS);
    if (all.length > MOST_ROWS) this.atEnd = false;
    this.changed();
  }

  async loadNewer(): Promise<void> {
    const last = this.rows.at(-1);
    if (this.atEnd || this.loading || !last) return;
    const page = await this.page(() => this.source.newer(last.order_key, PAGE_ROWS));
    if (!page) return;
    this.atEnd = page.length < PAGE_ROWS;
    const all = [...this.rows, ...page];
    this.rows = all.slice(-MOST_ROWS);
    if (all.length > MOST_ROWS) this.atStart = false;
    this.changed();
  }

  private async page(fetch: () => Promise<R[]>): Promise<R[] | undefined> {
    const generation = this.generation;
    this.loading = true;
    // The live query of the old stretch must not answer into the new one.
    this.unwatch();
    try {
      const page = await fetch();
      return generation === this.generation ? page : undefined;
    } finally {
      if (generation === this.generation) {
        this.loading = false;
        this.watchDue = setTimeout(() => this.watch(), this.settleMillis);
      }
    }
  }

  private watch(): void {
    const from = this.atStart ? 0 : (this.rows[0]?.order_key ?? 0);
    const to = this.atEnd ? END_KEY : (this.rows.at(-1)?.order_key ?? END_KEY);
    const generation = this.generation;
    this.watching = this.source.watch(from, to, MOST_ROWS, (rows) => {
      if (generation !== this.generation || this.loading) return;
      this.rows = rows;
      if (rows.length === MOST_ROWS) this.atStart = false;
      this.changed();
    });
  }

  private unwatch(): void {
    clearTimeout(this.watchDue);
    this.watching?.close();
    this.watching = undefined;
  }
}
