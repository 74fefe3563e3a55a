import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../../elements/avatar';
import '../../elements/time';
import { icon, type IconName } from '../../elements/icon';
import { base, buttons } from '../../elements/styles';
import { exactTime, shortClockTime } from '../../elements/time-words';
import type { Message, Reaction, Refusal } from './messages';
import { messageStyles } from './message-styles';
import { richText, type Piece } from './rich-text';

/** What people ask of a message; the timeline does it. */
export type MessageAction =
  | { kind: 'react'; anchor: HTMLElement }
  | { kind: 'toggle'; emoji: string; on: boolean }
  | { kind: 'reply' }
  | { kind: 'edit' }
  | { kind: 'save'; body: string }
  | { kind: 'cancel' }
  | { kind: 'more'; anchor: HTMLElement }
  | { kind: 'retry' | 'copy' | 'discard'; refusal: Refusal };

export class MessageActionEvent extends Event {
  constructor(
    readonly message: Message,
    readonly action: MessageAction,
  ) {
    super('message-action', { bubbles: true, composed: true });
  }
}

const HOVERLESS = matchMedia('(hover: none)');
const NO_REACTIONS: readonly Reaction[] = [];
const NO_REFUSALS: readonly Refusal[] = [];

/** One message of a timeline. It shows what it is given and says what people ask of it. */
@customElement('tm-message')
export class MessageElement extends LitElement {
  static override styles = [base, buttons, messageStyles];

