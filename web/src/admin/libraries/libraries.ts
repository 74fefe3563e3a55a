import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Problem } from '../../app/http';
import '../../elements/empty';
import { icon } from '../../elements/icon';
import '../../elements/skeleton';
import { base, buttons } from '../../elements/styles';
import { toast } from '../../elements/toast';
import { fetchJobs, fetchLibraries, fetchLibrary, type Job, type Library } from '../api';
import { Listening, type Feed } from '../feed';
import { nameOf } from '../jobs/job-words';
import { sections } from '../styles';
import './add-library';
import type { AddLibrary, AddedEvent } from './add-library';
import './library';
import type { QueuedEvent } from './library';
import { hasEnded, withJob, type Work } from './version-list';

const UNFINISHED = 'status=queued,running,paused&pageSize=200';
/** Of more unfinished jobs than fit on so many pages, the oldest are shown when the stream tells of them. */
const MOST_PAGES = 10;
/** When many versions of a library end at once, it is fetched again at most this often. */
const FETCH_AGAIN_MILLIS = 1_000;

/** The repositories that are searched, their versions, and how far indexing them is. */
@customElement('tm-admin-libraries')
export class AdminLibraries extends LitElement {
  static override styles = [
    base,
    buttons,
    sections,
    css`
      .waiting {
        display: grid;
        gap: var(--space-3);
        padding: var(--space-4);
      }
    `,
  ];

  @property({ attribute: false }) feed!: Feed;
  @state() private libraries: readonly Library[] | undefined;
  @state() private work: ReadonlyMap<string, Work> = new Map();
  @state() private problem: Problem | undefined;
  /** Added in this session: versions are looked for at once. */
  @state() private fresh: string | undefined;
  @query('tm-add-library') private readonly form!: AddLibrary;
  private asked = 0;
  /** Updates that came since the question that is under way. */
  private meanwhile: Job[] | undefined;
  private readonly outdated = new Set<string>();
  private refresh: ReturnType<typeof setTimeout> | undefined;
  private readonly listening = new Listening(this, {
    job: (job) => this.take(job),
    ask: () => void this.load(),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.refresh);
    super.disconnectedCallback();
  }

  override willUpdate(): void {
    this.listening.feed = this.feed;
  }

  override render() {
    return html`<section aria-labelledby="add">
        <h2 id="add">Add a library</h2>
        <tm-add-library @added=${this.onAdded}></tm-add-library>
      </section>
      <section aria-labelledby="libraries" aria-busy=${!this.libraries && !this.problem}>
        <h2 id="libraries">Libraries</h2>
        ${this.renderProblem()} ${this.libraries ? this.renderLibraries(this.libraries) : this.renderSkeleton()}
      </section>`;
  }

  private renderProblem() {
    if (!this.problem) return nothing;
    return html`<p class="notice danger" role="alert">
      ${icon('warning', 18)}<span>${this.problem.detail}</span>
      <button class="button" @click=${() => this.load()}>Try again</button>
    </p>`;
  }

  private renderSkeleton() {
    if (this.problem) return nothing;
    return Array.from(
      { length: 2 },
      () =>
        html`<div class="panel waiting skeleton">
          <tm-skeleton></tm-skeleton><tm-skeleton width="full"></tm-skeleton>
          <tm-skeleton width="short"></tm-skeleton>
        </div>`,
    );
  }

  private renderLibraries(libraries: readonly Library[]) {
    if (libraries.length === 0) {
      return html`<tm-empty icon="book" heading="No libraries yet">
        <p>
          A library is a git repository whose documentation and code can be searched, version by
          version. Add one by its address: its tags are looked up, and you choose which to index.
        </p>
        <button class="button primary" @click=${() => this.form.focus()}>Add a library</button>
      </tm-empty>`;
    }
    return repeat(
      libraries,
      ({ id }) => id,
      (library) =>
        html`<tm-library
          data-id=${library.id}
          .library=${library}
          .work=${this.work.get(library.id) ?? new Map()}
          ?fresh=${library.id === this.fresh}
          @changed=${() => this.fetchOne(library.id)}
          @removed=${() => this.drop(library.id)}
          @queued=${(event: QueuedEvent) => event.jobs.forEach((job) => this.take(job))}
        ></tm-library>`,
    );
  }

  private readonly onAdded = ({ library }: AddedEvent): void => {
    const known = this.libraries?.some(({ id }) => id === library.id);
    this.put(library);
    if (known) toast({ text: `${library.title} is here already.` });
    else this.fresh = library.id;
    void this.updateComplete.then(() =>
      this.renderRoot
        .querySelector(`tm-library[data-id="${CSS.escape(library.id)}"]`)
        ?.scrollIntoView({ block: 'nearest' }),
    );
  };

  private async load(): Promise<void> {
    const number = ++this.asked;
    this.meanwhile = [];
    const [libraries, jobs] = await Promise.all([fetchLibraries(), fetchUnfinished()]);
    if (number !== this.asked) return;
    this.problem = libraries.ok ? undefined : libraries.problem;
    if (libraries.ok) this.libraries = libraries.value.libs;
    if (jobs)
      this.work = [...jobs, ...(this.meanwhile ?? [])].reduce(withJob, new Map<string, Work>());
    this.meanwhile = undefined;
  }

  private take(job: Job): void {
    this.meanwhile?.push(job);
    this.work = withJob(this.work, job);
    if (hasEnded(job)) this.fetchSoon(job.repositoryId);
    if (job.status === 'failed') {
      toast({
        text: `${nameOf(job)} failed: ${job.error ?? 'no reason was given'}`,
        kind: 'error',
      });
    }
  }

  private fetchSoon(id: string): void {
    this.outdated.add(id);
    this.refresh ??= setTimeout(() => {
      this.refresh = undefined;
      const ids = [...this.outdated];
      this.outdated.clear();
      for (const one of ids) void this.fetchOne(one);
    }, FETCH_AGAIN_MILLIS);
  }

  private async fetchOne(id: string): Promise<void> {
    const answer = await fetchLibrary(id);
    if (answer.ok) this.put(answer.value);
    else if (answer.problem.status === 404) this.drop(id);
  }

  private put(library: Library): void {
    const all = this.libraries ?? [];
    const at = all.findIndex(({ id }) => id === library.id);
    this.libraries = at < 0 ? [library, ...all] : all.with(at, library);
  }

  private drop(id: string): void {
    this.libraries = this.libraries?.filter((library) => library.id !== id);
  }
}

/** Jobs that have not ended; undefined when they cannot be fetched. */
async function fetchUnfinished(): Promise<readonly Job[] | undefined> {
  const jobs: Job[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await fetchJobs(`${UNFINISHED}&page=${page}`);
    if (!answer.ok) return undefined;
    jobs.push(...answer.value.jobs);
    if (answer.value.jobs.length === 0 || jobs.length >= answer.value.total) break;
  }
  return jobs;
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-admin-libraries': AdminLibraries;
  }
}
