// The only door to the engine. The rest of the pages see a database that answers and tells of changes; that there are workers,
// an owner and a hub stays in here.
import type {
  NewEvent,
  SearchHit,
  Sent,
  Status,
  Subscription,
  Tidemark,
  TidemarkError,
  Value,
} from '/engine/tidemark.js';

export type { NewEvent, SearchHit, Sent, Status, Subscription, TidemarkError, Value };

declare global {
  interface Window {
    tidemark?: Tidemark;
    __TAB_ID?: string;
    readonly __ACTIVE?: string | null;
    __sendQuery?: (sql: string, requestId: string) => Promise<QueryResponse>;
  }
}

interface QueryResponse {
  type: 'QUERY_RESPONSE';
  requestId: string;
  result: unknown[];
}

/** Shown until the engine has told its own. */
const STARTING: Status = {
  role: 'follower',
  owner: null,
  epoch: 0,
  online: false,
  pending: 0,
  refused: 0,
  cursor: '',
  standby: false,
  problem: null,
};

type StatusListener = (status: Status) => void;

let opened = Promise.withResolvers<Tidemark>();
let engine: Tidemark | undefined;
let openedDatabase: string | undefined;
const statusListeners = new Set<StatusListener>();
let lastStatus = STARTING;

/** Opens the local database of a user in this tab. Queries and subscriptions made before wait for it. */
export async function openEngine(userId: string): Promise<void> {
  const { open } = await import('/engine/tidemark.js');
  engine = await open({ database: userId, user: userId });
  openedDatabase = userId;
  publishForTests(engine);
  engine.onStatus((status) => {
    lastStatus = status;
    for (const listener of statusListeners) listener(status);
  });
  opened.resolve(engine);
}

/** Closes this tab's part of the engine. The data stays; other tabs go on. */
export async function closeEngine(): Promise<void> {
  const closing = engine;
  engine = undefined;
  opened = Promise.withResolvers<Tidemark>();
  delete window.tidemark;
  delete window.__TAB_ID;
  await closing?.close();
}

/** Deletes the local database of a user from this browser; every tab must have closed it. */
export async function removeLocalData(userId = openedDatabase): Promise<void> {
  if (userId === undefined) return;
  const { remove } = await import('/engine/tidemark.js');
  await remove(userId);
}

export function tabId(): string | undefined {
  return engine?.tabId;
}

export async function query<T>(sql: string, params: readonly Value[] = []): Promise<T[]> {
  return (await opened.promise).query<T>(sql, params);
}

/** A live query. The callback gets all rows, in the query's order, first and after every change. */
export function subscribe<T>(
  sql: string,
  params: readonly Value[],
  callback: (rows: T[]) => void,
  onError?: (error: TidemarkError) => void,
): Subscription {
  let closed = false;
  let inner: Subscription | undefined;
  void opened.promise.then((ready) => {
    if (closed) return;
    inner = ready.subscribe<T>(
      sql,
      params,
      ({ rows }) => {
        if (!closed) callback(rows);
      },
      onError ?? ((error) => console.error('a live query failed:', error.code, error.message)),
    );
  });
  return {
    close() {
      closed = true;
      inner?.close();
    },
  };
}

export async function send(event: NewEvent): Promise<Sent> {
  const sent = await (await opened.promise).send(event);
  // A refusal is shown from the outbox, wherever the promise went.
  sent.confirmed.catch(() => undefined);
  return sent;
}

export async function retry(space: string, eventId: string): Promise<void> {
  const sent = await (await opened.promise).retry(space, eventId);
  sent.confirmed.catch(() => undefined);
}

export async function discard(space: string, eventId: string): Promise<void> {
  await (await opened.promise).discard(space, eventId);
}

export async function search(
  text: string,
  options: { space?: string; limit?: number } = {},
): Promise<SearchHit[]> {
  return (await opened.promise).search(text, options);
}

export function status(): Status {
  return lastStatus;
}

/** Tells the present status at once and every later one. */
export function onStatus(listener: StatusListener): Subscription {
  statusListeners.add(listener);
  listener(lastStatus);
  return { close: () => statusListeners.delete(listener) };
}

/** The names that tests and people in the console use (docs: the public contract of the browser). */
function publishForTests(ready: Tidemark): void {
  window.tidemark = ready;
  window.__TAB_ID = ready.tabId;
  Object.defineProperty(window, '__ACTIVE', {
    configurable: true,
    get: () => engine?.status().owner ?? null,
  });
  window.__sendQuery = async (sql, requestId) => ({
    type: 'QUERY_RESPONSE',
    requestId,
    result: await query(sql),
  });
}
