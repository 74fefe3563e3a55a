import { LitElement, css, html } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { placeBeside } from '../../elements/menu';
import { base } from '../../elements/styles';

const EMOJI: readonly (readonly [string, string])[] = [
  ['👍', 'thumbs up'],
  ['👎', 'thumbs down'],
  ['❤️', 'heart'],
  ['🎉', 'party'],
  ['😄', 'smile'],
  ['😂', 'tears of joy'],
  ['😮', 'surprised'],
  ['😢', 'sad'],
  ['🙏', 'thank you'],
  ['👏', 'applause'],
  ['🙌', 'hooray'],
  ['💪', 'strong'],
  ['🔥', 'fire'],
  ['🚀', 'rocket'],
  ['👀', 'eyes'],
  ['🤔', 'thinking'],
  ['💡', 'idea'],
  ['✅', 'done'],
  ['❌', 'no'],
  ['❓', 'question'],
  ['⚠️', 'warning'],
  ['🐛', 'bug'],
  ['📌', 'pin'],
  ['☕', 'coffee'],
];
const COLUMNS = 6;

/** A small grid of emoji in the top layer. Emits `choose` with the emoji; focus returns to where it was. */
@customElement('tm-emoji-picker')
export class EmojiPicker extends LitElement {
  static override styles = [
    base,
    css`
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: var(--space-2);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface-raised);
        box-shadow: var(--shadow);
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(6, 38px);
        gap: 2px;
      }
      button {
        width: 38px;
        height: 38px;
        padding: 0;
        border: 0;
        border-radius: var(--radius-m);
        background: none;
        font-size: 20px;
        line-height: 1;
        cursor: pointer;
      }
      button:hover,
      button:focus-visible {
        background: var(--surface-hover);
      }
    `,
  ];

  @query('[popover]') private readonly popup!: HTMLElement;
  private back: HTMLElement | undefined;

  override render() {
    return html`<div
      popover
      role="dialog"
      aria-label="Add a reaction"
      @toggle=${this.onToggle}
      @keydown=${this.onKey}
    >
      <div class="grid" role="group">
        ${EMOJI.map(
          ([emoji, name]) =>
            html`<button
              aria-label=${name}
              title=${name}
              @click=${() => {
                this.popup.hidePopover();
                this.dispatchEvent(new CustomEvent('choose', { detail: emoji }));
              }}
            >
              ${emoji}
            </button>`,
        )}
      </div>
    </div>`;
  }

  /** Opens beside an element; focus goes to `back` afterwards. */
  open(anchor: HTMLElement, back: HTMLElement): void {
    this.back = back;
    this.popup.showPopover();
    placeBeside(this.popup, anchor);
    this.popup.querySelector('button')?.focus();
  }

  private readonly onToggle = (event: Event): void => {
    if ((event as ToggleEvent).newState === 'closed') this.back?.focus();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const all = [...this.popup.querySelectorAll('button')];
    const at = all.findIndex((button) => button.matches(':focus'));
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    if (step !== undefined) {
      all[(at + step + all.length) % all.length]?.focus();
      event.preventDefault();
    }
    event.stopPropagation();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-emoji-picker': EmojiPicker;
  }
}
