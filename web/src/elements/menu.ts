import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { icon, type IconName } from './icon';
import { base } from './styles';

export interface MenuItem {
  id: string;
  label: string;
  icon?: IconName;
  danger?: boolean;
  /** Shown at the right; the key itself is handled elsewhere. */
  key?: string;
  /** For a menu of which one item is the present choice. */
  checked?: boolean;
}

/** A menu in the top layer beside the control that opened it. Emits `choose` with the item's id; focus returns to the control. */
@customElement('tm-menu')
export class Menu extends LitElement {
  static override styles = [
    base,
    css`
      [popover] {
        position: fixed;
        inset: auto;
        min-width: 200px;
        max-width: min(320px, calc(100vw - 16px));
        max-height: calc(100dvh - 16px);
        margin: 0;
        padding: var(--space-1);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface-raised);
        color: var(--text);
        box-shadow: var(--shadow);
        overflow: auto;
      }
      button {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        width: 100%;
        min-height: 36px;
        padding: var(--space-1) var(--space-3);
        border: 0;
        border-radius: var(--radius-s);
        background: none;
        color: inherit;
        font: var(--text-s);
        text-align: start;
        cursor: pointer;
      }
      button:hover,
      button:focus-visible {
        background: var(--surface-hover);
        outline: none;
      }
      button:focus-visible {
        box-shadow: inset 0 0 0 2px var(--accent);
      }
      button svg {
        flex: none;
        color: var(--text-muted);
      }
      button.danger,
      button.danger svg {
        color: var(--danger);
      }
      .label {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
      }
    `,
  ];

  @property({ attribute: false }) items: readonly MenuItem[] = [];
  @property() label = '';
  @query('[popover]') private readonly popup!: HTMLElement;
  private anchor: HTMLElement | undefined;

  override render() {
    return html`<div
      popover
      role="menu"
      aria-label=${this.label}
      @keydown=${this.onKey}
      @toggle=${this.onToggle}
    >
      ${this.items.map(
        (item) =>
          html`<button
            role=${item.checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked=${item.checked ?? nothing}
            tabindex="-1"
            class=${item.danger ? 'danger' : ''}
            @click=${() => this.choose(item)}
          >
            ${item.icon ? icon(item.icon, 18) : nothing}
            <span class="label">${item.label}</span>
            ${item.checked ? icon('check', 16) : nothing}
            ${item.key ? html`<kbd aria-hidden="true">${item.key}</kbd>` : nothing}
          </button>`,
      )}
    </div>`;
  }

  /** Opens beside the control, on the side where there is room. */
  async open(anchor: HTMLElement, items: readonly MenuItem[] = this.items): Promise<void> {
    this.items = items;
    await this.updateComplete;
    if (this.popup.matches(':popover-open')) {
      this.popup.hidePopover();
      return;
    }
    this.anchor = anchor;
    this.popup.showPopover();
    placeBeside(this.popup, anchor);
    anchor.setAttribute('aria-expanded', 'true');
    this.buttons[0]?.focus();
  }

  private get buttons(): HTMLButtonElement[] {
    return [...this.popup.querySelectorAll('button')];
  }

  private choose(item: MenuItem): void {
    this.popup.hidePopover();
    this.dispatchEvent(new CustomEvent('choose', { detail: item.id }));
  }

  private readonly onToggle = (event: Event): void => {
    if ((event as ToggleEvent).newState !== 'closed') return;
    this.anchor?.setAttribute('aria-expanded', 'false');
    this.anchor?.focus();
    this.dispatchEvent(new Event('close'));
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const all = this.buttons;
    const at = all.findIndex((button) => button.matches(':focus'));
    const target = {
      ArrowDown: all[(at + 1) % all.length],
      ArrowUp: all[(at - 1 + all.length) % all.length],
      Home: all[0],
      End: all.at(-1),
    }[event.key];
    if (target) {
      target.focus();
      event.preventDefault();
    } else if (event.key === 'Tab') {
      this.popup.hidePopover();
    }
    // Keys of the whole page, such as Ctrl-K, go on.
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  };
}

/** Puts a fixed element below a control, or above it where there is no room, inside the window. */
export function placeBeside(popup: HTMLElement, anchor: HTMLElement): void {
  const gap = 4;
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popup;
  const below = box.bottom + gap + height <= innerHeight - gap;
  const top = below ? box.bottom + gap : Math.max(gap, box.top - gap - height);
  const left = Math.min(Math.max(gap, box.left), innerWidth - width - gap);
  popup.style.setProperty('top', `${top}px`);
  popup.style.setProperty('left', `${left}px`);
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-menu': Menu;
  }
}
