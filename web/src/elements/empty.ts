import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon, type IconName } from './icon';
import { base } from './styles';

/** What stands where there is nothing yet: what it is, what to do next (text and buttons in the slot). */
@customElement('tm-empty')
export class Empty extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        align-content: center;
        gap: var(--space-3);
        padding: var(--space-8) var(--space-6);
        text-align: center;
      }
      .mark {
        display: grid;
        place-items: center;
        width: 56px;
        height: 56px;
        border-radius: var(--radius-l);
        background: var(--accent-soft);
        color: var(--accent);
      }
      h2 {
        font: var(--text-l);
        font-weight: 650;
      }
      .more {
        display: grid;
        justify-items: center;
        gap: var(--space-4);
        max-width: 420px;
        color: var(--text-muted);
        font: var(--text-m);
        overflow-wrap: anywhere;
      }
      :host([compact]) {
        padding: var(--space-5) var(--space-4);
      }
      :host([compact]) h2 {
        font: var(--text-m);
        font-weight: 600;
      }
      :host([compact]) .mark {
        width: 40px;
        height: 40px;
      }
    `,
  ];

  @property() icon: IconName = 'wave';
  @property() heading = '';
  @property({ type: Boolean, reflect: true }) compact = false;

  override render() {
    return html`<span class="mark">${icon(this.icon, this.compact ? 20 : 28)}</span>
      <h2>${this.heading}</h2>
      <div class="more"><slot></slot></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-empty': Empty;
  }
}
