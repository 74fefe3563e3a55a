import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import '../../elements/dialog';
import '../../elements/menu';
import type { Menu, MenuItem } from '../../elements/menu';
import { icon } from '../../elements/icon';
import { base, buttons } from '../../elements/styles';
import { toast } from '../../elements/toast';
import { Live } from '../../engine/live';
import { go, type Route } from '../../app/route';
import '../composer/composer';
import { writeDown, type Composer, type SubmitBodyEvent } from '../composer/composer';
import '../details/details';
import '../sidebar/name-dialog';
import type { NamedEvent } from '../sidebar/name-dialog';
import {
  archiveChannel,
  channelName,
  renameChannel,
  type Channel,
  type Space,
} from '../sidebar/channels';
import '../thread/thread';
import type { Thread } from '../thread/thread';
import { act } from '../timeline/commands';
import type { MessageAction, MessageActionEvent } from '../timeline/message';
import { sendMessage, type Refusal } from '../timeline/messages';
import '../timeline/timeline';
import type { SeenEvent, Timeline } from '../timeline/timeline';
import { channelStyles } from './channel-styles';
import { Reading } from './reading';

/** What somebody does with a message that goes into the space. */
const WRITING: ReadonlySet<MessageAction['kind']> = new Set(['react', 'toggle', 'save', 'retry']);

/** The middle and right panes: one channel, and its thread or details. Emits `wrote` before anything is written. */
@customElement('tm-channel')
export class ChannelView extends LitElement {
  static override styles = [base, buttons, channelStyles];

  @property({ attribute: false }) space!: Space;
  @property({ attribute: false }) channel!: Channel;
  /** Id of the reader's own space, where read marks are kept; absent before it arrived. */
  @property() personal: string | undefined;
  @property({ attribute: false }) route: Route = {};
  @property({ attribute: false }) me = '';
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @state() private dialog: 'rename' | 'archive' | undefined;
  @query('tm-timeline.main') private readonly timeline?: Timeline;
  @query('tm-composer.main') private readonly composer?: Composer;
  @query('tm-thread') private readonly threadView?: Thread;
  @query('tm-menu') private readonly menu!: Menu;
  @query('#about') private readonly detailsButton!: HTMLButtonElement;

  private readonly refused = new Live<Omit<Refusal, 'payload'> & { payload: string }>(this, () =>
    this.indexRefusals(),
  );
  private refusals: ReadonlyMap<string, readonly Refusal[]> = new Map();
  private readonly reading = new Reading(this);
  private opened = '';

  override willUpdate(changed: PropertyValues<this>): void {
    const key = `${this.space.id}/${this.channel.id}`;
    if (key !== this.opened) {
      this.opened = key;
      void this.openChannel();
    }
    this.toggleAttribute('aside', this.route.thread !== undefined || this.route.details === true);
    if (changed.has('route') && changed.get('route')?.thread && !this.route.thread) {
      // Focus returns to the message that the thread was opened from.
      void this.updateComplete.then(() => this.timeline?.focus());
    }
    if (changed.has('route') && changed.get('route')?.details && !this.route.details) {
      void this.updateComplete.then(() => {
        if (document.activeElement === document.body) this.detailsButton.focus();
      });
    }
    if (changed.has('route') && this.route.thread && !this.route.message) {
      const before = changed.get('route');
      if (before?.thread !== this.route.thread && !byFinger()) {
        void this.updateComplete.then(() => this.threadView?.focusComposer());
      }
    }
  }

  private async openChannel(): Promise<void> {
    void this.updateComplete.then(() => {
      if (!byFinger() && !this.route.message && !this.route.thread) {
        this.composer?.focus();
      }
    });
    this.refused.ask(
      "select space, id, type, code, detail, payload from outbox where space = ? and state = 'refused'",
      [this.space.id],
    );
    const known = await this.reading.open(this.space.id, this.channel.id, this.me);
    // What is in view by now was seen.
    if (known) this.timeline?.reportSeen();
  }

  override render() {
    const { space, channel, route } = this;
    const writable = space.role !== 'reader' && !channel.archived;
    const moderator = space.role === 'owner';
    return html`<main aria-label="#${channel.name}">
        <header>
          <button
            class="icon-button back"
            aria-label="Back to channels"
            @click=${() => go({ space: space.id })}
          >
            ${icon('back')}
          </button>
          <h1>${icon('hash', 18)}<span>${channel.name}</span></h1>
          <button
            class="icon-button"
            id="about"
            aria-label="Pins and people"
            title="Pins and people"
            aria-pressed=${route.details === true}
            @click=${() =>
              go({
                space: space.id,
                channel: channel.id,
                ...(route.details ? {} : { details: true }),
              })}
          >
            ${icon('info')}
          </button>
          <button
            class="icon-button"
            aria-label="Channel menu"
            title="Channel menu"
            aria-haspopup="menu"
            aria-expanded="false"
            @click=${(event: Event) =>
              this.menu.open(event.currentTarget as HTMLElement, this.menuItems())}
          >
            ${icon('more')}
          </button>
        </header>
        ${keyed(
          this.opened,
          html`<tm-timeline
            class="main"
            .space=${space.id}
            .channel=${channel.id}
            .me=${this.me}
            .names=${this.names}
            .refusals=${this.refusals}
            .writable=${writable}
            .moderator=${moderator}
            .readUpTo=${this.reading.readUpTo}
            .unread=${this.reading.unread}
            .target=${route.thread ? undefined : route.message}
            label="Messages in #${channel.name}"
            @seen=${this.onSeen}
            @leave-end=${() => this.composer?.focus()}
            @message-action=${this.onMessageAction}
          >
            <div class="beginning" slot="start">
              <span class="mark">${icon('hash', 24)}</span>
              <h2>${channel.name}</h2>
              <p>This is where #${channel.name} begins.${writable ? ' Say something.' : ''}</p>
            </div>
          </tm-timeline>`,
        )}
        ${
          writable
            ? html`<tm-composer
                class="main"
                placeholder="Message #${channel.name}"
                draft="${space.id}/${channel.id}"
                @submit-body=${this.onSubmit}
                @edit-last=${() => this.timeline?.editLast()}
              ></tm-composer>`
            : html`<p class="closed">
                ${
                  channel.archived
                    ? 'This channel is archived. It can be read, not written.'
                    : 'You are a reader here. You can read everything and write nothing.'
                }
              </p>`
        }
      </main>
      ${this.renderAside(writable, moderator)} ${this.renderDialog()}
      <tm-menu label="Channel" @choose=${this.onMenu}></tm-menu>`;
  }

