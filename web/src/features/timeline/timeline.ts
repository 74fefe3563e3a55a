import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import '../../elements/menu';
import type { Menu } from '../../elements/menu';
import { icon } from '../../elements/icon';
import { base, buttons } from '../../elements/styles';
import { dayName } from '../../elements/time-words';
import { toast } from '../../elements/toast';
import './delete-dialog';
import './emoji-picker';
import type { EmojiPicker } from './emoji-picker';
import { keyCommand, type KeyCommand } from './keys';
import './message';
import type { MessageActionEvent, MessageElement } from './message';
import { MessageActions } from './message-actions';
import type { Message, Reaction, Refusal } from './messages';
import { plainName } from './plain-name';
import { places, type RowPlace } from './rows';
import { Stretch } from './stretch';
import { timelineStyles } from './timeline-styles';
import { Viewport } from './viewport';

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

  @state() private marked: string | undefined;
  @state() private focused: string | undefined;
  @state() private atBottom = true;

  @query('.scroller') private readonly scroller!: HTMLElement;
  @query('.content') private readonly content!: HTMLElement;
  @query('tm-emoji-picker') readonly picker!: EmojiPicker;
  @query('tm-menu') readonly menu!: Menu;

  private readonly view = new Viewport();
  private readonly actions = new MessageActions(this);
  private readonly stretch = new Stretch(
    this,
    () => !this.view.stuck,
    (id) => {
      if (id === this.target) void this.show(id);
    },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.reportSeen);
    window.addEventListener('focus', this.reportSeen);
    if (this.hasUpdated) {
      this.openStretch();
      this.view.observe();
    }
  }

  override disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.reportSeen);
    window.removeEventListener('focus', this.reportSeen);
    this.view.stop();
    super.disconnectedCallback();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('space') || changed.has('channel') || changed.has('thread')) this.openStretch();
    else if (changed.has('target') && this.target) void this.show(this.target);
  }

  override firstUpdated(): void {
    const { stretch } = this;
    this.view.attach(this.scroller, this.content, () => !stretch.ready || stretch.atEnd);
  }

  protected override update(changed: PropertyValues): void {
    // The reader may have scrolled since the last event of it; what is in view now is to stay.
    this.view.scrolled();
    super.update(changed);
  }

  override updated(): void {
    this.view.restore();
    // Rows without a height look like the start of the timeline.
    void this.view.settle().then(() => this.fetchAhead());
    this.reportSeen();
  }

  /** Shows the newest messages. */
  async showEnd(): Promise<void> {
    this.view.stick();
    this.stretch.arrivals.seen();
    if (!this.stretch.atEnd) {
      await this.stretch.showEnd();
      // The reader may have scrolled on while the end was fetched.
      this.view.stick();
    }
    this.requestUpdate();
  }

  /** Shows a message in the middle and marks it; one that has not arrived on this device is shown when it does. */
  async show(id: string): Promise<void> {
    const spot = await this.stretch.find(id);
    if (!spot) {
      toast({ text: 'This message is not on this device yet. It is shown when it arrives.' });
      this.stretch.awaitArrival(id);
      // A link that leads nowhere must not leave the reader before an empty channel.
      if (!this.stretch.ready) await this.stretch.showEnd();
      return;
    }
    if (!this.stretch.holds(id)) {
      this.view.leave();
      await this.stretch.showAround(spot);
    }
    await this.updateComplete;
    this.marked = id;
    await this.centre(id);
  }

  /** Moves the focus into the list: to the message that had it, or the newest. */
  override focus(): void {
    const rows = this.view.rows();
    const row = rows.find((element) => element.message.id === this.focused) ?? rows.at(-1);
    row?.focus();
  }

  /** Opens the last of the reader's own messages for editing; whether there is one. */
  editLast(): boolean {
    const mine = this.stretch.rows.findLast(
      (row) => row.author === this.me && !row.deleted && row.state !== 'refused',
    );
    if (mine) this.actions.edit(mine.id);
    return mine !== undefined;
  }

  nameOf(author: string): string {
    return this.names.get(author) ?? plainName(author);
  }

  reactionsTo(message: string): readonly Reaction[] {
    return this.stretch.reactions.of(message);
  }

  private openStretch(): void {
    this.actions.edit(undefined);
    this.marked = undefined;
    this.focused = undefined;
    if (!this.stretch.open()) return;
    this.view.stick();
    if (this.target) void this.show(this.target);
    else void this.stretch.showEnd();
  }

  override render() {
    const { stretch, actions } = this;
    const { rows } = stretch;
    const place = places(rows, {
      me: this.me,
      readUpTo: this.readUpTo,
      atStart: stretch.atStart,
    });
    const reached = rows.some((row) => row.id === this.focused) ? this.focused : rows.at(-1)?.id;
    return html`<div class="scroller" @scroll=${this.onScroll}>
        <div class="content ${this.thread === null ? '' : 'top'}">
          ${stretch.ready && stretch.atStart ? html`<slot name="start"></slot>` : nothing}
          <div
            role="feed"
            aria-label=${this.label}
            aria-busy=${!stretch.ready}
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
      <div class="unseen" aria-live="polite">${stretch.arrivals.words}</div>
      <tm-menu label="Message" @choose=${actions.onMenu}></tm-menu>
      <tm-emoji-picker @choose=${actions.onEmoji}></tm-emoji-picker>
      ${
        actions.deleting
          ? html`<tm-delete-dialog
              .message=${actions.deleting}
              @close=${() => actions.askToDelete(undefined)}
              @confirmed=${() => actions.deleteConfirmed()}
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
        .reactions=${this.reactionsTo(row.id)}
        .refusals=${this.refusals.get(row.id) ?? NOTHING}
        .writable=${this.writable}
        .editing=${this.actions.editing === row.id}
        .inThread=${this.thread !== null}
        ?compact=${place.compact}
        ?target=${this.marked === row.id}
      ></tm-message>`;
  }

  private renderJumps() {
    const { stretch } = this;
    if (!stretch.ready) return nothing;
    const { waiting } = stretch.arrivals;
    const first = stretch.rows[0]?.position ?? 0;
    const unreadAbove = this.unread > 0 && this.readUpTo !== null && first > this.readUpTo + 1;
    return html`${
      unreadAbove
        ? html`<button class="button jump top" @click=${this.showUnread}>
            ${icon('down', 16)} Jump to ${this.unread > 999 ? 'the first' : this.unread} unread
          </button>`
        : nothing
    }
    ${
      this.atBottom && stretch.atEnd
        ? nothing
        : html`<button class="button jump bottom" @click=${this.leaveForEnd}>
            ${icon('down', 16)} ${waiting > 0 ? `${waiting} new` : 'Latest'}
          </button>`
    }`;
  }

  private readonly onScroll = (): void => {
    this.view.scrolled();
    this.lookedAround();
    this.fetchAhead();
  };

  private lookedAround(): void {
    this.atBottom = this.view.stuck;
    if (this.atBottom && this.stretch.atEnd) this.stretch.arrivals.seen();
    this.reportSeen();
  }

  private fetchAhead(): void {
    if (!this.stretch.ready) return;
    const near = this.view.nearEnd(this.stretch);
    if (near === 'start') void this.stretch.loadOlder();
    else if (near === 'end') void this.loadNewer();
  }

  /** A reader at the bottom who turns out to be at the end is there from now on. */
  private async loadNewer(): Promise<void> {
    await this.stretch.loadNewer();
    if (!this.stretch.atEnd) return;
    await this.updateComplete;
    await this.view.settle();
    this.view.look();
    this.lookedAround();
  }

  /** Tells how far was seen, if the reader is here and at the end. */
  readonly reportSeen = (): void => {
    if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
    if (!this.stretch.atEnd || !this.view.stuck) return;
    const newest = this.stretch.rows.findLast((row) => row.position !== null)?.position;
    if (newest) this.dispatchEvent(new SeenEvent(newest));
  };

  private readonly showUnread = async (): Promise<void> => {
    this.view.leave();
    const first = await this.stretch.firstAfter(this.readUpTo ?? 0);
    if (!first) return;
    await this.stretch.showAround(first);
    await this.updateComplete;
    await this.centre(first.id);
  };

  private async centre(id: string): Promise<void> {
    await this.updateComplete;
    const element = await this.view.centre(id);
    if (!element) return;
    this.focused = id;
    element.focus({ preventScroll: true });
  }

  private readonly onAction = (event: MessageActionEvent): void => {
    this.actions.perform(event.message, event.action, event.target as MessageElement);
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
        this.actions.perform(element.message, { kind: 'react', anchor: element.main }, element);
        break;
      case 'nothing':
        break;
      default:
        this.actions.command(command, element.message);
    }
  }

  private focusBeside(element: MessageElement, step: 1 | -1): void {
    if (!this.view.focusBeside(element, step) && step === 1 && this.stretch.atEnd) {
      this.dispatchEvent(new Event('leave-end', { bubbles: true, composed: true }));
    }
  }

  private async showFirst(): Promise<void> {
    this.view.leave();
    await this.stretch.showStart();
    await this.updateComplete;
    this.view.showTop();
    this.view.rows()[0]?.focus({ preventScroll: true });
  }

  /** The button goes with its reason; the focus goes on to where it led. */
  private readonly leaveForEnd = async (): Promise<void> => {
    await this.showEnd();
    await this.focusNewest();
  };

  private async focusNewest(): Promise<void> {
    await this.updateComplete;
    this.view.rows().at(-1)?.focus({ preventScroll: true });
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
