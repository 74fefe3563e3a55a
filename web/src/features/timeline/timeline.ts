import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import '../../elements/menu';
import type { Menu } from '../../elements/menu';
import { icon } from '../../elements/icon';
import { base, buttons } from '../../elements/styles';
import { dayName } from '../../elements/time-words';
import { toast } from '../../elements/toast';
import { discard, query as ask, retry } from '../../engine/engine';
import { Live } from '../../engine/live';
import { go } from '../../app/route';
import { Arrivals } from './arrivals';
import { act, commandsFor, copyText, linkTo } from './commands';
import './delete-dialog';
import './emoji-picker';
import type { EmojiPicker } from './emoji-picker';
import { keyCommand, type KeyCommand } from './keys';
import './message';
import type { MessageAction, MessageActionEvent, MessageElement } from './message';
import {
  deleteMessage,
  editMessage,
  messageSource,
  pinMessage,
  react,
  type Message,
  type Refusal,
} from './messages';
import { plainName } from './plain-name';
import { ReactionIndex } from './reaction-index';
import { places, type RowPlace } from './rows';
import { ScrollAnchor } from './scroll-anchor';
import { timelineStyles } from './timeline-styles';
import { TimelineWindow } from './window';

/**
 * Older and newer rows are fetched when the view comes this near to the end of what is there. Twice this, a page of the shortest rows
 * and a tall window must fit into the most rows of a window, or both ends would be fetched in turns.
 */
const FETCH_AHEAD_PIXELS = 1_200;

/** Tells the newest confirmed message that was really seen. */
export class SeenEvent extends Event {
  constructor(readonly position: number) {
    super('seen', { bubbles: true, composed: true });
  }
}

/** The messages of a channel (`thread` null) or the replies of a thread, virtualised both ways and anchored at the bottom. */
@customElement('tm-timeline')
export class Timeline extends LitElement {
  static override styles = [base, buttons, timelineStyles];

  @property() space = '';
  @property() channel = '';
  /** Root message's id when this is a thread. */
  @property() thread: string | null = null;
  @property({ attribute: false }) me = '';
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @property({ attribute: false }) refusals: ReadonlyMap<string, readonly Refusal[]> = new Map();
  @property({ type: Boolean }) writable = false;
  /** May delete other people's messages. */
  @property({ type: Boolean }) moderator = false;
  /** Root messages after this position were new when the channel was opened; null shows no marker. */
  @property({ attribute: false }) readUpTo: number | null = null;
  @property({ type: Number }) unread = 0;
  /** A message to show and mark. */
  @property() target: string | undefined;
  @property() label = 'Messages';

  @state() private editing: string | undefined;
  @state() private deleting: Message | undefined;
  @state() private marked: string | undefined;
  @state() private focused: string | undefined;
  @state() private atBottom = true;

  @query('.scroller') private readonly scroller!: HTMLElement;
  @query('.content') private readonly content!: HTMLElement;
  @query('tm-emoji-picker') private readonly picker!: EmojiPicker;
  @query('tm-menu') private readonly menu!: Menu;

