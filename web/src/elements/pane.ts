import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from './icon';
import { base, buttons } from './styles';

/** The frame of the right pane: a heading, and a way out (back, on a narrow screen). Emits `close`. */
@customElement('tm-pane')
export class Pane extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        height: 100%;
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        flex: none;
        height: 52px;
        padding: 0 var(--space-3) 0 var(--space-5);
        border-bottom: 1px solid var(--line);
      }
      h2 {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        font: var(--text-m);
        font-weight: 650;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      h2 span {
        color: var(--text-muted);
        font-weight: 400;
      }
      .back {
        display: none;
      }
      @media (max-width: 699px) {
        header {
          padding-inline-start: var(--space-2);
        }
        .back {
          display: inline-grid;
        }
        .shut {
          display: none;
        }
      }
    `,
  ];

  @property() heading = '';
  /** Said more quietly behind the heading. */
  @property() detail = '';
  /** What is closed, for people who hear the button. */
  @property() what = '';

  override render() {
    return html`<header>
        <button class="icon-button back" aria-label="Back" @click=${this.shut}>${icon('back')}</button>
        <h2>${this.heading} ${this.detail ? html`<span>${this.detail}</span>` : nothing}</h2>
        <button
          class="icon-button shut"
          aria-label="Close ${this.what}"
          title="Close (Esc)"
          @click=${this.shut}
        >
          ${icon('close')}
        </button>
      </header>
      <slot></slot>`;
  }

  private readonly shut = (): void => {
    this.dispatchEvent(new Event('close'));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-pane': Pane;
  }
}
