import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from './styles';

/** How far something is, on the native element: no inline width is needed. The number stands beside it where there is room. */
@customElement('tm-progress')
export class Progress extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        --bar: var(--accent);
      }
      :host([tone='success']) {
        --bar: var(--success);
      }
      :host([tone='danger']) {
        --bar: var(--danger);
      }
      :host([tone='neutral']) {
        --bar: var(--line-strong);
      }
      progress {
        display: block;
        width: 100%;
        height: 6px;
        border: 0;
        border-radius: var(--radius-full);
        background: var(--surface-active);
        overflow: hidden;
        appearance: none;
      }
      progress::-webkit-progress-bar {
        background: var(--surface-active);
      }
      progress::-webkit-progress-value {
        border-radius: var(--radius-full);
        background: var(--bar);
        transition: inline-size var(--motion);
      }
      progress::-moz-progress-bar {
        border-radius: var(--radius-full);
        background: var(--bar);
      }
    `,
  ];

  @property({ type: Number }) value = 0;
  @property({ type: Number }) max = 100;
  /** What is measured, for screen readers. */
  @property() label = '';
  @property({ reflect: true }) tone: 'accent' | 'success' | 'danger' | 'neutral' = 'accent';

  override render() {
    return html`<progress
      aria-label=${this.label}
      .max=${Math.max(this.max, Number.MIN_VALUE)}
      .value=${Math.min(Math.max(this.value, 0), this.max)}
    ></progress>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-progress': Progress;
  }
}
