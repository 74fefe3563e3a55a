import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { icon } from '../../elements/icon';
import { base, buttons } from '../../elements/styles';
import { Live } from '../../engine/live';
import '../composer/composer';
import type { SubmitBodyEvent } from '../composer/composer';
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
    buttons,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        height: 100%;
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        flex: none;
        height: 52px;
        padding: 0 var(--space-3) 0 var(--space-5);
        border-bottom: 1px solid var(--line);
      }
      h2 {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        font: var(--text-m);
        font-weight: 650;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      h2 span {
        color: var(--text-muted);
        font-weight: 400;
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
      .count::after {
        content: '';
        flex: 1;
        height: 1px;
        background: var(--line);
      }
      .back {
        display: none;
      }
      @media (max-width: 699px) {
        header {
          padding-inline-start: var(--space-2);
        }
        .back {
          display: inline-grid;
        }
        .shut {
          display: none;
        }
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
    const shut = () => this.dispatchEvent(new Event('close'));
    return html`<header>
        <button class="icon-button back" aria-label="Back" @click=${shut}>${icon('back')}</button>
        <h2>Thread <span>in #${this.channelName}</span></h2>
        <button class="icon-button shut" aria-label="Close thread" title="Close (Esc)" @click=${shut}>
          ${icon('close')}
        </button>
      </header>
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
          <div class="count">
            ${
              root && root.replies > 0
                ? `${root.replies} ${root.replies === 1 ? 'reply' : 'replies'}`
                : 'No replies yet'
            }
          </div>
        </div>
      </tm-timeline>
      ${
        this.writable
          ? html`<tm-composer
              placeholder="Reply"
              draft="${this.space}/${this.channel}/${this.root}"
              @submit-body=${this.onSubmit}
              @edit-last=${() => this.timeline.editLast()}
            ></tm-composer>`
          : ''
      }`;
  }

  async focusComposer(): Promise<void> {
    await this.updateComplete;
    const composer = this.renderRoot.querySelector('tm-composer');
    await composer?.updateComplete;
    composer?.focus();
  }

  private readonly onSubmit = (event: SubmitBodyEvent): void => {
    void sendMessage(this.space, this.channel, event.body, this.root);
    void this.timeline.showEnd();
  };
}

const NOTHING: readonly never[] = [];

declare global {
  interface HTMLElementTagNameMap {
    'tm-thread': Thread;
  }
}
