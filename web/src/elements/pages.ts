import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from './icon';
import { base, buttons } from './styles';

const whole = new Intl.NumberFormat();

/** Where one is in a long list, and the ways to the page before and after. Emits `page` with the wanted page, from 1. */
@customElement('tm-pages')
export class Pages extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      nav {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
        font: var(--text-s);
      }
      .where {
        color: var(--text-muted);
        font-variant-numeric: tabular-nums;
      }
      .back {
        display: inline-grid;
      }
      .on {
        display: inline-grid;
        rotate: 180deg;
      }
    `,
  ];

  @property() label = 'Pages';
  @property({ type: Number }) page = 1;
  @property({ type: Number }) pages = 1;

  override render() {
    return html`<nav aria-label=${this.label}>
      <button class="button" ?disabled=${this.page <= 1} @click=${() => this.go(this.page - 1)}>
        <span class="back">${icon('back', 16)}</span> Previous
      </button>
      <span class="where" aria-live="polite"
        >Page ${whole.format(this.page)} of ${whole.format(this.pages)}</span
      >
      <button
        class="button"
        ?disabled=${this.page >= this.pages}
        @click=${() => this.go(this.page + 1)}
      >
        Next <span class="on">${icon('back', 16)}</span>
      </button>
    </nav>`;
  }

  private go(page: number): void {
    this.dispatchEvent(new CustomEvent('page', { detail: page }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-pages': Pages;
  }
}
