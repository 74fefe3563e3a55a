import { LitElement, css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { icon } from '../../elements/icon';
import '../../elements/spinner';
import { base, buttons, fields } from '../../elements/styles';
import { addLibrary, type Library } from '../api';

/** A library is known to the server now; it may have been before. */
export class AddedEvent extends Event {
  constructor(readonly library: Library) {
    super('added');
  }
}

/** Takes the address of a repository. What the server refuses is said below the field, and what was typed stays. */
@customElement('tm-add-library')
export class AddLibrary extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: var(--space-3);
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
      }
      .source {
        flex: 3 1 300px;
      }
      .title {
        flex: 1 1 180px;
      }
      .button {
        min-height: 40px;
        margin-top: 22px;
      }
      .hint,
      .error {
        overflow-wrap: anywhere;
      }
      @media (max-width: 699px) {
        .button {
          width: 100%;
          margin-top: 0;
        }
      }
    `,
  ];

  @state() private adding = false;
  @state() private refusal = '';
  @query('#source') private readonly source!: HTMLInputElement;
  @query('#title') private readonly titleField!: HTMLInputElement;

  override render() {
    return html`<form aria-label="Add a library" @submit=${this.onSubmit}>
      <div class="field source">
        <label for="source">Repository</label>
        <input
          id="source"
          type="text"
          inputmode="url"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          placeholder="https://example.org/owner/name"
          aria-describedby="source-help"
          aria-invalid=${this.refusal ? 'true' : nothing}
          @input=${() => (this.refusal = '')}
        />
        ${
          this.refusal
            ? html`<p class="error" id="source-help" role="alert">${this.refusal}</p>`
            : html`<p class="hint" id="source-help">
                The <code>https://</code> address of a git repository, or the path of one below the
                folder that the server was started with as <code>--libs-allow</code>.
              </p>`
        }
      </div>
      <div class="field title">
        <label for="title">Title <span class="hint">(optional)</span></label>
        <input id="title" autocomplete="off" maxlength="120" />
      </div>
      <button class="button primary" ?disabled=${this.adding}>
        ${this.adding ? html`<tm-spinner></tm-spinner> Adding` : html`${icon('plus', 18)} Add library`}
      </button>
    </form>`;
  }

  override focus(): void {
    this.source.focus();
  }

  private readonly onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const source = this.source.value.trim();
    if (!source) {
      this.refusal = 'Enter the address of a repository.';
      this.source.focus();
      return;
    }
    this.adding = true;
    const answer = await addLibrary(source, this.titleField.value.trim());
    this.adding = false;
    if (!answer.ok) {
      this.refusal = answer.problem.detail;
      this.source.focus();
      return;
    }
    this.refusal = '';
    this.source.value = '';
    this.titleField.value = '';
    this.dispatchEvent(new AddedEvent(answer.value));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-add-library': AddLibrary;
  }
}