  @property({ attribute: false, hasChanged: differs }) message!: Message;
  @property({ attribute: false }) name = '';
  @property({ attribute: false }) me = '';
  @property({ attribute: false }) reactions = NO_REACTIONS;
  @property({ attribute: false }) refusals = NO_REFUSALS;
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  /** Same author as the message above, shortly after: no picture and name. */
  @property({ type: Boolean, reflect: true }) compact = false;
  /** Shown after following a link to it. */
  @property({ type: Boolean, reflect: true }) target = false;
  @property({ type: Boolean }) editing = false;
  @property({ type: Boolean }) writable = false;
  /** Of all messages one is reached by Tab, with what is in it; arrows lead to the others. */
  @property({ type: Boolean }) reachable = false;
  /** Inside a thread there is no reply to open. */
  @property({ type: Boolean, attribute: 'in-thread' }) inThread = false;
  @state() private active = false;
  private pointed = false;
  private focusedInside = false;
  @query('.main') readonly main!: HTMLElement;
  @query('textarea') private readonly editor?: HTMLTextAreaElement;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('pointerenter', this.wake);
    this.addEventListener('pointerleave', this.rest);
    this.addEventListener('focusin', this.wake);
    this.addEventListener('focusout', this.rest);
  }

  /** A finger leaves hover behind on what it touched; it gets the tools by focus. */
  private readonly wake = (event: Event): void => {
    if (event instanceof PointerEvent) this.pointed = event.pointerType === 'mouse';
    else this.focusedInside = HOVERLESS.matches || this.focusShows();
    this.active = this.pointed || this.focusedInside;
  };

  private readonly rest = (event: Event): void => {
    if (event instanceof PointerEvent) this.pointed = false;
    else this.focusedInside = false;
    queueMicrotask(() => (this.active = this.pointed || this.focusedInside));
  };

  /** Whether the focus came by keyboard: a click on another message must not leave tools here. */
  private focusShows(): boolean {
    const inside = this.renderRoot instanceof ShadowRoot ? this.renderRoot.activeElement : null;
    return (inside ?? this).matches(':focus-visible');
  }

  override willUpdate(): void {
    const { deleted, state, body, created_at } = this.message;
    const suffix =
      state === 'pending' ? ', waiting to be sent' : state === 'refused' ? ', refused' : '';
    this.ariaLabel = `${this.name}, ${exactTime(created_at)}${suffix}: ${deleted ? 'deleted message' : body.slice(0, 300)}`;
    this.toggleAttribute('refused', state === 'refused' || this.refusals.length > 0);
    this.toggleAttribute('pending', state === 'pending');
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('editing') && this.editing && this.editor) {
      this.editor.focus();
      this.editor.setSelectionRange(this.editor.value.length, this.editor.value.length);
      this.fitEditor();
      this.editor.form?.scrollIntoView({ block: 'nearest' });
    }
  }

  override render() {
    const { message } = this;
    return html`<div class="gutter">
        ${
          this.compact
            ? html`<span class="gutter-time" title=${exactTime(message.created_at)} aria-hidden="true"
                >${shortClockTime(message.created_at)}</span
              >`
            : html`<tm-avatar .name=${this.name}></tm-avatar>`
        }
      </div>
      <div class="main">
        ${
          this.compact
            ? nothing
            : html`<div class="head">
                <span class="author">${this.name}</span>
                <tm-time class="time" .at=${message.created_at}></tm-time>
                ${message.pinned ? html`<span class="pinned">${icon('pin', 14)} Pinned</span>` : nothing}
              </div>`
        }
        ${this.editing ? this.renderEditor() : this.renderBody()} ${this.renderReactions()}
        ${this.renderReplies()} ${this.refusals.map((refusal) => this.renderRefusal(refusal))}
      </div>
      ${this.active && !this.editing ? this.renderTools() : nothing}`;
  }

  private renderBody() {
    const { message } = this;
    if (message.deleted) return html`<div class="body gone">This message was deleted.</div>`;
    return html`<div class="body">${richText(message.body).map((piece) => renderPiece(piece, this.reach))}${
      message.edited_at === null
        ? nothing
        : html`<span class="edited" title="Edited ${exactTime(message.edited_at)}"> (edited)</span>`
    }${
      message.state === 'pending'
        ? html`<span class="waiting" title="Waiting to be sent">${icon('clock', 14)}</span>`
        : nothing
    }</div>`;
  }

  private renderEditor() {
    return html`<form class="editor" @submit=${this.save}>
      <textarea
        aria-label="Edit message"
        rows="1"
        dir="auto"
        .value=${this.message.body}
        @input=${() => this.fitEditor()}
        @keydown=${this.onEditorKey}
      ></textarea>
      <div class="editor-actions">
        <button class="button primary" type="submit">Save</button>
        <button class="button" type="button" @click=${() => this.ask({ kind: 'cancel' })}>
          Cancel
        </button>
        <span class="keys"><kbd>Enter</kbd> saves, <kbd>Esc</kbd> cancels</span>
      </div>
    </form>`;
  }

  private renderReactions() {
    if (this.reactions.length === 0 || this.message.deleted) return nothing;
    const byEmoji = new Map<string, string[]>();
    for (const { emoji, author } of this.reactions) {
      const authors = byEmoji.get(emoji);
      if (authors) authors.push(author);
      else byEmoji.set(emoji, [author]);
    }
    return html`<div class="reactions">
      ${[...byEmoji].map(([emoji, authors]) => {
        const mine = authors.includes(this.me);
        const who = authors.map((author) => this.nameOf(author)).join(', ');
        return html`<button
          class="reaction"
          tabindex=${this.reach}
          aria-pressed=${mine}
          aria-label="${emoji}, ${authors.length}: ${who}"
          title=${who}
          ?disabled=${!this.writable}
          @click=${() => this.ask({ kind: 'toggle', emoji, on: !mine })}
        >
          <span>${emoji}</span><span class="number">${authors.length}</span>
        </button>`;
      })}
    </div>`;
  }

  private renderReplies() {
    const { replies, last_reply_at } = this.message;
    if (this.inThread || replies === 0) return nothing;
    return html`<button class="replies" tabindex=${this.reach} @click=${() => this.ask({ kind: 'reply' })}>
      ${icon('thread', 16)} ${replies} ${replies === 1 ? 'reply' : 'replies'}
      ${
        last_reply_at === null
          ? nothing
          : html`<span class="last">last reply <tm-time show="date" .at=${last_reply_at}></tm-time></span>`
      }
    </button>`;
  }

  private renderRefusal(refusal: Refusal) {
    const what = REFUSED[refusal.type] ?? 'This change was not accepted.';
    return html`<div class="refusal" role="group" aria-label="Not accepted">
      <span class="reason">${icon('warning', 16)}<span>${what} ${refusal.detail}</span></span>
      <span class="choices">
        ${this.choice('retry', 'Retry', 'retry', refusal)}
        ${typeof refusal.payload['body'] === 'string' ? this.choice('copy', 'Copy', 'copy', refusal) : nothing}
        ${this.choice('discard', 'Discard', 'trash', refusal)}
      </span>
    </div>`;
  }

  private choice(
    kind: 'retry' | 'copy' | 'discard',
    label: string,
    name: IconName,
    refusal: Refusal,
  ) {
    return html`<button
      class="button quiet"
      tabindex=${this.reach}
      @click=${() => this.ask({ kind, refusal })}
    >
      ${icon(name, 16)} ${label}
    </button>`;
  }

  private renderTools() {
    const { message } = this;
    if (message.state === 'refused') return nothing;
    const mine = message.author === this.me && !message.deleted;
    const tool = (label: string, name: IconName, action: (anchor: HTMLElement) => MessageAction) =>
      html`<button
        class="icon-button"
        aria-label=${label}
        title=${label}
        tabindex="-1"
        @click=${(event: Event) => this.ask(action(event.currentTarget as HTMLElement))}
      >
        ${icon(name, 18)}
      </button>`;
    return html`<div class="tools" role="toolbar" aria-label="Message">
      ${
        this.writable && !message.deleted
          ? tool('Add reaction (+)', 'smile', (anchor) => ({ kind: 'react', anchor }))
          : nothing
      }
      ${this.inThread ? nothing : tool('Reply in thread (r)', 'reply', () => ({ kind: 'reply' }))}
      ${this.writable && mine ? tool('Edit (e)', 'edit', () => ({ kind: 'edit' })) : nothing}
      ${tool('More', 'more', (anchor) => ({ kind: 'more', anchor }))}
    </div>`;
  }

  private get reach(): 0 | -1 {
    return this.reachable ? 0 : -1;
  }

  private nameOf(author: string): string {
    return author === this.me ? 'you' : (this.names.get(author) ?? author);
  }

  private ask(action: MessageAction): void {
    this.dispatchEvent(new MessageActionEvent(this.message, action));
  }

  private readonly save = (event: Event): void => {
    event.preventDefault();
    this.ask({ kind: 'save', body: this.editor?.value.trim() ?? '' });
  };

  private readonly onEditorKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.save(event);
    else if (event.key === 'Escape') this.ask({ kind: 'cancel' });
    else {
      // Keys of the whole page, such as Ctrl-K, go on.
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  private fitEditor(): void {
    const { editor } = this;
    if (!editor) return;
    editor.style.setProperty('height', 'auto');
    editor.style.setProperty('height', `${Math.min(editor.scrollHeight + 2, 320)}px`);
  }
}

