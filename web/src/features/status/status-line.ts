import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from '../../elements/styles';
import { tabId } from '../../engine/engine';
import { LiveStatus } from '../../engine/live';
import { lastingProblem, statusLine } from './status-words';

/** The thin line at the bottom left: connection, pending writes, which tab owns the database. A click opens the explanation. */
@customElement('tm-status-line')
export class StatusLine extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        flex: none;
      }
      button {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        width: 100%;
        min-height: 28px;
        padding: 0 var(--space-4);
        border: 0;
        border-top: 1px solid var(--line);
        background: none;
        color: var(--text-muted);
        font: var(--text-xs);
        text-align: start;
        cursor: pointer;
      }
      button:hover {
        background: var(--surface-active);
        color: var(--text);
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      .light {
        flex: none;
        width: 8px;
        height: 8px;
        margin-inline: 7px;
        border: 2px solid var(--text-muted);
        border-radius: 50%;
      }
      .light.on {
        border-color: var(--success);
        background: var(--success);
      }
      .light.bad {
        border-color: var(--danger);
        background: var(--danger);
        border-radius: 2px;
      }
      .words {
        padding: var(--space-1) 0;
      }
      @media (max-width: 699px) {
        button {
          min-height: 36px;
          padding-bottom: env(safe-area-inset-bottom);
        }
      }
    `,
  ];

  private readonly status = new LiveStatus(this);

  override render() {
    const { value } = this.status;
    const light = value.refused > 0 || lastingProblem(value) ? 'bad' : value.online ? 'on' : '';
    return html`<button title="What does this mean?" aria-haspopup="dialog">
      <span class="light ${light}"></span
      ><span class="words" role="status">${statusLine(value, tabId())}</span>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-status-line': StatusLine;
  }
}
