import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { icon } from './icon';
import { base, buttons } from './styles';

/**
 * A modal dialog on the native one: focus stays inside, Esc and the backdrop close it, focus returns where it was. Rendering it opens
 * it; on `close` the parent takes it away.
 */
@customElement('tm-dialog')
export class Dialog extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      dialog {
        width: min(var(--dialog-width, 480px), calc(100vw - 32px));
        max-height: min(720px, calc(100dvh - 32px));
        padding: 0;
        border: 0;
        border-radius: var(--radius-l);
        background: var(--surface-raised);
        color: var(--text);
        font: var(--text-m);
        box-shadow: var(--shadow);
        overflow: hidden;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
      }
      dialog::backdrop {
        background: var(--scrim);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
        padding: var(--space-4) var(--space-4) var(--space-2) var(--space-6);
      }
      h2 {
        font: var(--text-l);
        font-weight: 650;
      }
      .body {
        padding: 0 var(--space-6) var(--space-6);
        overflow: auto;
      }
      :host([wide]) {
        --dialog-width: 640px;
      }
    `,
  ];

  @property() heading = '';
  @property({ type: Boolean, reflect: true }) wide = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  /** What had the focus before; the browser gives it back only to a dialog that closes before it is taken away. */
  private opener: HTMLElement | undefined;

  override firstUpdated(): void {
    this.opener = focused();
    this.dialog.showModal();
    const first = this.querySelector<HTMLElement>('[autofocus]');
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }

  override disconnectedCallback(): void {
    if (this.dialog?.open) {
      this.dialog.close();
      if (this.opener?.isConnected) this.opener.focus({ preventScroll: true });
    }
    super.disconnectedCallback();
  }

  override render() {
    return html`<dialog
      aria-labelledby="heading"
      @close=${(event: Event) => {
        event.stopPropagation();
        if (this.isConnected) this.dispatchEvent(new Event('close'));
      }}
      @mousedown=${(event: MouseEvent) => {
        if (event.target === this.dialog) this.close();
      }}
    >
      <header>
        <h2 id="heading">${this.heading}</h2>
        <button class="icon-button" aria-label="Close" @click=${() => this.close()}>
          ${icon('close')}
        </button>
      </header>
      <div class="body"><slot></slot></div>
    </dialog>`;
  }

  close(): void {
    this.dialog.close();
  }
}

/** The element with the focus, however deep in shadow trees. */
function focused(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-dialog': Dialog;
  }
}
