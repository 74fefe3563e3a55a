/** The Tidemark engine: a local-first SQLite database shared by all tabs of one user, kept in step with a server. */

export type Value = string | number | null;
export type Row = Record<string, Value>;

export interface OpenOptions {
  /** Names the local database, its lock, hub and directory: `[A-Za-z0-9_-]{1,64}`. One per signed-in user. */
  database: string;
  /** The id of the signed-in user; author of the events written here. */
  user: string;
  /** Where the engine's scripts are served; default `/engine/`. */
  engineUrl?: string;
  /** Base of the HTTP interface; default `/api/v1`. `null` works on this device only, without a server. */
  serverUrl?: string | null;
  /** Flushes confirmed events to disk at every commit as well; slower, and only of use without a server. */
  durableConfirm?: boolean;
}

/** An event as a database without a server takes it: the program says who wrote it and when. */
export interface LocalEvent {
  id: string;
  type: string;
  author: string;
  /** Milliseconds since 1970. */
  clientTime: number;
  payload: Record<string, unknown>;
}

export interface Status {
  /** What this tab's worker is: it owns the database, follows another tab's, or keeps everything in memory only. */
  role: 'owner' | 'follower' | 'memory';
  /** Tab id of the owner, or null while one is being chosen. */
  owner: string | null;
  /** Counts ownerships; 0 until an owner is known. */
  epoch: number;
  /** Whether the event stream is connected. */
  online: boolean;
  /** Own events that the server has not confirmed yet. */
  pending: number;
  /** Own events that the server refused and nobody has retried or discarded. */
  refused: number;
  /** Positions applied here, `SPACE:POSITION:HASH,...`. */
  cursor: string;
  /** Whether this tab could take over at once: its worker waits with everything loaded. */
  standby: boolean;
  /** What stands in the way of sync, for people: null when nothing does. */
  problem: { code: string; detail: string } | null;
}

/** Rejections of the engine's promises. `retry` says whether trying again later can help. */
export interface TidemarkError extends Error {
  code: string;
  retry: boolean;
}

export interface Result<T> {
  rows: T[];
  added: T[];
  removed: T[];
  /** Rows that kept their identity (`id`, or `space` and `id`, where selected) and differ in another column; new values. */
  changed: T[];
}

export interface Subscription {
  close(): void;
}

export interface NewEvent {
  space: string;
  type: string;
  payload: Record<string, unknown>;
}

export interface Sent {
  id: string;
  /** Resolves with the position the server gave, rejects with the refusal. Survives a change of owner. */
  confirmed: Promise<number>;
}

export interface SearchHit {
  space: string;
  channel: string;
  id: string;
  thread: string | null;
  author: string;
  created_at: number;
  /** Text around the match; matched words stand between U+0001 and U+0002. */
  snippet: string;
}

export interface Tidemark {
  readonly tabId: string;
  status(): Status;
  onStatus(callback: (status: Status) => void): Subscription;
  /**
   * Runs one read-only statement over the views `spaces`, `channels`, `messages`, `reactions`, `members`, `documents`,
   * `profiles`, `read_marks` and `outbox`.
   */
  query<T = Row>(sql: string, params?: readonly Value[]): Promise<T[]>;
  /** A live query: the callback gets the full result first, then every change. */
  subscribe<T = Row>(
    sql: string,
    params: readonly Value[],
    callback: (result: Result<T>) => void,
    onError?: (error: TidemarkError) => void,
  ): Subscription;
  /**
   * Resolves once the event is durable in this browser; where nothing can be stored (role `memory`), once the server has it.
   */
  send(event: NewEvent): Promise<Sent>;
  /** For databases opened with `serverUrl: null`, where this program is the authority. */
  readonly local: {
    /** Applies events as confirmed, in this order, in one transaction; those known by id are skipped. */
    apply(space: string, events: readonly LocalEvent[]): Promise<void>;
    /** Writes one event as pending, durably. */
    send(event: LocalEvent & { space: string }): Promise<string>;
  };
  /** Sends a refused event once more, as a new event. */
  retry(space: string, id: string): Promise<Sent>;
  /** Forgets a refused event and what it did here. */
  discard(space: string, id: string): Promise<void>;
  /** Newest-first full text search in the local messages; words are matched by prefix, quotes make phrases. */
  search(text: string, options?: { space?: string; channel?: string; limit?: number }): Promise<SearchHit[]>;
  /**
   * Leaves for good: closes the worker of this tab and lets go of its locks. Calls that wait for an answer fail with
   * `closed` (a write among them may have been stored), and so do later ones.
   */
  close(): Promise<void>;
}

/** Opens the database of one user in this tab. Loads SQLite lazily, in a worker. */
export function open(options: OpenOptions): Promise<Tidemark>;

/** Removes a closed database from this browser: sign-out on a shared computer. */
export function remove(database: string): Promise<void>;
