import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from './icon';
import { base, buttons } from './styles';

export interface Toast {
  text: string;
  kind?: 'info' | 'error';
  action?: { label: string; run: () => void };
  /** Stays until it is answered or dismissed. */
  stays?: boolean;
}

/** Time a toast stays; one with an action or an error stays longer, and all wait while pointed at or focused. */
const SHORT_MILLIS = 4_000;
const LONG_MILLIS = 10_000;
const MOST_TOASTS = 3;

/** Shows a short message over whatever page is open. */
export function toast(toast: Toast): void {
  window.dispatchEvent(new CustomEvent('tm-toast', { detail: toast }));
}

/** Where toasts appear; one per page. */
@customElement('tm-toasts')
export class Toasts extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        position: fixed;
        inset: auto 0 88px 0;
        z-index: 20;
        padding: 0 var(--space-4);
        pointer-events: none;
      }
      [role='status'] {
        display: grid;
        justify-items: center;
        gap: var(--space-2);
      }
      .toast {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        max-width: 520px;
        padding: var(--space-2) var(--space-2) var(--space-2) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface-raised);
        color: var(--text);
        font: var(--text-s);
        box-shadow: var(--shadow);
        pointer-events: auto;
      }
      .toast > svg {
        flex: none;
        color: var(--danger);
      }
    `,
  ];

  @state() private shown: readonly { id: number; toast: Toast }[] = [];
  private next = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('tm-toast', this.onToast);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('tm-toast', this.onToast);
    super.disconnectedCallback();
  }

  override render() {
    return html`<div role="status" aria-live="polite">
      ${repeat(
        this.shown,
        ({ id }) => id,
        ({ id, toast }) =>
          html`<div class="toast">
            ${toast.kind === 'error' ? icon('warning', 18) : nothing}
            <span>${toast.text}</span>
            ${
              toast.action
                ? html`<button
                    class="button quiet"
                    @click=${() => {
                      this.dismiss(id);
                      toast.action?.run();
                    }}
                  >
                    ${toast.action.label}
                  </button>`
                : nothing
            }
            <button class="icon-button" aria-label="Dismiss" @click=${() => this.dismiss(id)}>
              ${icon('close', 16)}
            </button>
          </div>`,
      )}
    </div>`;
  }

  private readonly onToast = (event: Event): void => {
    const { detail: toast } = event as CustomEvent<Toast>;
    const id = this.next++;
    this.shown = [...this.shown, { id, toast }].slice(-MOST_TOASTS);
    if (!toast.stays)
      this.expire(id, toast.action || toast.kind === 'error' ? LONG_MILLIS : SHORT_MILLIS);
  };

  private expire(id: number, millis: number): void {
    setTimeout(() => {
      if (this.matches(':hover, :focus-within')) this.expire(id, millis);
      else this.dismiss(id);
    }, millis);
  }

  private dismiss(id: number): void {
    this.shown = this.shown.filter((entry) => entry.id !== id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-toasts': Toasts;
  }
}