  private window: TimelineWindow<Message> | undefined;
  private readonly anchor = new ScrollAnchor();
  private readonly reactions = new ReactionIndex(this);
  /** A message that is to be shown and has not arrived on this device yet. */
  private readonly awaited = new Live<{ id: string }>(this, ([row]) => {
    if (!row) return;
    this.awaited.ignore();
    if (row.id === this.target) void this.show(row.id);
  });
  private arrivals = new Arrivals();
  private pickFor: Message | undefined;
  private readonly resized = new ResizeObserver(() => this.anchor.restore());

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.reportSeen);
    window.addEventListener('focus', this.reportSeen);
    if (this.hasUpdated) {
      this.openWindow();
      this.observeSize();
    }
  }

  override disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.reportSeen);
    window.removeEventListener('focus', this.reportSeen);
    this.window?.close();
    this.window = undefined;
    this.resized.disconnect();
    super.disconnectedCallback();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('space') || changed.has('channel') || changed.has('thread')) this.openWindow();
    else if (changed.has('target') && this.target) void this.show(this.target);
  }

  override firstUpdated(): void {
    this.anchor.attach(this.scroller, this.content, () => !this.window?.ready || this.window.atEnd);
    this.observeSize();
  }

  protected override update(changed: PropertyValues): void {
    // The reader may have scrolled since the last event of it; what is in view now is to stay.
    this.anchor.scrolled();
    super.update(changed);
  }

  override updated(): void {
    this.anchor.restore();
    this.restoreWhenRendered();
    this.fetchAhead();
    this.reportSeen();
  }

  /** New rows get their height when they render, right after this element and before the browser paints. */
  private restoreWhenRendered(): void {
    const fresh = this.rowElements().filter((row) => !row.hasUpdated);
    if (fresh.length === 0) return;
    void Promise.all(fresh.map((row) => row.updateComplete)).then(() => this.anchor.restore());
  }

  /** Shows the newest messages. */
  async showEnd(): Promise<void> {
    this.anchor.stick();
    this.arrivals.seen();
    this.requestUpdate();
    if (this.window?.atEnd) this.anchor.restore();
    else await this.window?.showEnd();
  }

  /** Shows a message in the middle and marks it. */
  async show(id: string): Promise<void> {
    const [row] = await ask<{ order_key: number }>(
      'select order_key from messages where space = ? and id = ?',
      [this.space, id],
    );
    if (!row) {
      toast({ text: 'This message is not on this device yet. It is shown when it arrives.' });
      this.awaited.ask('select id from messages where space = ? and id = ?', [this.space, id]);
      return;
    }
    if (!this.window?.rows.some((shown) => shown.id === id)) {
      this.anchor.leave();
      await this.window?.showAround(row.order_key);
    }
    await this.updateComplete;
    this.marked = id;
    await this.centre(id);
  }

  /** Moves the focus into the list: to the message that had it, or the newest. */
  override focus(): void {
    const rows = this.rowElements();
    const row = rows.find((element) => element.message.id === this.focused) ?? rows.at(-1);
    row?.focus();
  }

  /** Opens the last of the reader's own messages for editing; whether there is one. */
  editLast(): boolean {
    const mine = this.window?.rows.findLast(
      (row) => row.author === this.me && !row.deleted && row.state !== 'refused',
    );
    if (mine) this.editing = mine.id;
    return mine !== undefined;
  }

  private observeSize(): void {
    this.resized.observe(this.content);
    this.resized.observe(this.scroller);
  }

  private openWindow(): void {
    this.window?.close();
    this.editing = undefined;
    this.marked = undefined;
    this.focused = undefined;
    this.arrivals = new Arrivals();
    this.reactions.clear();
    this.awaited.ignore();
    if (!this.space || !this.channel) return;
    const opened = new TimelineWindow<Message>(
      messageSource(this.space, this.channel, this.thread),
      () => this.onRows(opened),
    );
    this.window = opened;
    this.anchor.stick();
    if (this.target) void this.show(this.target);
    else void opened.showEnd();
  }

  private onRows(from: TimelineWindow<Message>): void {
    if (from !== this.window) return;
    if (from.atEnd) {
      this.arrivals.take(from.rows, this.me, !this.anchor.stuck, (author) => this.nameOf(author));
    }
    this.reactions.watch(this.space, from.rows);
    this.requestUpdate();
  }

  override render() {
    const rows = this.window?.rows ?? [];
    const place = places(rows, {
      me: this.me,
      readUpTo: this.readUpTo,
      atStart: this.window?.atStart === true,
    });
    const reached = rows.some((row) => row.id === this.focused) ? this.focused : rows.at(-1)?.id;
    return html`<div class="scroller" @scroll=${this.onScroll}>
        <div class="content ${this.thread === null ? '' : 'top'}">
          ${this.window?.ready && this.window.atStart ? html`<slot name="start"></slot>` : nothing}
          <div
            role="feed"
            aria-label=${this.label}
            aria-busy=${!this.window?.ready}
            @message-action=${this.onAction}
            @keydown=${this.onKey}
            @focusin=${this.onFocus}
          >
            ${repeat(
              rows,
              (row) => row.id,
              (row, at) => this.renderRow(row, place[at] ?? FIRST, row.id === reached),
            )}
          </div>
        </div>
      </div>
      ${this.renderJumps()}
      <div class="unseen" aria-live="polite">${this.arrivals.words}</div>
      <tm-menu label="Message" @choose=${this.onMenu}></tm-menu>
      <tm-emoji-picker @choose=${this.onEmoji}></tm-emoji-picker>
      ${
        this.deleting
          ? html`<tm-delete-dialog
              .message=${this.deleting}
              @close=${() => (this.deleting = undefined)}
              @confirmed=${() => this.deleteConfirmed()}
            ></tm-delete-dialog>`
          : nothing
      }`;
  }

  private renderRow(row: Message, place: RowPlace, reachable: boolean) {
    return html`${
      place.newDay
        ? html`<div class="day"><span>${dayName(row.created_at, Date.now())}</span></div>`
        : nothing
    }${place.firstNew ? html`<div class="new"><span>New</span></div>` : nothing}
      <tm-message
        role="article"
        data-id=${row.id}
        tabindex=${reachable ? 0 : -1}
        .reachable=${reachable}
        .message=${row}
        .name=${this.nameOf(row.author)}
        .names=${this.names}
        .me=${this.me}
        .reactions=${this.reactions.of(row.id)}
        .refusals=${this.refusals.get(row.id) ?? NOTHING}
        .writable=${this.writable}
        .editing=${this.editing === row.id}
        .inThread=${this.thread !== null}
        ?compact=${place.compact}
        ?target=${this.marked === row.id}
      ></tm-message>`;
  }

  private renderJumps() {
    if (!this.window?.ready) return nothing;
    const first = this.window.rows[0]?.position ?? 0;
    const unreadAbove = this.unread > 0 && this.readUpTo !== null && first > this.readUpTo + 1;
    return html`${
      unreadAbove
        ? html`<button class="button jump top" @click=${this.showUnread}>
            ${icon('down', 16)} Jump to ${this.unread > 999 ? 'the first' : this.unread} unread
          </button>`
        : nothing
    }
    ${
      this.atBottom && this.window.atEnd
        ? nothing
        : html`<button class="button jump bottom" @click=${() => this.showEnd()}>
            ${icon('down', 16)} ${this.arrivals.waiting > 0 ? `${this.arrivals.waiting} new` : 'Latest'}
          </button>`
    }`;
  }

  private deleteConfirmed(): void {
    if (this.deleting) act(deleteMessage(this.space, this.deleting.id));
    this.deleting = undefined;
  }

  private readonly onScroll = (): void => {
    this.anchor.scrolled();
    this.atBottom = this.anchor.stuck;
    if (this.atBottom && this.window?.atEnd) this.arrivals.seen();
    this.fetchAhead();
    this.reportSeen();
  };

  private fetchAhead(): void {
    const { window: shown, scroller } = this;
    if (!shown?.ready || !scroller) return;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (!shown.atStart && scroller.scrollTop < FETCH_AHEAD_PIXELS) {
      void shown.loadOlder();
    } else if (!shown.atEnd && below < FETCH_AHEAD_PIXELS) {
      void shown.loadNewer();
    }
  }

  /** Tells how far was seen, if the reader is here and at the end. */
  readonly reportSeen = (): void => {
    if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
    if (!this.window?.atEnd || !this.anchor.stuck) return;
    const newest = this.window.rows.findLast((row) => row.position !== null)?.position;
    if (newest) this.dispatchEvent(new SeenEvent(newest));
  };

  private readonly showUnread = async (): Promise<void> => {
    this.anchor.leave();
    const [first] = await ask<{ id: string; order_key: number }>(
      'select id, order_key from messages where space = ? and channel = ? and thread is null and order_key > ? order by order_key limit 1',
      [this.space, this.channel, this.readUpTo ?? 0],
    );
    if (!first) return;
    await this.window?.showAround(first.order_key);
    await this.updateComplete;
    await this.centre(first.id);
  };

  private async centre(id: string): Promise<void> {
    await this.updateComplete;
    const element = this.rowElements().find((row) => row.message.id === id);
    if (!element) return;
    await element.updateComplete;
    this.anchor.leave();
    element.scrollIntoView({ block: 'center' });
    this.anchor.remember();
    this.focused = id;
    element.focus({ preventScroll: true });
  }

  private readonly onAction = (event: MessageActionEvent): void => {
    const { message, action } = event;
    const element = event.target as MessageElement;
    this.perform(message, action, element);
  };

  private perform(message: Message, action: MessageAction, element: MessageElement): void {
    switch (action.kind) {
      case 'react':
        this.pickFor = message;
        this.picker.open(action.anchor, element);
        break;
      case 'toggle':
        act(react(this.space, message.id, action.emoji, action.on));
        break;
      case 'reply':
        go({ space: this.space, channel: this.channel, thread: message.id });
        break;
      case 'edit':
        this.editing = message.id;
        break;
      case 'save':
        if (action.body === '') {
          this.deleting = message;
        } else if (action.body !== message.body) {
          act(editMessage(this.space, message.id, action.body));
        }
        this.stopEditing(element);
        break;
      case 'cancel':
        this.stopEditing(element);
        break;
      case 'more':
        this.pickFor = message;
        void this.menu.open(action.anchor, commandsFor(message, this));
        break;
      case 'retry':
        act(retry(action.refusal.space, action.refusal.id));
        break;
      case 'copy':
        copyText(String(action.refusal.payload['body']), 'Text copied.');
        break;
      case 'discard':
        act(discard(action.refusal.space, action.refusal.id));
        break;
    }
  }

  private readonly onMenu = (event: Event): void => {
    const message = this.pickFor;
    if (message) this.command((event as CustomEvent<string>).detail, message);
  };

  private command(id: string, message: Message): void {
    switch (id) {
      case 'reply':
        go({ space: this.space, channel: this.channel, thread: message.id });
        break;
      case 'link':
        copyText(linkTo(this.space, this.channel, message), 'Link copied.');
        break;
      case 'text':
        copyText(message.body, 'Text copied.');
        break;
      case 'pin':
        act(pinMessage(this.space, message.id, !message.pinned));
        break;
      case 'edit':
        this.editing = message.id;
        break;
      case 'delete':
        this.deleting = message;
        break;
    }
  }

  private readonly onEmoji = (event: Event): void => {
    const message = this.pickFor;
    if (!message) return;
    const emoji = (event as CustomEvent<string>).detail;
    const mine = this.reactions
      .of(message.id)
      .some((reaction) => reaction.author === this.me && reaction.emoji === emoji);
    if (!mine) act(react(this.space, message.id, emoji, true));
  };

  private readonly onFocus = (event: Event): void => {
    const row = (event.target as Element).closest('tm-message');
    if (row) this.focused = row.message.id;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const element = (event.target as Element).closest('tm-message');
    if (!element || event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = event.composedPath()[0] !== element;
    const command = keyCommand(event.key, inside, element.message, this);
    if (command === undefined) return;
    this.onKeyCommand(command, element);
    event.preventDefault();
    event.stopPropagation();
  };

  private onKeyCommand(command: KeyCommand, element: MessageElement): void {
    switch (command) {
      case 'before':
        this.focusBeside(element, -1);
        break;
      case 'after':
        this.focusBeside(element, 1);
        break;
      case 'first':
        void this.showFirst();
        break;
      case 'last':
        void this.showEnd().then(() => this.focusNewest());
        break;
      case 'react':
        this.perform(element.message, { kind: 'react', anchor: element.main }, element);
        break;
      case 'nothing':
        break;
      default:
        this.command(command, element.message);
    }
  }

  private focusBeside(element: MessageElement, step: 1 | -1): void {
    const rows = this.rowElements();
    const beside = rows[rows.indexOf(element) + step];
    if (beside) {
      this.anchor.leave();
      beside.focus({ preventScroll: true });
      beside.scrollIntoView({ block: 'nearest' });
    } else if (step === 1 && this.window?.atEnd) {
      this.dispatchEvent(new Event('leave-end', { bubbles: true, composed: true }));
    }
  }

  private async showFirst(): Promise<void> {
    this.anchor.leave();
    await this.window?.showStart();
    await this.updateComplete;
    const first = this.rowElements()[0];
    this.scroller.scrollTop = 0;
    this.anchor.remember();
    first?.focus({ preventScroll: true });
  }

  private async focusNewest(): Promise<void> {
    await this.updateComplete;
    this.rowElements().at(-1)?.focus({ preventScroll: true });
  }

  private stopEditing(element: MessageElement): void {
    this.editing = undefined;
    element.focus({ preventScroll: true });
  }

  private rowElements(): MessageElement[] {
    return [...this.renderRoot.querySelectorAll('tm-message')];
  }

  private nameOf(author: string): string {
    return this.names.get(author) ?? plainName(author);
  }
}

const NOTHING: readonly never[] = [];
const FIRST: RowPlace = { newDay: true, firstNew: false, compact: false };

declare global {
  interface HTMLElementTagNameMap {
    'tm-timeline': Timeline;
  }
  interface HTMLElementEventMap {
    seen: SeenEvent;
  }
}
