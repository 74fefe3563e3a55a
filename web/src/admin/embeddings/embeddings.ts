import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from '../../elements/icon';
import '../../elements/empty';
import '../../elements/progress';
import '../../elements/state';
import { base, buttons } from '../../elements/styles';
import type { Coverage, Generation, Stats } from '../api';
import type { Feed } from '../feed';
import { percentOf, wholeNumber } from '../figures';
import { StatsSource } from '../stats';
import { statsFrame } from '../stats-frame';
import { sections } from '../styles';
import './build';
import { KIND_WORDS, covered, generationState, inOrder, wordsWords } from './coverage';

/** How much can be found by meaning: coverage by kind and generation, and what stands in the way. */
@customElement('tm-admin-embeddings')
export class AdminEmbeddings extends LitElement {
  static override styles = [
    base,
    buttons,
    sections,
    css`
      article header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2);
        padding: var(--space-3) var(--space-4);
        border-bottom: 1px solid var(--line);
      }
      tbody tr:first-child td {
        border-top: 0;
      }
      article table th,
      article table th:first-child,
      article table th:last-child {
        border-radius: 0;
      }
      .build {
        padding: var(--space-3) var(--space-4);
      }
      .share {
        width: 40%;
      }
      .bar {
        display: grid;
        grid-template-columns: 1fr 48px;
        align-items: center;
        gap: var(--space-2);
        text-align: end;
      }
      @media (max-width: 699px) {
        .share {
          width: auto;
        }
        td.share {
          padding-block: var(--space-2) !important;
        }
        td.kind {
          font-weight: 600;
        }
      }
    `,
  ];

  @property({ attribute: false }) feed!: Feed;
  private readonly source = new StatsSource(this);

  override render() {
    return html`<section>
      ${statsFrame('Embeddings', this.source, (stats) => this.renderStats(stats))}
    </section>`;
  }

  private renderStats({ embeddings, fullText, missing_embeddings_total: missing }: Stats) {
    const { mode, reason, generations } = embeddings;
    const words = wordsWords(fullText.missing);
    return html`${
      mode === 'ok'
        ? nothing
        : html`<p class="notice mode">
              ${icon('warning', 18)}
              <span
                >Search finds words, not meaning:
                ${reason ?? `embeddings are not available (${mode}).`}</span
              >
            </p>`
    }
      ${words ? html`<p class="notice words" role="status">${icon('warning', 18)}<span>${words}</span></p>` : nothing}
      <dl class="facts">
        <div>
          <dt>Missing embeddings</dt>
          <dd class="missing">${wholeNumber(missing)}</dd>
        </div>
        <div>
          <dt>Search by meaning</dt>
          <dd>${mode === 'ok' ? 'Available' : 'Not available'}</dd>
        </div>
      </dl>
      ${generations.length === 0 ? this.renderNone(mode) : inOrder(generations).map(renderGeneration)}
      ${
        mode === 'off'
          ? nothing
          : html`<tm-build-embeddings
              class="panel build"
              @built=${this.source.load}
            ></tm-build-embeddings>`
      }
      <p class="small muted">
        New and changed texts are embedded by themselves, and every text is looked at again once a day.
      </p>`;
  }

  private renderNone(mode: string) {
    return html`<tm-empty compact icon="search" heading="Nothing is embedded yet">
      <p>
        ${
          mode === 'ok'
            ? 'The first messages, documents and snippets appear here as soon as they are written.'
            : 'Start the server with --embedding-profile minilm to search by meaning; the model runs on this machine.'
        }
      </p>
    </tm-empty>`;
  }
}

function renderGeneration(generation: Generation) {
  const { label, tone } = generationState(generation);
  const id = `generation-${generation.number}`;
  return html`<article class="panel" aria-labelledby=${id} data-generation=${generation.number}>
    <header>
      <span>
        <h3 id=${id}>${generation.model}</h3>
        <span class="small muted"
          >Generation ${generation.number} · ${generation.profile} ·
          ${wholeNumber(generation.dimensions)} dimensions</span
        >
      </span>
      <tm-state tone=${tone} ?busy=${generation.state === 'building'}>${label}</tm-state>
    </header>
    <table role="table" class="cards" aria-labelledby=${id}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Kind</th>
          <th role="columnheader" scope="col">Coverage</th>
          <th role="columnheader" scope="col" class="end">Texts</th>
          <th role="columnheader" scope="col" class="end">Embedded</th>
          <th role="columnheader" scope="col" class="end">Blank</th>
          <th role="columnheader" scope="col" class="end">Missing</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${generation.kinds.map((coverage) => renderCoverage(coverage, generation))}
      </tbody>
    </table>
  </article>`;
}

function renderCoverage(coverage: Coverage, generation: Generation) {
  const { of, done } = covered(coverage);
  const percent = percentOf(done, of);
  const kind = KIND_WORDS[coverage.kind] ?? coverage.kind;
  const cell = (label: string, value: number) =>
    html`<td role="cell" class="end number" data-label=${label}>${wholeNumber(value)}</td>`;
  return html`<tr role="row" data-kind=${coverage.kind}>
    <td role="cell" class="kind">${kind}</td>
    <td role="cell" class="share">
      ${
        of === 0
          ? html`<span class="muted">none yet</span>`
          : html`<span class="bar">
              <tm-progress
                label="${kind} covered by ${generation.model}"
                tone=${done >= of ? 'success' : 'accent'}
                .value=${percent}
              ></tm-progress>
              <span class="number">${percent} %</span>
            </span>`
      }
    </td>
    ${cell('Texts', coverage.live)} ${cell('Embedded', coverage.embedded)}
    ${cell('Blank', coverage.blank)} ${cell('Missing', coverage.missing)}
  </tr>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-admin-embeddings': AdminEmbeddings;
  }
}
