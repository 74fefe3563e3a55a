// The engine without user interface or account, on the path that the product takes: event rows, projections, full text, cursor
// or outbox. Its database, locks and hub have names of their own. docs/operating.md says how it is measured.
import { type LocalEvent, open, type Subscription, type Tidemark } from '/engine/tidemark.js';

/** An event as benchmarks write it down: a message, an edit or a reaction. */
type BenchEvent =
  | {
      t: 'c';
      eid: string;
      at: number;
      id: string;
      channel: string;
      author: string;
      body: string;
      created_at: number;
    }
  | { t: 'e'; eid: string; at: number; id: string; body: string; edited_at: number }
  | {
      t: 'r';
      eid: string;
      at: number;
      id: string;
      author: string;
      emoji: string;
      reactions: number;
    };

interface BenchRow {
  id: string;
  channel: string;
  author: string;
  body: string;
  created_at: number;
  edited_at: number | null;
  reactions: number;
}

const SPACE = 'bench';
const MAX_EVENTS = 500;
const TIMELINE =
  'select id, channel, author, body, created_at, edited_at, reactions from messages' +
  ' where space = ? and channel = ? and thread is null order by order_key desc limit ?';

let engine: Tidemark | undefined;

function opened(): Tidemark {
  if (!engine) throw new Error('call open() first');
  return engine;
}

function toLocal(event: BenchEvent): LocalEvent {
  switch (event.t) {
    case 'c':
      return {
        id: event.eid,
        type: 'message.created',
        author: event.author,
        clientTime: event.created_at,
        payload: { messageId: event.id, channelId: event.channel, body: event.body },
      };
    case 'e':
      return {
        id: event.eid,
        type: 'message.edited',
        author: 'bench',
        clientTime: event.edited_at,
        payload: { messageId: event.id, body: event.body },
      };
    case 'r':
      return {
        id: event.eid,
        type: 'reaction.added',
        author: event.author,
        clientTime: event.at,
        payload: { messageId: event.id, emoji: event.emoji },
      };
  }
}

const benchContender = {
  info: () => ({
    name: 'tidemark',
    engine: 'Java (TeaVM) over sqlite-wasm, bare exports',
    storage: 'OPFS sahpool, WAL, exclusive, synchronous=FULL',
    tabId: engine?.tabId ?? null,
    status: engine?.status() ?? null,
  }),

  /** Resolves once some tab has the database open. */
  async open(): Promise<void> {
    engine = await open({
      database: 'bench',
      user: 'bench',
      serverUrl: null,
      durableConfirm: true,
    });
    await engine.query('select 1');
  },

  async applyEvents(events: readonly BenchEvent[]): Promise<void> {
    if (events.length > MAX_EVENTS) {
      throw new RangeError(`at most ${MAX_EVENTS} events a batch, given ${events.length}`);
    }
    await opened().local.apply(SPACE, events.map(toLocal));
  },

  async writeOne(event: BenchEvent): Promise<void> {
    await opened().local.send({ space: SPACE, ...toLocal(event) });
  },

  timeline: (channel: string, limit: number): Promise<BenchRow[]> =>
    opened().query<BenchRow>(TIMELINE, [SPACE, channel, limit]),

  /** The callback gets `{rows, added, removed, changed}`; call what is returned to end it. */
  subscribe(channel: string, limit: number, callback: (result: unknown) => void): () => void {
    const live: Subscription = opened().subscribe<BenchRow>(
      TIMELINE,
      [SPACE, channel, limit],
      callback,
    );
    return () => live.close();
  },

  /** Every commit here is synced, and the owner answers in order. */
  async flush(): Promise<void> {
    await opened().query('select 1');
  },

  async close(): Promise<void> {
    await engine?.close();
    engine = undefined;
  },
};

declare global {
  var benchContender: unknown;
}
globalThis.benchContender = benchContender;
