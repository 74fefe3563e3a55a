import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from './icon';
import { base } from './styles';

export interface Choice {
  id: string;
  label: string;
}

/** Several of a few: toggles side by side, all visible. Emits `choose` with the ids that are chosen then, in their order here. */
@customElement('tm-choices')
export class Choices extends LitElement {
  static override styles = [
    base,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
      }
      button {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
        min-height: 36px;
        padding: 0 var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius-full);
        background: var(--surface);
        color: var(--text);
        font: var(--text-s);
        cursor: pointer;
        transition: background var(--motion);
      }
      button:hover {
        background: var(--surface-hover);
      }
      button[aria-pressed='true'] {
        padding-inline-start: var(--space-2);
        border-color: var(--accent);
        background: var(--accent-soft);
        font-weight: 600;
      }
      @media (pointer: coarse) {
        button {
          min-height: 40px;
        }
      }
    `,
  ];

  @property() label = '';
  @property({ attribute: false }) choices: readonly Choice[] = [];
  @property({ attribute: false }) chosen: readonly string[] = [];

  override render() {
    return html`<div role="group" aria-label=${this.label}>
      ${this.choices.map(({ id, label }) => {
        const pressed = this.chosen.includes(id);
        return html`<button
          data-id=${id}
          aria-pressed=${pressed}
          @click=${() => this.toggle(id, !pressed)}
        >
          ${pressed ? icon('check', 14) : ''}${label}
        </button>`;
      })}
    </div>`;
  }

  private toggle(id: string, on: boolean): void {
    const detail = this.choices
      .map((choice) => choice.id)
      .filter((other) => (other === id ? on : this.chosen.includes(other)));
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-choices': Choices;
  }
}
