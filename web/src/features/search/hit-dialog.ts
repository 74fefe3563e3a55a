import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../../elements/dialog';
import { icon } from '../../elements/icon';
import { base, buttons } from '../../elements/styles';
import type { DocumentFound, SnippetFound } from './found';
import { atHighlights, rendered } from './pieces';
import { wholeText } from './snippet-text';

/**
 * Reads a snippet of a library, or what was found of a document. The excerpt is there at once, the snippet's whole text follows. All of
 * it is shown as plain text. Emits `close`.
 */
@customElement('tm-hit-dialog')
export class HitDialog extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .top {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-start;
        justify-content: space-between;
        gap: var(--space-3);
        /* The body that scrolls would cut the ring of focus. */
        padding-top: var(--space-1);
        margin-bottom: var(--space-3);
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 2px var(--space-3);
        margin: 0;
        font: var(--text-s);
      }
      dt {
        color: var(--text-muted);
      }
      dd {
        overflow-wrap: anywhere;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
        color: var(--text-muted);
        font: var(--text-s);
      }
      /* It is there before it says something, for who listens; it takes no room then. */
      .actions span:empty {
        margin-inline-start: calc(-1 * var(--space-2));
      }
      pre {
        margin: 0;
        padding: var(--space-3) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface-sunken);
        font-family: var(--font-mono);
        font-size: 13px;
        line-height: 20px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      mark {
        border-radius: 2px;
        background: var(--mark);
        color: inherit;
      }
      .part {
        margin-top: var(--space-2);
        color: var(--text-muted);
        font: var(--text-s);
      }
    `,
  ];

  @property({ attribute: false }) hit!: DocumentFound | SnippetFound;
  /** What became of copying. Toasts stand behind an open dialog. */
  @state() private copied = '';
  /** The snippet's whole text; null when it cannot be had. */
  @state() private whole: string | null | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load(this.hit);
  }

  private async load(hit: DocumentFound | SnippetFound): Promise<void> {
    this.whole = hit.kind === 'snippet' ? ((await wholeText(hit)) ?? null) : null;
  }

  override render() {
    const { hit, whole } = this;
    return html`<tm-dialog
      wide
      heading=${hit.title || (hit.kind === 'snippet' ? hit.path : 'Untitled')}
      @close=${() => this.dispatchEvent(new Event('close'))}
    >
      <div class="top">
        ${hit.kind === 'snippet' ? renderPlace(hit) : html`<p>Document</p>`}
        <div class="actions">
          <button class="button" autofocus @click=${() => this.copyText()}>
            ${icon('copy', 16)} Copy text
          </button>
          ${
            hit.kind === 'snippet'
              ? html`<button class="button" @click=${() => this.copy(placeOf(hit), 'Source copied.')}>
                  ${icon('link', 16)} Copy source
                </button>`
              : nothing
          }
          <span role="status">${this.copied}</span>
        </div>
      </div>
      ${
        (whole ?? hit.excerpt) === ''
          ? nothing
          : html`<pre aria-busy=${whole === undefined}>${whole ?? rendered(atHighlights(hit.excerpt, hit.highlights))}</pre>`
      }
      ${whole === null ? html`<p class="part">${this.partly()}</p>` : nothing}
    </tm-dialog>`;
  }

  private partly(): string {
    const { kind, excerpt } = this.hit;
    if (kind === 'snippet') {
      return 'This is the part that was found; the whole text could not be fetched.';
    }
    const shown = excerpt === '' ? 'There is only a title' : 'This is the part that was found';
    return `${shown}; documents cannot be opened here yet.`;
  }

  private copyText(): void {
    this.copy(this.whole ?? (this.hit.excerpt || (this.hit.title ?? '')), 'Text copied.');
  }

  private copy(text: string, done: string): void {
    navigator.clipboard.writeText(text).then(
      () => (this.copied = done),
      () => (this.copied = 'The browser does not allow copying here.'),
    );
  }
}

function renderPlace(hit: SnippetFound) {
  return html`<dl>
    <dt>Library</dt>
    <dd>${hit.libraryId}</dd>
    <dt>Version</dt>
    <dd>${hit.version}</dd>
    <dt>File</dt>
    <dd><code>${hit.path}:${hit.line}</code></dd>
  </dl>`;
}

/** Where a snippet stands, in one line. */
function placeOf({ libraryId, version, path, line }: SnippetFound): string {
  return `${libraryId} ${version}, ${path}:${line}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-hit-dialog': HitDialog;
  }
}
