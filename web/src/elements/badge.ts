import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from './styles';

/** A small count. Nothing at zero; `99+` above 99. `label` says what is counted, for screen readers. */
@customElement('tm-badge')
export class Badge extends LitElement {
  static override styles = [
    base,
    css`
      span.count {
        display: inline-block;
        min-width: 20px;
        padding: 0 6px;
        border-radius: var(--radius-full);
        background: var(--accent);
        color: var(--on-accent);
        font: var(--text-xs);
        line-height: 18px;
        font-weight: 650;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }
      :host([quiet]) span.count {
        background: var(--surface-active);
        color: var(--text);
      }
    `,
  ];

  @property({ type: Number }) count = 0;
  @property() label = '';
  @property({ type: Boolean, reflect: true }) quiet = false;

  override render() {
    if (this.count <= 0) return nothing;
    const shown = this.count > 99 ? '99+' : String(this.count);
    return html`<span class="count" aria-hidden="true">${shown}</span
      ><span class="unseen">${shown} ${this.label}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-badge': Badge;
  }
}
