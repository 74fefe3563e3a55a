import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from './styles';

/** Something is under way. Decorative: the words beside it say what. */
@customElement('tm-spinner')
export class Spinner extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        flex: none;
        width: 14px;
        height: 14px;
      }
      span {
        display: block;
        width: 100%;
        height: 100%;
        border: 2px solid currentColor;
        border-inline-end-color: transparent;
        border-radius: var(--radius-full);
        opacity: 0.8;
        animation: turn 800ms linear infinite;
      }
      @keyframes turn {
        to {
          rotate: 1turn;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        span {
          animation: breathe 2s ease-in-out infinite;
        }
        @keyframes breathe {
          50% {
            opacity: 0.3;
          }
        }
      }
    `,
  ];

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
    'tm-spinner': Spinner;
  }
}
