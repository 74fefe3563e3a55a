import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { icon } from '../../elements/icon';
import { base, buttons } from '../../elements/styles';
import { toast } from '../../elements/toast';

/** The server takes bodies up to this many characters. */
const MOST_CHARACTERS = 65_536;
const TALLEST_PIXELS = 240;

export class SubmitBodyEvent extends Event {
  constructor(
    readonly body: string,
    /** Puts the text back where it was written, when it could not even be stored. */
    readonly giveBack: () => void,
  ) {
    super('submit-body', { bubbles: true, composed: true });
  }
}

/**
 * Where one writes. Emits `submit-body`, and `edit-last` on arrow up in an empty field. What was not sent is kept per `draft` key in
 * this browser.
 */
@customElement('tm-composer')
export class Composer extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        padding: 0 var(--space-5) var(--space-2);
      }
      form {
        display: flex;
        align-items: flex-end;
        gap: var(--space-1);
        padding: 3px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-l);
        background: var(--surface);
      }
      form:focus-within {
        border-color: var(--accent);
        box-shadow: 0 0 0 1px var(--accent);
      }
      textarea {
        flex: 1;
        min-width: 0;
        min-height: 36px;
        padding: 7px var(--space-3);
        border: 0;
        background: transparent;
        color: var(--text);
        font: var(--text-m);
        resize: none;
        scrollbar-width: thin;
      }
      textarea:focus-visible {
        outline: none;
      }
      textarea::placeholder {
        color: var(--text-muted);
        opacity: 1;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .send {
        width: 36px;
        height: 36px;
        border-radius: 9px;
      }
      .send:enabled {
        background: var(--accent);
        color: var(--on-accent);
      }
      .send:enabled:hover {
        background: var(--accent-hover);
      }
      .below {
        display: flex;
        justify-content: space-between;
        min-height: 16px;
        padding: 2px var(--space-2) 0;
        color: var(--text-muted);
        font: var(--text-xs);
      }
      .below .over {
        color: var(--danger);
      }
      @media (max-width: 699px) {
        :host {
          padding: 0 var(--space-3) max(var(--space-2), env(safe-area-inset-bottom));
        }
        .keys {
          display: none;
        }
      }
    `,
  ];

  @property() placeholder = '';
  /** Names what is being written to; drafts are kept under it. */
  @property() draft = '';
  @state() private text = '';
  @query('textarea') private readonly field!: HTMLTextAreaElement;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('draft')) this.text = sessionStorage.getItem(draftKey(this.draft)) ?? '';
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('draft') || changed.has('text')) this.fit();
  }

  override focus(): void {
    this.field?.focus();
  }

  override render() {
    const over = this.text.length - MOST_CHARACTERS;
    const sendable = this.text.trim() !== '' && over <= 0;
    return html`<form @submit=${this.submit}>
        <textarea
          rows="1"
          dir=${this.text ? 'auto' : nothing}
          aria-label=${this.placeholder}
          placeholder=${this.placeholder}
          enterkeyhint="send"
          .value=${this.text}
          @input=${this.onInput}
          @keydown=${this.onKey}
        ></textarea>
        <button class="icon-button send" aria-label="Send" title="Send" ?disabled=${!sendable}>
          ${icon('send', 18)}
        </button>
      </form>
      <div class="below">
        ${
          over > 0
            ? html`<span class="over" role="status">${over} characters too long</span>`
            : html`<span></span>`
        }
        ${
          this.text
            ? html`<span class="keys"
                ><strong>Shift + Enter</strong> for a new line · <code>\`code\`</code>
                <strong>**bold**</strong> <em>_italic_</em></span
              >`
            : nothing
        }
      </div>`;
  }

  private readonly onInput = (): void => {
    this.text = this.field.value;
    const key = draftKey(this.draft);
    if (this.text === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, this.text);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      this.submit(event);
    } else if (event.key === 'ArrowUp' && this.text === '') {
      this.dispatchEvent(new Event('edit-last', { bubbles: true, composed: true }));
      event.preventDefault();
    }
  };

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    const body = this.text.trim();
    if (body === '' || body.length > MOST_CHARACTERS) return;
    this.text = '';
    sessionStorage.removeItem(draftKey(this.draft));
    const { draft } = this;
    this.dispatchEvent(new SubmitBodyEvent(body, () => this.giveBack(draft, body)));
  };

  /** In front of what has been written since. */
  private giveBack(draft: string, body: string): void {
    const key = draftKey(draft);
    const text = [body, sessionStorage.getItem(key)].filter(Boolean).join('\n\n');
    sessionStorage.setItem(key, text);
    if (this.draft === draft) this.text = text;
  }

  private fit(): void {
    const { field } = this;
    field.style.setProperty('height', 'auto');
    field.style.setProperty('height', `${Math.min(field.scrollHeight, TALLEST_PIXELS)}px`);
  }
}

/** Follows a submitted text until it is stored here; a text that cannot be is given back, with the reason. */
export function writeDown(storing: Promise<void>, { giveBack }: SubmitBodyEvent): void {
  storing.catch((error: unknown) => {
    giveBack();
    toast({ text: `Not written: ${(error as Error).message}`, kind: 'error' });
  });
}

function draftKey(draft: string): string {
  return `tidemark.draft.${draft}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-composer': Composer;
  }
  interface HTMLElementEventMap {
    'submit-body': SubmitBodyEvent;
  }
}
