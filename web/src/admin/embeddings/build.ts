import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '../../elements/confirm';
import { icon } from '../../elements/icon';
import '../../elements/spinner';
import { base, buttons, fields } from '../../elements/styles';
import { toast } from '../../elements/toast';
import { buildEmbeddings } from '../api';
import { waitingWords } from './coverage';

/** Has the server embed what is missing now, if wanted with a look at every text. Emits `built` when it has begun. */
@customElement('tm-build-embeddings')
export class BuildEmbeddings extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: block;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-4);
        min-height: 36px;
      }
      .error {
        margin-top: var(--space-2);
      }
    `,
  ];

  @state() private backstop = false;
  @state() private asks = false;
  @state() private doing = false;
  @state() private refusal = '';

  override render() {
    return html`<div class="row">
        <label class="check">
          <input
            type="checkbox"
            .checked=${this.backstop}
            ?disabled=${this.asks || this.doing}
            @change=${(event: Event) => (this.backstop = (event.target as HTMLInputElement).checked)}
          />
          <span>Look at every text again, not only at new and changed ones</span>
        </label>
        ${this.asks ? this.renderQuestion() : this.renderButton()}
      </div>
      ${this.refusal ? html`<p class="error" role="alert">${this.refusal}</p>` : nothing}`;
  }

  private renderQuestion() {
    return html`<tm-confirm
      question=${this.backstop ? 'Look at every text?' : 'Embed what is missing?'}
      yes="Yes, build"
      no="No"
      harmless
      @confirm=${this.build}
      @dismiss=${() => this.stopAsking()}
    ></tm-confirm>`;
  }

  private renderButton() {
    return html`<button
      class="button start"
      ?disabled=${this.doing}
      @click=${() => (this.asks = true)}
    >
      ${this.doing ? html`<tm-spinner></tm-spinner> Starting` : html`${icon('search', 16)} Build embeddings`}
    </button>`;
  }

  private readonly build = async (): Promise<void> => {
    this.asks = false;
    this.refusal = '';
    this.doing = true;
    const answer = await buildEmbeddings(this.backstop);
    this.doing = false;
    this.focusButton();
    if (!answer.ok) {
      this.refusal = answer.problem.detail;
      return;
    }
    toast({ text: waitingWords(answer.value.missing, this.backstop) });
    this.backstop = false;
    this.dispatchEvent(new Event('built'));
  };

  private stopAsking(): void {
    this.asks = false;
    this.focusButton();
  }

  private focusButton(): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.start')?.focus(),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-build-embeddings': BuildEmbeddings;
  }
}
