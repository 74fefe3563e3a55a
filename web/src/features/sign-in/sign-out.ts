import { LitElement, css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import '../../elements/dialog';
import { base, buttons, fields } from '../../elements/styles';
import { LiveStatus } from '../../engine/live';

export class SignOutEvent extends Event {
  constructor(readonly removeData: boolean) {
    super('sign-out', { bubbles: true, composed: true });
  }
}

/** Asks before signing out, and whether the data of this device should go. Emits `sign-out`; on `close` the parent takes it away. */
@customElement('tm-sign-out')
export class SignOut extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: grid;
        gap: var(--space-4);
      }
      .row {
        display: flex;
        gap: var(--space-2);
      }
      .warning {
        padding: var(--space-3);
        border-radius: var(--radius-m);
        background: var(--warning-soft);
        color: var(--warning);
        font: var(--text-s);
      }
    `,
  ];

  private readonly status = new LiveStatus(this);
  @state() private removeData = false;
  @state() private busy = false;
  @query('input') private readonly box!: HTMLInputElement;

  override render() {
    const { pending } = this.status.value;
    const lost = pending === 1 ? '1 change that was' : `${pending} changes that were`;
    return html`<tm-dialog heading="Sign out" @close=${() => this.dispatchEvent(new Event('close'))}>
      <form @submit=${this.submit}>
        <label class="check">
          <input type="checkbox" @change=${() => (this.removeData = this.box.checked)} />
          <span
            >Remove my data from this device
            <span class="hint"><br />Choose this on a computer that others use.</span></span
          >
        </label>
        ${
          this.removeData && pending > 0
            ? html`<p class="warning" role="alert">${lost} not sent yet will be lost.</p>`
            : nothing
        }
        <div class="row">
          <button class="button ${this.removeData ? 'danger' : 'primary'}" ?disabled=${this.busy}>
            ${this.removeData ? 'Sign out and remove' : 'Sign out'}
          </button>
          <button class="button" type="button" @click=${() => this.dispatchEvent(new Event('close'))}>
            Stay
          </button>
        </div>
      </form>
    </tm-dialog>`;
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    this.busy = true;
    this.dispatchEvent(new SignOutEvent(this.removeData));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-sign-out': SignOut;
  }
  interface HTMLElementEventMap {
    'sign-out': SignOutEvent;
  }
}
