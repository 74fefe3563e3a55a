import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../elements/styles';
import type { Value } from '../engine/engine';

/** Rows as they are, one column per name. */
@customElement('tm-table')
export class Table extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .frame {
        max-height: 420px;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        overflow: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font: var(--text-s);
      }
      th {
        position: sticky;
        top: 0;
        background: var(--surface-sunken);
        color: var(--text-muted);
        font-weight: 600;
      }
      th,
      td {
        max-width: 420px;
        padding: 6px var(--space-3);
        overflow: hidden;
        text-align: start;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      tr + tr td {
        border-top: 1px solid var(--line);
      }
      .number {
        font-variant-numeric: tabular-nums;
        text-align: end;
      }
      td.null,
      p {
        color: var(--text-muted);
      }
      p {
        padding: var(--space-3);
        font: var(--text-s);
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly Record<string, Value>[] = [];
  @property() empty = '';

  override render() {
    const columns = Object.keys(this.rows[0] ?? {});
    if (columns.length === 0) {
      return html`<div class="frame"><p>${this.empty}</p></div>`;
    }
    return html`<div class="frame" tabindex="0" role="region" aria-label="Rows">
      <table>
        <thead>
          <tr>
            ${columns.map(
              (column) =>
                html`<th scope="col" class=${this.holdsNumbers(column) ? 'number' : ''}>${column}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${this.rows.map(
            (row) =>
              html`<tr>
                ${columns.map((column) => cell(row[column] ?? null))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** Judged by the first row that has a value there. */
  private holdsNumbers(column: string): boolean {
    const first = this.rows.find((row) => (row[column] ?? null) !== null);
    return typeof first?.[column] === 'number';
  }
}

function cell(value: Value) {
  if (value === null) return html`<td class="null">null</td>`;
  return typeof value === 'number'
    ? html`<td class="number">${value}</td>`
    : html`<td title=${value}>${value}</td>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-table': Table;
  }
}
