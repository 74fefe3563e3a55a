import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, buttons } from './styles';

/**
 * Asks, in the place of the control that was pressed, whether it is meant. Rendering it asks; the harmless answer has the focus, Esc
 * gives it. `harmless` is for what destroys nothing. Emits `confirm` or `dismiss`; the parent takes it away and returns the focus.
 */
@customElement('tm-confirm')
export class Confirm extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: inline-block;
      }
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: var(--space-2);
        font: var(--text-s);
      }
      span {
        font-weight: 600;
      }
      .button {
        min-height: 32px;
        white-space: nowrap;
      }
    `,
  ];

  @property() question = '';
  @property() yes = 'Yes';
  @property() no = 'No';
  @property({ type: Boolean }) harmless = false;
  @query('.no') private readonly safest!: HTMLButtonElement;

  override firstUpdated(): void {
    this.safest.focus();
  }

  override render() {
    return html`<div role="group" aria-labelledby="question" @keydown=${this.onKey}>
      <span id="question">${this.question}</span>
      <button class="button ${this.harmless ? 'primary' : 'danger'} yes" @click=${() => this.answer('confirm')}>${this.yes}</button>
      <button class="button no" aria-describedby="question" @click=${() => this.answer('dismiss')}>
        ${this.no}
      </button>
    </div>`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.answer('dismiss');
  };

  private answer(answer: 'confirm' | 'dismiss'): void {
    this.dispatchEvent(new Event(answer));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-confirm': Confirm;
  }
}
