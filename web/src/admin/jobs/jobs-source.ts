import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Problem } from '../../app/http';
import { fetchJobs, type Job } from '../api';
import { Listening, type Feed } from '../feed';
import { filtersToQuery, pagesOf, type Filters } from './filters';
import { fromAnswer, withUpdate, type JobPage } from './job-page';

/** The stream opens sooner than this on any usable network; then the first question is the only one. */
const STREAM_FIRST_MILLIS = 300;
/** A page whose rows only the server knows is asked for again at most this often. */
const ASK_AGAIN_MILLIS = 2_000;

type Host = ReactiveControllerHost & { feed: Feed };

/** One page of jobs: asked for by the filters, kept up to date by the stream. */
export class JobsSource implements ReactiveController {
  /** Undefined until the first answer. */
  page: JobPage | undefined;
  problem: Problem | undefined;
  /** The rows are those of the filters before: the answer to the present ones is awaited. */
  awaited = true;
  /** Called when the wanted page is behind the last one, with the filters that lead there. */
  onBehindLast: (filters: Filters) => void = () => {};

  #filters: Filters;
  #asked = 0;
  #askedAt = 0;
  #loading = false;
  /** Updates that came since the question that is under way. */
  #meanwhile: Job[] = [];
  #again: ReturnType<typeof setTimeout> | undefined;
  #first: ReturnType<typeof setTimeout> | undefined;
  readonly #host: Host;
  readonly #listening: Listening;

  constructor(host: Host, filters: Filters) {
    this.#host = host;
    this.#filters = filters;
    this.#listening = new Listening(host, {
      job: (job) => this.take(job),
      ask: () => {
        // A question that is under way is given its time; after a break it may have been asked too early.
        if (!this.#loading || host.feed.state === 'live') void this.load();
      },
    });
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#host.feed.state === 'live') void this.load();
    else this.#first = setTimeout(() => this.#asked === 0 && this.load(), STREAM_FIRST_MILLIS);
  }

  hostUpdate(): void {
    this.#listening.feed = this.#host.feed;
  }

  hostDisconnected(): void {
    clearTimeout(this.#first);
    clearTimeout(this.#again);
    this.#again = undefined;
  }

  /** Asks for what other filters let through; resolves when that is shown, or could not be fetched. */
  async look(filters: Filters): Promise<void> {
    this.#filters = filters;
    this.awaited = true;
    await this.load();
  }

  /** Takes in what is known of one job, from the stream or from an answer. */
  take(job: Job): void {
    if (this.#loading) this.#meanwhile.push(job);
    if (!this.page) return;
    this.page = withUpdate(this.page, this.#filters, job);
    if (this.page.stale) this.#loadSoon();
    this.#host.requestUpdate();
  }

  readonly load = async (): Promise<void> => {
    clearTimeout(this.#again);
    this.#again = undefined;
    const number = ++this.#asked;
    const filters = this.#filters;
    const before = this.page;
    this.#meanwhile = [];
    this.#loading = true;
    this.#askedAt = performance.now();
    this.#host.requestUpdate();
    const answer = await fetchJobs(filtersToQuery(filters));
    // A later question has been asked meanwhile: its answer is the one that counts.
    if (number !== this.#asked) return;
    this.#loading = false;
    this.awaited = false;
    this.#host.requestUpdate();
    this.problem = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return;
    const pages = pagesOf(answer.value.total, filters.pageSize);
    if (filters.page > pages) {
      this.onBehindLast({ ...filters, page: pages });
      return;
    }
    this.page = fromAnswer(answer.value, filters, this.#meanwhile, before);
    if (this.page.stale) this.#loadSoon();
  };

  #loadSoon(): void {
    const since = performance.now() - this.#askedAt;
    this.#again ??= setTimeout(this.load, Math.max(0, ASK_AGAIN_MILLIS - since));
  }
}
