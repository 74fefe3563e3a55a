import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '../../elements/dialog';
import { icon } from '../../elements/icon';
import { base, buttons } from '../../elements/styles';
import { discard, retry, tabId } from '../../engine/engine';
import { Live, LiveStatus } from '../../engine/live';
import { lastingProblem } from './status-words';

interface Waiting {
  space: string;
  id: string;
  type: string;
  state: 'pending' | 'refused';
  detail: string | null;
  payload: string;
}

const KINDS: Record<string, string> = {
  'message.created': 'Message',
  'message.edited': 'Edit of a message',
  'message.deleted': 'Deletion of a message',
  'message.pinned': 'Pin',
  'message.unpinned': 'Removal of a pin',
  'reaction.added': 'Reaction',
  'reaction.removed': 'Removal of a reaction',
  'channel.created': 'New channel',
  'channel.renamed': 'New name of a channel',
  'channel.archived': 'Archiving of a channel',
  'member.joined': 'New member',
  'member.left': 'Removal of a member',
  'member.role_changed': 'New role of a member',
  'profile.updated': 'Your name',
  'read.marked': 'How far you have read',
};
const MOST_LISTED = 20;

/** Explains connection, what waits, and where the database is open; refused changes can be handled here. */
@customElement('tm-status-dialog')
export class StatusDialog extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .parts {
        display: grid;
        gap: var(--space-5);
      }
      section {
        display: grid;
        gap: 2px;
      }
      h3 {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        font: var(--text-m);
        font-weight: 650;
      }
      h3 svg {
        color: var(--accent);
      }
      h3.bad svg {
        color: inherit;
      }
      p {
        color: var(--text-muted);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0 var(--space-3);
        padding: var(--space-1) 0;
        border-bottom: 1px solid var(--line);
        font: var(--text-s);
      }
      li:last-child {
        border: 0;
      }
      .bad {
        color: var(--danger);
      }
      .button {
        min-height: 30px;
      }
    `,
  ];

  private readonly status = new LiveStatus(this);
  private readonly outbox = new Live<Waiting>(this);
  @state() private stored: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.outbox.ask(
      'select space, id, type, state, detail, payload from outbox order by created_at limit ?',
      [MOST_LISTED],
    );
    void navigator.storage?.estimate?.().then(({ usage }) => {
      if (usage !== undefined) this.stored = `${(usage / 1e6).toFixed(1)} MB`;
    });
  }

  override render() {
    const { value } = this.status;
    const problem = lastingProblem(value);
    const pending = this.outbox.rows.filter((row) => row.state === 'pending');
    const refused = this.outbox.rows.filter((row) => row.state === 'refused');
    return html`<tm-dialog
      heading="Where things stand"
      wide
      @close=${() => this.dispatchEvent(new Event('close'))}
    >
      <div class="parts">
        <section>
          <h3>${icon('wave', 18)} ${value.online ? 'Connected' : 'Offline'}</h3>
          <p>
            ${
              value.online
                ? 'New messages arrive as they are written.'
                : 'The server cannot be reached right now. Everything on this device can be read and written; Tidemark keeps trying by itself.'
            }
          </p>
          ${problem ? html`<p class="bad">${problem.detail}</p>` : nothing}
        </section>
        <section>
          <h3>${icon('clock', 18)} ${waitingHeading(value.pending)}</h3>
          <p>
            ${
              value.pending === 0
                ? 'Everything you wrote has reached the server.'
                : 'They are stored on this device and survive a restart. They are sent in the order in which you made them.'
            }
          </p>
          ${
            pending.length > 0
              ? html`<ul>
                  ${pending.map((row) => html`<li>${words(row)}</li>`)}
                </ul>`
              : nothing
          }
        </section>
        ${
          refused.length > 0
            ? html`<section>
                <h3 class="bad">${icon('warning', 18)} ${refused.length} not accepted</h3>
                <ul>
                  ${refused.map(
                    (row) =>
                      html`<li>
                        <span>${words(row)}<br /><span class="bad">${row.detail}</span></span>
                        <span>
                          <button class="button quiet" @click=${() => retry(row.space, row.id)}>
                            Retry
                          </button>
                          <button class="button quiet" @click=${() => discard(row.space, row.id)}>
                            Discard
                          </button>
                        </span>
                      </li>`,
                  )}
                </ul>
              </section>`
            : nothing
        }
        <section>
          <h3>${icon('book', 18)} ${databaseHeading(value.role)}</h3>
          <p>
            ${
              value.role === 'memory'
                ? 'This window keeps everything in memory only and forgets it when it closes. An ordinary window stores your workspace on this device.'
                : html`${
                    value.owner === tabId()
                      ? 'This tab has the database open and does the work for your other tabs of Tidemark.'
                      : value.owner === null
                        ? 'Tidemark is choosing the tab that opens the database.'
                        : 'Another tab of Tidemark has the database open; this one asks it. When that tab closes, this one takes over.'
                  }${this.stored ? ` Tidemark uses ${this.stored} on this device.` : nothing}`
            }
          </p>
        </section>
        <p><a href="/inspector">Open the inspector</a> for the details.</p>
      </div>
    </tm-dialog>`;
  }
}

/** What a change is: its kind, and the text that one wrote. */
function words({ type, payload }: Waiting): string {
  const kind = KINDS[type] ?? type;
  const { body, name } = JSON.parse(payload) as { body?: string; name?: string };
  const text = body ?? name;
  if (!text) return kind;
  return `${kind}: “${text.length > 80 ? `${text.slice(0, 80)}…` : text}”`;
}

function waitingHeading(pending: number): string {
  if (pending === 0) return 'Nothing is waiting';
  return pending === 1 ? '1 change is waiting' : `${pending} changes are waiting`;
}

function databaseHeading(role: string): string {
  return role === 'memory' ? 'Nothing is stored' : 'Stored on this device';
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-status-dialog': StatusDialog;
  }
}