  private renderAside(writable: boolean, moderator: boolean) {
    const { space, channel, route } = this;
    const shut = () => go({ space: space.id, channel: channel.id });
    if (route.thread) {
      return html`<aside aria-label="Thread">
        <tm-thread
          .space=${space.id}
          .channel=${channel.id}
          .channelName=${channel.name}
          .root=${route.thread}
          .target=${route.message}
          .me=${this.me}
          .names=${this.names}
          .refusals=${this.refusals}
          .writable=${writable}
          .moderator=${moderator}
          @close=${shut}
          @submit-body=${() => this.wrote()}
          @message-action=${this.onMessageAction}
        ></tm-thread>
      </aside>`;
    }
    if (route.details) {
      return html`<aside aria-label="Details">
        <tm-details
          .space=${space.id}
          .channel=${channel.id}
          .channelName=${channel.name}
          .me=${this.me}
          .names=${this.names}
          .moderator=${moderator}
          @close=${shut}
        ></tm-details>
      </aside>`;
    }
    return nothing;
  }

  private renderDialog() {
    const { space, channel } = this;
    const shut = () => (this.dialog = undefined);
    if (this.dialog === 'rename') {
      return html`<tm-name-dialog
        heading="Rename #${channel.name}"
        action="Rename"
        .value=${channel.name}
        .tidy=${channelName}
        @close=${shut}
        @named=${(event: NamedEvent) => {
          shut();
          if (event.name !== channel.name) act(renameChannel(space.id, channel.id, event.name));
        }}
      ></tm-name-dialog>`;
    }
    if (this.dialog === 'archive') {
      return html`<tm-dialog heading="Archive #${channel.name}?" @close=${shut}>
        <div class="confirm">
          <p>Everything in it can still be read and found. Nobody can write in it any more. This cannot be undone.</p>
          <div class="row">
            <button
              class="button danger"
              @click=${() => {
                shut();
                act(
                  archiveChannel(space.id, channel.id).then(() =>
                    toast({ text: `#${channel.name} was archived.` }),
                  ),
                );
              }}
            >
              Archive
            </button>
            <button class="button" autofocus @click=${shut}>Keep</button>
          </div>
        </div>
      </tm-dialog>`;
    }
    return nothing;
  }

  /** Esc: closes the right pane, else goes to the field to write in. */
  escape(): void {
    if (this.route.thread || this.route.details) {
      go({ space: this.space.id, channel: this.channel.id });
    } else {
      this.composer?.focus();
    }
  }

  private menuItems(): MenuItem[] {
    const items: MenuItem[] = [
      { id: 'link', label: 'Copy link', icon: 'link' },
      { id: 'read', label: 'Mark as read', icon: 'check' },
    ];
    if (this.space.role === 'owner' && !this.channel.archived) {
      items.push(
        { id: 'rename', label: 'Rename…', icon: 'edit' },
        { id: 'archive', label: 'Archive…', icon: 'archive', danger: true },
      );
    }
    return items;
  }

  private readonly onMenu = (event: Event): void => {
    const id = (event as CustomEvent<string>).detail;
    if (id === 'rename' || id === 'archive') this.dialog = id;
    else if (id === 'read') void this.reading.markAll(this.personal);
    else {
      const { origin } = location;
      void navigator.clipboard
        .writeText(`${origin}/#/${this.space.id}/${this.channel.id}`)
        .then(() => toast({ text: 'Link copied.' }));
    }
  };

  private readonly onSubmit = (event: SubmitBodyEvent): void => {
    this.wrote();
    writeDown(sendMessage(this.space.id, this.channel.id, event.body, null), event);
    void this.timeline?.showEnd();
  };

  /** Looking at a thread or a menu writes nothing; a reader's name is not told for it. */
  private readonly onMessageAction = (event: MessageActionEvent): void => {
    if (WRITING.has(event.action.kind)) this.wrote();
  };

  private wrote(): void {
    this.dispatchEvent(new Event('wrote'));
  }

  private readonly onSeen = (event: SeenEvent): void => {
    if (this.personal) this.reading.seen(this.personal, event.position);
  };

  private indexRefusals(): void {
    const index = new Map<string, Refusal[]>();
    for (const row of this.refused.rows) {
      const payload = JSON.parse(row.payload) as Record<string, unknown>;
      const message = payload['messageId'];
      if (typeof message !== 'string') continue;
      index.set(message, [...(index.get(message) ?? []), { ...row, payload }]);
    }
    this.refusals = index;
  }
}

/** With a finger, the focus in a field would bring up the keyboard over half of what is to be read. */
function byFinger(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-channel': ChannelView;
  }
}