const REFUSED: Record<string, string> = {
  'message.created': 'Not sent.',
  'message.edited': 'Your edit was not accepted.',
  'message.deleted': 'It was not deleted.',
  'message.pinned': 'It was not pinned.',
  'message.unpinned': 'It was not unpinned.',
  'reaction.added': 'Your reaction was not accepted.',
  'reaction.removed': 'Your reaction was not removed.',
};

function renderPiece(piece: Piece, reach: 0 | -1) {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'bold':
      return html`<strong>${piece.text}</strong>`;
    case 'italic':
      return html`<em>${piece.text}</em>`;
    case 'code':
      return html`<code>${piece.text}</code>`;
    case 'block':
      return html`<pre>${piece.language ? html`<span class="language">${piece.language}</span>` : nothing}<code>${piece.text}</code></pre>`;
    case 'mention':
      return html`<span class="mention">${piece.text}</span>`;
    case 'link':
      return html`<a href=${piece.href} tabindex=${reach} target="_blank" rel="noopener noreferrer">${piece.text}</a>`;
  }
}

/** Rows come as new objects with every change of the timeline; only other values are a change. */
function differs(a: Message | undefined, b: Message | undefined): boolean {
  if (!a || !b) return a !== b;
  return (Object.keys(a) as (keyof Message)[]).some((key) => a[key] !== b[key]);
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-message': MessageElement;
  }
  interface HTMLElementEventMap {
    'message-action': MessageActionEvent;
  }
}
