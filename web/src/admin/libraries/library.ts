import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import '../../elements/confirm';
import { icon } from '../../elements/icon';
import '../../elements/spinner';
import { base, buttons, fields } from '../../elements/styles';
import { toast } from '../../elements/toast';
import {
  discoverVersions,
  indexVersions,
  removeLibrary,
  type Job,
  type Library,
  type Version,
} from '../api';
import { count } from '../jobs/job-words';
import { sections } from '../styles';
import {
  FIRST_VERSIONS,
  indexable,
  indexedCount,
  isUnderWay,
  newestFirst,
  type Work,
} from './version-list';
import { versionRow, versionRowStyles } from './version-row';

const whole = new Intl.NumberFormat();

/** Something about this library is not as it was: `changed` asks to look again, `removed` says that it is gone. */
type LibraryEvent = 'changed' | 'removed';

/** Jobs that indexing made or found. */
export class QueuedEvent extends Event {
  constructor(readonly jobs: readonly Job[]) {
    super('queued');
  }
}

/** One library: where it comes from, its versions and what state they are in, and what can be done with them. */
@customElement('tm-library')
export class LibraryElement extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    sections,
    versionRowStyles,
    css`
      :host {
        display: block;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-start;
        justify-content: space-between;
        gap: var(--space-3);
        padding: var(--space-4);
      }
      header > div {
        min-width: 0;
      }
      .source {
        display: block;
        margin-top: 2px;
        color: var(--text-muted);
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .bar {
        padding: var(--space-2) var(--space-4);
        border-top: 1px solid var(--line);
      }
      .hint-line {
        padding: 0 var(--space-4) var(--space-4);
      }
      .refusal {
        margin: 0 var(--space-4) var(--space-3);
      }
      .more {
        padding: var(--space-2) var(--space-4);
        border-top: 1px solid var(--line);
      }
    `,
  ];

  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) work: Work = new Map();
  /** Looks for versions as soon as it is shown: it was added a moment ago. */
  @property({ type: Boolean }) fresh = false;
  @state() private doing: 'discover' | 'remove' | 'index' | undefined;
  @state() private asks = false;
  @state() private all = false;
  @state() private refusal = '';
  @state() private chosen: ReadonlySet<string> = new Set();

  override firstUpdated(): void {
    if (this.fresh && this.library.discoveredAt === null) void this.discover();
  }

  override render() {
    const { library } = this;
    const headingId = 'title';
    return html`<article class="panel" aria-labelledby=${headingId}>
      <header>
        <div>
          <h3 id=${headingId}>${library.title}</h3>
          <span class="source mono">${library.source}</span>
          <p class="muted small">${this.renderSummary()}</p>
        </div>
        ${this.renderTools()}
      </header>
      ${this.refusal ? html`<p class="notice danger refusal" role="alert">${icon('warning', 18)} ${this.refusal}</p>` : nothing}
      ${library.versions.length > 0 ? this.renderVersions() : this.renderNone()}
    </article>`;
  }

  private renderSummary() {
    const { library } = this;
    const known = count(library.versions.length, 'version');
    return `${library.id} · ${known} · ${whole.format(indexedCount(library))} indexed`;
  }

  private renderTools() {
    const { library } = this;
    if (this.asks) {
      return html`<tm-confirm
        question="Remove it with everything indexed from it?"
        yes="Yes, remove"
        no="No"
        @confirm=${this.removeForGood}
        @dismiss=${() => this.stopAsking()}
      ></tm-confirm>`;
    }
    return html`<div class="tools">
      <button
        class="button discover"
        aria-label="Look for versions of ${library.title}"
        ?disabled=${this.doing !== undefined}
        @click=${this.discover}
      >
        ${this.doing === 'discover' ? html`<tm-spinner></tm-spinner> Looking for versions` : html`${icon('retry', 18)} Look for versions`}
      </button>
      <button
        class="button quiet remove"
        aria-label="Remove ${library.title}"
        ?disabled=${this.doing !== undefined}
        @click=${() => (this.asks = true)}
      >
        ${this.doing === 'remove' ? html`<tm-spinner></tm-spinner> Removing` : html`${icon('trash', 18)} Remove`}
      </button>
    </div>`;
  }

  private renderNone() {
    const { discoveredAt } = this.library;
    return html`<p class="hint hint-line">
      ${
        discoveredAt === null
          ? 'Its versions are not known yet. Look for them next; then choose which to index.'
          : 'No tags were found. Versions are tags of the repository: make one there, then look again.'
      }
    </p>`;
  }

  private renderVersions() {
    const { library } = this;
    const sorted = newestFirst(library.versions);
    const shown = this.all ? sorted : sorted.slice(0, FIRST_VERSIONS);
    const ready = indexable(library, this.chosen, this.work);
    const waiting = sorted.filter(
      ({ name, state }) => state === 'discovered' && !isUnderWay(this.work, name),
    );
    return html`<div class="bar row spread">
        <span class="row">
          <button
            class="button primary index"
            ?disabled=${ready.length === 0 || this.doing !== undefined}
            @click=${() => this.index(ready)}
          >
            ${this.doing === 'index' ? html`<tm-spinner></tm-spinner>` : nothing}
            ${ready.length === 0 ? 'Index' : `Index ${count(ready.length, 'version')}`}
          </button>
          <span class="hint">${ready.length === 0 ? 'Choose the versions to index.' : ''}</span>
        </span>
        <span class="row">
          ${
            waiting.length > 0
              ? html`<button
                  class="button link choose-new"
                  @click=${() => (this.chosen = new Set(waiting.map(({ name }) => name)))}
                >
                  Choose all ${whole.format(waiting.length)} not indexed
                </button>`
              : nothing
          }
          ${
            this.chosen.size > 0
              ? html`<button class="button link" @click=${() => (this.chosen = new Set())}>
                  Choose none
                </button>`
              : nothing
          }
        </span>
      </div>
      <table role="table" class="cards" aria-label="Versions of ${library.title}">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" class="pick"><span class="unseen">Choose</span></th>
            <th role="columnheader" scope="col">Version</th>
            <th role="columnheader" scope="col">Commit</th>
            <th role="columnheader" scope="col">State</th>
            <th role="columnheader" scope="col" class="end">Files</th>
            <th role="columnheader" scope="col" class="end">Snippets</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${repeat(
            shown,
            ({ name }) => name,
            (version) =>
              versionRow(version, this.work, this.chosen.has(version.name), (on) =>
                this.choose(version.name, on),
              ),
          )}
        </tbody>
      </table>
      ${
        sorted.length > FIRST_VERSIONS
          ? html`<div class="more">
              <button class="button link" @click=${() => (this.all = !this.all)}>
                ${this.all ? `Show the newest ${FIRST_VERSIONS}` : `Show all ${whole.format(sorted.length)} versions`}
              </button>
            </div>`
          : nothing
      }`;
  }

  private choose(name: string, on: boolean): void {
    const chosen = new Set(this.chosen);
    if (on) chosen.add(name);
    else chosen.delete(name);
    this.chosen = chosen;
  }

  private readonly discover = async (): Promise<void> => {
    this.refusal = '';
    this.doing = 'discover';
    const answer = await discoverVersions(this.library.id);
    this.doing = undefined;
    if (!answer.ok) {
      this.refusal = answer.problem.detail;
      return;
    }
    const { added } = answer.value;
    toast({
      text:
        added === 0
          ? `${this.library.title}: no new versions.`
          : `${this.library.title}: ${count(added, 'new version')} found.`,
    });
    this.tell('changed');
  };

  private async index(versions: readonly Version[]): Promise<void> {
    this.refusal = '';
    this.doing = 'index';
    const names = versions.map(({ name }) => name);
    const answer = await indexVersions(this.library.id, names);
    this.doing = undefined;
    if (!answer.ok) {
      this.refusal = answer.problem.detail;
      return;
    }
    this.chosen = new Set();
    toast({ text: `${this.library.title}: ${count(names.length, 'version')} queued.` });
    this.dispatchEvent(new QueuedEvent(answer.value.jobs));
  }

  private readonly removeForGood = async (): Promise<void> => {
    this.asks = false;
    this.refusal = '';
    this.doing = 'remove';
    const answer = await removeLibrary(this.library.id);
    this.doing = undefined;
    if (!answer.ok) {
      this.refusal = answer.problem.detail;
      return;
    }
    toast({ text: `${this.library.title} was removed.` });
    this.tell('removed');
  };

  private stopAsking(): void {
    this.asks = false;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.remove')?.focus(),
    );
  }

  private tell(type: LibraryEvent): void {
    this.dispatchEvent(new Event(type));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-library': LibraryElement;
  }
}
