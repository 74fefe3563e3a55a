import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Job, Workers } from './api';
import { nextFeedStep, retryMillis, type FeedInput, type FeedState } from './feed-state';

const STREAM = '/api/v1/jobs/stream';
/** A break shorter than this is not worth a word. */
const GRACE_MILLIS = 2_500;
/** How often is asked while the stream is broken. */
const ASK_EVERY_MILLIS = 5_000;

/** What a part of the page wants to hear. */
export interface FeedListener {
  job?(job: Job): void;
  workers?(workers: Workers): void;
  /** Ask the server now: the stream has just opened, so changes may have been missed, or it is broken. */
  ask?(): void;
}

/** The page's one stream of changes. It is open while the page is shown. */
export class Feed {
  #state: FeedState = 'connecting';
  #stream: EventSource | undefined;
  #lastWorkers: Workers | undefined;
  #refusals = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #asking: ReturnType<typeof setInterval> | undefined;
  readonly #listeners = new Set<FeedListener>();
  readonly #watchers = new Set<() => void>();

  get state(): FeedState {
    return this.#state;
  }

  open(): void {
    if (this.#stream) return;
    window.addEventListener('online', this.#tryNow);
    const stream = new EventSource(STREAM);
    this.#stream = stream;
    stream.addEventListener('open', () => {
      this.#refusals = 0;
      this.#take('opened');
    });
    stream.addEventListener('job-progress', (event) => {
      const job = JSON.parse((event as MessageEvent<string>).data) as Job;
      for (const listener of this.#listeners) listener.job?.(job);
    });
    stream.addEventListener('worker-status', (event) => {
      this.tellWorkers(JSON.parse((event as MessageEvent<string>).data) as Workers);
    });
    stream.addEventListener('error', () => {
      this.#take('broke');
      // After a lost connection the browser tries again by itself; after a refusal it does not.
      if (stream.readyState === EventSource.CLOSED) this.#tryAgainLater();
    });
  }

  close(): void {
    window.removeEventListener('online', this.#tryNow);
    clearTimeout(this.#retry);
    clearTimeout(this.#waiting);
    clearInterval(this.#asking);
    this.#stream?.close();
    this.#stream = undefined;
    this.#state = 'connecting';
  }

  /** Passes on what is known of the workers, from the stream or from an answer, to everybody now and to those who come later. */
  tellWorkers(workers: Workers): void {
    this.#lastWorkers = workers;
    for (const listener of this.#listeners) listener.workers?.(workers);
  }

  /** Listens until the returned function is called. What is known already is told at once. */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    if (this.#lastWorkers) listener.workers?.(this.#lastWorkers);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back when the state has changed. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #tryAgainLater(): void {
    this.#stream = undefined;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.open(), retryMillis(this.#refusals++, Math.random));
  }

  /** The device has a network again: the pause after a refusal has lost its reason. */
  readonly #tryNow = (): void => {
    if (this.#stream) return;
    clearTimeout(this.#retry);
    this.#refusals = 0;
    this.open();
  };

  #take(input: FeedInput): void {
    const { state, effects } = nextFeedStep(this.#state, input);
    const changed = state !== this.#state;
    this.#state = state;
    for (const effect of effects) {
      switch (effect) {
        case 'catch-up':
          this.#ask();
          break;
        case 'start-waiting':
          this.#waiting = setTimeout(() => this.#take('waited'), GRACE_MILLIS);
          break;
        case 'stop-waiting':
          clearTimeout(this.#waiting);
          break;
        case 'start-asking':
          this.#ask();
          this.#asking = setInterval(() => this.#ask(), ASK_EVERY_MILLIS);
          break;
        case 'stop-asking':
          clearInterval(this.#asking);
          break;
      }
    }
    if (changed) for (const watcher of this.#watchers) watcher();
  }

  #ask(): void {
    for (const listener of this.#listeners) listener.ask?.();
  }
}

/** Ties a listener to the life of an element; the feed may be given later, as a property. */
export class Listening implements ReactiveController {
  #feed: Feed | undefined;
  #stop: (() => void) | undefined;
  readonly #listener: FeedListener;

  constructor(host: ReactiveControllerHost, listener: FeedListener) {
    this.#listener = listener;
    host.addController(this);
  }

  set feed(feed: Feed | undefined) {
    if (feed === this.#feed) return;
    this.hostDisconnected();
    this.#feed = feed;
    this.hostConnected();
  }

  hostConnected(): void {
    this.#stop ??= this.#feed?.listen(this.#listener);
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
