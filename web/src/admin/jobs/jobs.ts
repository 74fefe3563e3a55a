import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import '../../elements/empty';
import { icon } from '../../elements/icon';
import '../../elements/pages';
import '../../elements/skeleton';
import { base, buttons, fields } from '../../elements/styles';
import { toast } from '../../elements/toast';
import { actOnJob, indexVersions, type Job } from '../api';
import type { Feed } from '../feed';
import { sections } from '../styles';
import '../workers/workers';
import type { ShowJobEvent } from '../workers/workers';
import './filter-bar';
import type { FiltersEvent } from './filter-bar';
import {
  EVERYTHING,
  PAGE_SIZES,
  filtersToSearch,
  narrows,
  pagesOf,
  parseFilters,
  type Filters,
} from './filters';
import type { JobPage } from './job-page';
import { jobRow, jobRowStyles } from './job-row';
import { ACTION_WORDS, count, nameOf, type Action } from './job-words';
import { JobsSource } from './jobs-source';

const SKELETON_ROWS = 6;
const SECOND_MILLIS = 1_000;

/** The jobs, page by page, live. What is looked at stands in the address. */
@customElement('tm-admin-jobs')
export class AdminJobs extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    sections,
    jobRowStyles,
    css`
      .size {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        font: var(--text-s);
      }
      .size select {
        min-height: 32px;
        padding: 0 var(--space-2);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface);
        color: var(--text);
        font: var(--text-s);
      }
      table[aria-busy='true'] tr[data-id] {
        opacity: 0.6;
      }
    `,
  ];

  @property({ attribute: false }) feed!: Feed;
  @state() private filters: Filters = parseFilters(location.search);
  /** What is being done, by job; a job that is not here can be acted on. */
  @state() private busy: ReadonlyMap<string, Action> = new Map();
  @state() private asks: string | undefined;
  @state() private marked: string | undefined;

  private clock: ReturnType<typeof setInterval> | undefined;
  private wantsFocus: { id: string; action: Action } | undefined;
  private readonly source = new JobsSource(this, this.filters);

  constructor() {
    super();
    this.source.onBehindLast = (filters) => void this.choose(filters, true);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('popstate', this.follow);
    window.addEventListener('tm-address', this.follow);
    this.clock = setInterval(() => {
      if (this.source.page?.jobs.some(({ status }) => status === 'running')) this.requestUpdate();
    }, SECOND_MILLIS);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('popstate', this.follow);
    window.removeEventListener('tm-address', this.follow);
    clearInterval(this.clock);
    super.disconnectedCallback();
  }

  override willUpdate(): void {
    // A row with the focus that is about to go hands it on; see updated().
    const focused = this.renderRoot?.querySelector('tr:focus-within')?.getAttribute('data-id');
    const stays = this.source.page?.jobs.some(({ id }) => id === focused);
    if (focused && !stays) this.wantsFocus = { id: focused, action: 'cancel' };
  }

  override updated(): void {
    const { wantsFocus } = this;
    if (!wantsFocus) return;
    const row = this.row(wantsFocus.id);
    const button =
      row?.querySelector<HTMLElement>(`[data-action=${wantsFocus.action}]:enabled`) ??
      row?.querySelector<HTMLElement>('button:enabled');
    if (!button && this.busy.has(wantsFocus.id)) return;
    this.wantsFocus = undefined;
    (button ?? row ?? this.renderRoot.querySelector<HTMLElement>('.list'))?.focus();
  }

  override render() {
    return html`<tm-admin-workers
        .feed=${this.feed}
        @show-job=${(event: ShowJobEvent) => this.show(event.worker)}
      ></tm-admin-workers>
      <section aria-labelledby="jobs">
        <div class="row spread">
          <h2 id="jobs">Jobs</h2>
          <p class="muted small" role="status">${this.renderCount()}</p>
        </div>
        <tm-job-filters
          .filters=${this.filters}
          @filters=${(event: FiltersEvent) => this.choose(event.filters, event.typed)}
        ></tm-job-filters>
        ${this.renderProblem()}
        <div class="list panel" tabindex="-1">${this.renderList()}</div>
        ${this.renderPages()}
      </section>`;
  }

  private renderCount() {
    const { page } = this.source;
    if (!page || page.total === 0) return nothing;
    const all = count(page.total, 'job');
    return narrows(this.filters) ? `${all} ${page.total === 1 ? 'matches' : 'match'}` : all;
  }

  private renderProblem() {
    const { page, problem } = this.source;
    if (!problem) return nothing;
    const kept = page ? ' The jobs below are as they were before.' : '';
    return html`<p class="notice danger" role="alert">
      ${icon('warning', 18)}<span>${problem.detail}${kept}</span>
      <button class="button" @click=${this.source.load}>Try again</button>
    </p>`;
  }

  private renderList() {
    const { page, problem, awaited } = this.source;
    if (!page && problem) {
      return html`<tm-empty compact icon="warning" heading="The jobs could not be loaded"></tm-empty>`;
    }
    if (page?.jobs.length === 0) return this.renderEmpty();
    return html`<table
      role="table"
      aria-labelledby="jobs"
      aria-busy=${awaited}
      class="cards"
    >
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Library and version</th>
          <th role="columnheader" scope="col">State</th>
          <th role="columnheader" scope="col">Progress</th>
          <th role="columnheader" scope="col">Time</th>
          <th role="columnheader" scope="col" class="end">Actions</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${page ? this.renderRows(page) : this.renderSkeletons()}
      </tbody>
    </table>`;
  }

  private renderRows(page: JobPage) {
    const actions = {
      act: (job: Job, action: Action) => void this.act(job, action),
      ask: (job: Job) => (this.asks = job.id),
      dismiss: (job: Job) => {
        this.asks = undefined;
        this.wantsFocus = { id: job.id, action: 'cancel' };
      },
    };
    const now = Date.now();
    return repeat(
      page.jobs,
      ({ id }) => id,
      (job) =>
        jobRow(
          job,
          {
            busy: this.busy.get(job.id),
            asks: this.asks === job.id,
            marked: this.marked === job.id,
            now,
          },
          actions,
        ),
    );
  }

  private renderSkeletons() {
    return Array.from(
      { length: SKELETON_ROWS },
      () =>
        html`<tr role="row" class="skeleton">
          <td role="cell"><tm-skeleton></tm-skeleton></td>
          <td role="cell"><tm-skeleton width="short"></tm-skeleton></td>
          <td role="cell"><tm-skeleton width="full"></tm-skeleton></td>
          <td role="cell"><tm-skeleton width="short"></tm-skeleton></td>
          <td role="cell" class="end"><tm-skeleton width="full" tall></tm-skeleton></td>
        </tr>`,
    );
  }

  private renderEmpty() {
    if (narrows(this.filters)) {
      return html`<tm-empty compact icon="search" heading="No job matches">
        <p>A library is found by the beginning of its name.</p>
        <button
          class="button"
          @click=${() => this.choose({ ...EVERYTHING, pageSize: this.filters.pageSize }, false)}
        >
          Show all jobs
        </button>
      </tm-empty>`;
    }
    return html`<tm-empty icon="book" heading="No jobs yet">
      <p>
        A job reads one version of a library and makes it searchable. Add a library and choose the
        versions to index; they appear here while they are worked on.
      </p>
      <a class="button primary" href="/admin/libraries">Add a library</a>
    </tm-empty>`;
  }

  private renderPages() {
    const total = this.source.page?.total ?? 0;
    if (total <= PAGE_SIZES[0]) return nothing;
    const { page, pageSize } = this.filters;
    return html`<div class="row spread">
      <tm-pages
        label="Pages of jobs"
        .page=${page}
        .pages=${pagesOf(total, pageSize)}
        @page=${(event: CustomEvent<number>) =>
          this.choose({ ...this.filters, page: event.detail }, false)}
      ></tm-pages>
      <label class="size"
        >Rows
        <select
          @change=${(event: Event) =>
            this.choose(
              {
                ...this.filters,
                page: 1,
                pageSize: Number((event.target as HTMLSelectElement).value),
              },
              false,
            )}
        >
          ${PAGE_SIZES.map(
            (size) => html`<option value=${size} ?selected=${size === pageSize}>${size}</option>`,
          )}
        </select>
      </label>
    </div>`;
  }

  /** Puts the filters into the address and asks for what they let through. */
  private choose(filters: Filters, replacing: boolean): Promise<void> {
    const address = location.pathname + filtersToSearch(filters);
    if (replacing) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    return this.look(filters);
  }

  private readonly follow = (): void => {
    void this.look(parseFilters(location.search));
  };

  private async look(filters: Filters): Promise<void> {
    if (filtersToSearch(filters) === filtersToSearch(this.filters)) return;
    this.filters = filters;
    this.asks = undefined;
    await this.source.look(filters);
  }

  private async act(job: Job, action: Action): Promise<void> {
    this.asks = undefined;
    this.busy = new Map(this.busy).set(job.id, action);
    const hadFocus = this.row(job.id)?.matches(':focus-within') ?? false;
    const answer =
      action === 'again'
        ? await indexVersions(job.repositoryId, [job.version])
        : await actOnJob(job.id, action);
    const busy = new Map(this.busy);
    busy.delete(job.id);
    this.busy = busy;
    if (hadFocus) this.wantsFocus = { id: job.id, action };
    if (!answer.ok) {
      toast({ text: `${nameOf(job)}: ${answer.problem.detail}`, kind: 'error' });
      // What the server refuses has changed since we were told of it.
      if (answer.problem.status === 409) void this.source.load();
      return;
    }
    toast({ text: `${nameOf(job)} ${ACTION_WORDS[action].done}.` });
    const changed = 'job' in answer.value ? [answer.value.job] : answer.value.jobs;
    for (const one of changed) this.source.take(one);
  }

  /** Leads from a worker to the row of its job, on whatever page that is. */
  private async show(worker: { jobId: string; repositoryId: string }): Promise<void> {
    if (!this.row(worker.jobId)) {
      await this.choose(
        { ...this.filters, repository: worker.repositoryId, states: ['running'], page: 1 },
        false,
      );
      await this.updateComplete;
    }
    this.marked = worker.jobId;
    const row = this.row(worker.jobId);
    row?.scrollIntoView({ block: 'center' });
    row?.focus({ preventScroll: true });
  }

  private row(id: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`tr[data-id="${CSS.escape(id)}"]`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-admin-jobs': AdminJobs;
  }
}
