import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../../elements/progress';
import '../../elements/skeleton';
import '../../elements/state';
import { base, buttons } from '../../elements/styles';
import { fetchWorkers, type Worker, type Workers } from '../api';
import { Listening, type Feed } from '../feed';
import { sections } from '../styles';
import { named, summary } from './worker-words';

/** Somebody wants to see the row of a worker's job. */
export class ShowJobEvent extends Event {
  constructor(readonly worker: { jobId: string; repositoryId: string }) {
    super('show-job');
  }
}

/** Who works on what, live. The stream tells it by itself; asked is only while the stream is broken. */
@customElement('tm-admin-workers')
export class AdminWorkers extends LitElement {
  static override styles = [
    base,
    buttons,
    sections,
    css`
      section {
        gap: 0;
      }
      .head {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: var(--space-2) var(--space-4);
        padding: var(--space-3) var(--space-4);
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
        gap: 1px;
        border-top: 1px solid var(--line);
        border-radius: 0 0 var(--radius-m) var(--radius-m);
        overflow: hidden;
      }
      li {
        display: grid;
        align-content: start;
        gap: var(--space-1);
        padding: var(--space-3) var(--space-4);
        box-shadow: 0 0 0 1px var(--line);
        font: var(--text-s);
      }
      li .row {
        flex-wrap: nowrap;
      }
      @media (max-width: 699px) {
        li[data-state='idle'] .doing {
          display: none;
        }
        li {
          padding-block: var(--space-2);
        }
      }
      .job {
        justify-self: start;
        max-width: 100%;
        text-align: start;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) feed!: Feed;
  @state() private workers: Workers | undefined;
  private readonly listening = new Listening(this, {
    workers: (workers) => (this.workers = workers),
    ask: () => {
      if (this.feed.state === 'asking') void this.load();
    },
  });

  override willUpdate(): void {
    this.listening.feed = this.feed;
  }

  override render() {
    const { workers } = this;
    return html`<section class="panel" aria-labelledby="workers" aria-busy=${!workers}>
      <div class="head">
        <h2 id="workers">Workers</h2>
        ${
          workers
            ? html`${
                workers.total > 0
                  ? html`<tm-progress
                        label="Workers at work"
                        .value=${workers.active}
                        .max=${workers.total}
                      ></tm-progress>`
                  : html`<span></span>`
              }
                <span class="summary small number">${summary(workers)}</span>`
            : html`<tm-skeleton width="full"></tm-skeleton><tm-skeleton width="short"></tm-skeleton>`
        }
      </div>
      ${workers && workers.workers.length > 0 ? html`<ul>${named(workers.workers).map(({ name, worker }) => this.renderWorker(name, worker))}</ul>` : nothing}
    </section>`;
  }

  private renderWorker(name: string, worker: Worker) {
    const running = worker.state === 'running';
    const { jobId, repositoryId, version } = worker;
    return html`<li data-state=${worker.state}>
      <div class="row spread">
        <span>${name}</span>
        <tm-state tone=${running ? 'accent' : 'neutral'} ?busy=${running}
          >${running ? 'At work' : 'Idle'}</tm-state
        >
      </div>
      ${
        running && jobId && repositoryId
          ? html`<button
              class="button link job"
              @click=${() => this.dispatchEvent(new ShowJobEvent({ jobId, repositoryId }))}
            >
              ${repositoryId} ${version}
            </button>`
          : html`<span class="muted doing">${doing(worker)}</span>`
      }
    </li>`;
  }

  private async load(): Promise<void> {
    const answer = await fetchWorkers();
    if (answer.ok && this.feed.state === 'asking') this.feed.tellWorkers(answer.value);
  }
}

function doing({ state, kind }: Worker): string {
  if (state === 'idle') return 'Waiting for work';
  return kind === 'embed' ? 'Embedding new texts' : 'Indexing';
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-admin-workers': AdminWorkers;
  }
}
