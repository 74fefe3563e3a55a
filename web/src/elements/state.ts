import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from './styles';

/** The state of a thing in a word, with a colour that only repeats what the word says. `busy` while it is at work. */
@customElement('tm-state')
export class State extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        padding: 2px 10px 2px 8px;
        border-radius: var(--radius-full);
        background: var(--surface-active);
        color: var(--text);
        font: var(--text-s);
        font-weight: 600;
        white-space: nowrap;
        --dot: var(--text-muted);
      }
      :host([tone='accent']) {
        background: var(--accent-soft);
        --dot: var(--accent);
      }
      :host([tone='success']) {
        --dot: var(--success);
      }
      :host([tone='warning']) {
        background: var(--warning-soft);
        color: var(--warning);
        --dot: currentColor;
      }
      :host([tone='danger']) {
        background: var(--danger-soft);
        color: var(--danger);
        --dot: currentColor;
      }
      .dot {
        flex: none;
        width: 8px;
        height: 8px;
        border-radius: var(--radius-full);
        background: var(--dot);
      }
      :host([busy]) .dot {
        animation: beat 1.4s ease-in-out infinite;
      }
      @keyframes beat {
        50% {
          scale: 0.6;
          opacity: 0.5;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        :host([busy]) .dot {
          animation: none;
        }
      }
    `,
  ];

  @property({ reflect: true }) tone: 'neutral' | 'accent' | 'success' | 'warning' | 'danger' =
    'neutral';
  @property({ type: Boolean, reflect: true }) busy = false;

  override render() {
    return html`<span class="dot"></span><slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-state': State;
  }
}
