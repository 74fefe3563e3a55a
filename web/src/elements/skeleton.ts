import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from './styles';

/** Where a piece of text or a control will be, before the first answer. Whoever shows it says `aria-busy` about the whole. */
@customElement('tm-skeleton')
export class Skeleton extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        width: 100%;
        max-width: 180px;
        height: 14px;
      }
      :host([width='short']) {
        max-width: 72px;
      }
      :host([width='full']) {
        max-width: none;
      }
      :host([tall]) {
        height: 28px;
      }
      span {
        display: block;
        height: 100%;
        border-radius: var(--radius-s);
        background: var(--surface-active);
        animation: pulse 1.6s ease-in-out infinite;
      }
      @keyframes pulse {
        50% {
          opacity: 0.45;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        span {
          animation: none;
        }
      }
    `,
  ];

  @property({ reflect: true }) width: 'short' | 'text' | 'full' = 'text';
  @property({ type: Boolean, reflect: true }) tall = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.ariaHidden = 'true';
  }

  override render() {
    return html`<span></span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-skeleton': Skeleton;
  }
}
