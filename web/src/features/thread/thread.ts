import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import '../../elements/pane';
import { base } from '../../elements/styles';
import { Live } from '../../engine/live';
import '../composer/composer';
import { writeDown, type SubmitBodyEvent } from '../composer/composer';
import '../timeline/message';
import { MESSAGE_COLUMNS, sendMessage, type Message, type Refusal } from '../timeline/messages';
import '../timeline/timeline';
import { plainName } from '../timeline/plain-name';
import type { Timeline } from '../timeline/timeline';

/** A thread in the right pane: its root message, its replies, a place to answer. Emits `close`. */
@customElement('tm-thread')
export class Thread extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-height: 0;
        height: 100%;
      }
      tm-timeline {
        flex: 1;
      }
      .root {
        flex: none;
        padding: var(--space-3) 0;
      }
      .count {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        margin: var(--space-2) var(--space-5) 0;
        color: var(--text-muted);
        font: var(--text-xs);
        font-weight: 600;
      }
      .missing {
        margin: var(--space-2) var(--space-5) 0;
        color: var(--text-muted);
        font: var(--text-s);
      }
      .count::after {
        content: '';
        flex: 1;
        height: 1px;
        background: var(--line);
      }
    `,
  ];

  @property() space = '';
  @property() channel = '';
  @property() channelName = '';
  @property() root = '';
  @property() target: string | undefined;
  @property({ attribute: false }) me = '';
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @property({ attribute: false }) refusals: ReadonlyMap<string, readonly Refusal[]> = new Map();
  @property({ type: Boolean }) writable = false;
  @property({ type: Boolean }) moderator = false;
  @query('tm-timeline') private readonly timeline!: Timeline;

  private readonly rootRow = new Live<Message>(this);

  override willUpdate(): void {
    this.rootRow.ask(`select ${MESSAGE_COLUMNS} from messages where space = ? and id = ?`, [
      this.space,
      this.root,
    ]);
  }

  override render() {
    const root = this.rootRow.rows[0];
    const missing = this.rootRow.ready && !root;
    return html`<tm-pane
      heading="Thread"
      detail="in #${this.channelName}"
      what="thread"
      @close=${() => this.dispatchEvent(new Event('close'))}
    >
      <tm-timeline
        .space=${this.space}
        .channel=${this.channel}
        .thread=${this.root}
        .target=${this.target === this.root ? undefined : this.target}
        .me=${this.me}
        .names=${this.names}
        .refusals=${this.refusals}
        .writable=${this.writable}
        .moderator=${this.moderator}
        label="Replies"
        @leave-end=${() => void this.focusComposer()}
      >
        <div class="root" slot="start">
          ${
            root
              ? html`<tm-message
                  role="article"
                  tabindex="0"
                  .reachable=${true}
                  .message=${root}
                  .name=${this.names.get(root.author) ?? plainName(root.author)}
                  .names=${this.names}
                  .me=${this.me}
                  .refusals=${this.refusals.get(root.id) ?? NOTHING}
                  .inThread=${true}
                ></tm-message>`
              : ''
          }
          ${
            missing
              ? html`<p class="missing">
                  The message that this thread begins with is not here. It may not have arrived on
                  this device yet.
                </p>`
              : html`<div class="count">${repliesWords(root?.replies ?? 0)}</div>`
          }
        </div>
      </tm-timeline>
      ${
        this.writable && !missing
          ? html`<tm-composer
              placeholder="Reply"
              draft="${this.space}/${this.channel}/${this.root}"
              @submit-body=${this.onSubmit}
              @edit-last=${() => this.timeline.editLast()}
            ></tm-composer>`
          : ''
      }
    </tm-pane>`;
  }

  async focusComposer(): Promise<void> {
    await this.updateComplete;
    const composer = this.renderRoot.querySelector('tm-composer');
    await composer?.updateComplete;
    composer?.focus();
  }

  private readonly onSubmit = (event: SubmitBodyEvent): void => {
    writeDown(sendMessage(this.space, this.channel, event.body, this.root), event);
    void this.timeline.showEnd();
  };
}

function repliesWords(replies: number): string {
  if (replies === 0) return 'No replies yet';
  return replies === 1 ? '1 reply' : `${replies} replies`;
}

const NOTHING: readonly never[] = [];

declare global {
  interface HTMLElementTagNameMap {
    'tm-thread': Thread;
  }
}
