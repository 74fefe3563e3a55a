import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Problem } from '../app/http';
import { fetchStats, type Stats, type Workers } from './api';
import type { Feed } from './feed';

/** After a change the figures are asked for again at most this often. */
const ASK_AGAIN_MILLIS = 3_000;

/**
 * The server's figures, for the sections that show them. There is no stream of figures: they are asked for when the section opens,
 * when the stream of jobs tells of work that changes them, every few seconds while an embedder is at work, and on demand.
 */
export class StatsSource implements ReactiveController {
  value: Stats | undefined;
  problem: Problem | undefined;
  loading = false;
  /** When the shown figures came, in milliseconds since 1970. */
  at = 0;

  #stop: (() => void) | undefined;
  #askedAt = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #embeds = false;
  readonly #host: ReactiveControllerHost & { feed: Feed };

  constructor(host: ReactiveControllerHost & { feed: Feed }) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#stop ??= this.#host.feed.listen({
      job: () => this.#askSoon(),
      workers: (workers) => this.#follow(workers),
      ask: () => this.#askSoon(),
    });
  }

  hostConnected(): void {
    void this.load();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    clearTimeout(this.#soon);
    this.#soon = undefined;
  }

  readonly load = async (): Promise<void> => {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.loading = true;
    this.#askedAt = performance.now();
    this.#host.requestUpdate();
    const answer = await fetchStats();
    this.loading = false;
    if (answer.ok) {
      this.value = answer.value;
      this.at = Date.now();
    }
    this.problem = answer.ok ? undefined : answer.problem;
    this.#host.requestUpdate();
    if (this.#embeds && this.#stop) this.#askSoon();
  };

  #follow(workers: Workers): void {
    this.#embeds = workers.workers.some(
      ({ kind, state }) => kind === 'embed' && state === 'running',
    );
    this.#askSoon();
  }

  #askSoon(): void {
    if (this.loading) return;
    const since = performance.now() - this.#askedAt;
    this.#soon ??= setTimeout(this.load, Math.max(0, ASK_AGAIN_MILLIS - since));
  }
}
