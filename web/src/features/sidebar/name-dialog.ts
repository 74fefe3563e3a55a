import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../../elements/dialog';
import { base, buttons, fields } from '../../elements/styles';
import { MOST_NAME_CHARACTERS } from './channels';

export class NamedEvent extends Event {
  constructor(readonly name: string) {
    super('named');
  }
}

/** Asks for one name: of a space or channel. Emits `named`; on `close` the parent takes it away. */
@customElement('tm-name-dialog')
export class NameDialog extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: grid;
        gap: var(--space-5);
      }
      .row {
        display: flex;
        gap: var(--space-2);
      }
    `,
  ];

  @property() heading = '';
  @property() label = 'Name';
  @property() hint = '';
  @property() value = '';
  @property() action = 'Create';
  /** What went wrong with the last try. */
  @property() problem = '';
  @property({ type: Boolean }) busy = false;
  /** Makes the name from what was typed. */
  @property({ attribute: false }) tidy: (typed: string) => string = (typed) => typed.trim();
  @state() private typed: string | undefined;
  @query('input') private readonly field!: HTMLInputElement;

  override render() {
    const name = this.tidy(this.typed ?? this.value);
    return html`<tm-dialog
      .heading=${this.heading}
      @close=${() => this.dispatchEvent(new Event('close'))}
    >
      <form @submit=${this.submit}>
        <div class="field">
          <label for="name">${this.label}</label>
          <input
            id="name"
            autofocus
            autocomplete="off"
            maxlength=${MOST_NAME_CHARACTERS}
            .value=${this.value}
            aria-describedby="hint"
            aria-invalid=${this.problem ? 'true' : nothing}
            @input=${() => (this.typed = this.field.value)}
          />
          <p id="hint" class=${this.problem ? 'error' : 'hint'}>
            ${this.problem || (name && name !== (this.typed ?? this.value) ? `It will be called “${name}”.` : this.hint)}
          </p>
        </div>
        <div class="row">
          <button class="button primary" ?disabled=${name === '' || this.busy}>${this.action}</button>
          <button class="button" type="button" @click=${() => this.dispatchEvent(new Event('close'))}>
            Cancel
          </button>
        </div>
      </form>
    </tm-dialog>`;
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    const name = this.tidy(this.typed ?? this.value);
    if (name !== '' && !this.busy) this.dispatchEvent(new NamedEvent(name));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-name-dialog': NameDialog;
  }
}
