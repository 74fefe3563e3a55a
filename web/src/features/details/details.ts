import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../../elements/empty';
import '../../elements/time';
import { icon } from '../../elements/icon';
import '../../elements/pane';
import { base } from '../../elements/styles';
import { Live } from '../../engine/live';
import { routeHash } from '../../app/route';
import { MESSAGE_COLUMNS, type Message } from '../timeline/messages';
import { plainName } from '../timeline/plain-name';
import './members';

const MOST_PINS = 50;

/** A channel's details in the right pane: pinned messages and the people of the space. Emits `close`. */
@customElement('tm-details')
export class Details extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-height: 0;
        height: 100%;
      }
      .parts {
        flex: 1;
        min-height: 0;
        padding: var(--space-4) var(--space-5) var(--space-6);
        overflow: hidden auto;
        scrollbar-width: thin;
      }
      h3 {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        margin: var(--space-2) 0;
        color: var(--text-muted);
        font: var(--text-s);
        font-weight: 650;
      }
      section + section {
        margin-top: var(--space-6);
      }
      .pin {
        display: block;
        margin-bottom: var(--space-2);
        padding: var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        color: inherit;
        font: var(--text-s);
        text-decoration: none;
      }
      .pin:hover {
        border-color: var(--line-strong);
        background: var(--surface-sunken);
      }
      .pin .meta {
        display: flex;
        justify-content: space-between;
        gap: var(--space-2);
        font-weight: 650;
      }
      .pin tm-time {
        color: var(--text-muted);
        font: var(--text-xs);
      }
      .pin .text {
        display: -webkit-box;
        margin-top: 2px;
        overflow: hidden;
        overflow-wrap: anywhere;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 4;
      }
      .hint {
        color: var(--text-muted);
        font: var(--text-s);
      }
    `,
  ];

  @property() space = '';
  @property() channel = '';
  @property() channelName = '';
  @property() me = '';
  /** Whether the reader may change who is in the space. */
  @property({ type: Boolean }) moderator = false;
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();

  private readonly pins = new Live<Message>(this);

  override willUpdate(): void {
    this.pins.ask(
      `select ${MESSAGE_COLUMNS} from messages where space = ? and channel = ? and pinned = 1 and deleted = 0 order by order_key desc limit ${MOST_PINS}`,
      [this.space, this.channel],
    );
  }

  override render() {
    return html`<tm-pane
      heading="About #${this.channelName}"
      what="details"
      @close=${() => this.dispatchEvent(new Event('close'))}
    >
      <div class="parts">
        <section>
          <h3>${icon('pin', 16)} Pinned</h3>
          ${this.pins.rows.map((pin) => this.renderPin(pin))}
          ${
            this.pins.ready && this.pins.rows.length === 0
              ? html`<p class="hint">Nothing is pinned. Pin what people should find again: <kbd>p</kbd> on a message.</p>`
              : nothing
          }
        </section>
        <section>
          <h3>${icon('people', 16)} People in this space</h3>
          <tm-members
            .space=${this.space}
            .me=${this.me}
            .names=${this.names}
            .moderator=${this.moderator}
          ></tm-members>
        </section>
      </div>
    </tm-pane>`;
  }

  private renderPin(pin: Message) {
    const route = {
      space: this.space,
      channel: this.channel,
      message: pin.id,
      ...(pin.thread === null ? {} : { thread: pin.thread }),
    };
    return html`<a class="pin" href=${routeHash(route)}>
      <span class="meta">
        <span>${this.nameOf(pin.author)}</span>
        <tm-time show="date" .at=${pin.created_at}></tm-time>
      </span>
      <span class="text">${pin.body}</span>
    </a>`;
  }

  private nameOf(user: string): string {
    return this.names.get(user) ?? plainName(user);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-details': Details;
  }
}
