import { LitElement, css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import '../elements/empty';
import '../elements/page-frame';
import '../elements/time';
import { base, buttons, fields } from '../elements/styles';
import { openEngine, query as ask, tabId, type Value } from '../engine/engine';
import { Live, LiveStatus } from '../engine/live';
import { rememberedUser } from '../app/session';
import './table';

interface OutboxRow {
  space: string;
  id: string;
  type: string;
  state: string;
  code: string | null;
  detail: string | null;
  created_at: number;
  payload: string;
}

const MOST_OUTBOX_ROWS = 200;
const MOST_RESULT_ROWS = 500;
const EXAMPLES = [
  'select id, name, role, position, head from spaces',
  'select channel, count(*) as messages from messages group by channel order by messages desc limit 20',
  "select author, body from messages where body like '%tide%' order by order_key desc limit 50",
];

/** `/inspector`: this browser's part of Tidemark from the inside: tabs, what waits, where it stands, and SQL over the views. */
@customElement('tm-inspector')
export class Inspector extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      section {
        display: grid;
        gap: var(--space-3);
        padding-bottom: var(--space-8);
      }
      section > * {
        min-width: 0;
      }
      h2 {
        font: var(--text-l);
        font-weight: 650;
      }
      .facts {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
        gap: 1px;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        overflow: hidden;
      }
      .facts div {
        padding: var(--space-3) var(--space-4);
        box-shadow: 0 0 0 1px var(--line);
      }
      dt {
        color: var(--text-muted);
        font: var(--text-s);
      }
      dd {
        overflow-wrap: anywhere;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-3);
      }
      textarea {
        min-height: 84px;
        font: 14px/20px var(--font-mono) !important;
        resize: vertical;
      }
      pre.error {
        margin: 0;
        font: var(--text-s);
        white-space: pre-wrap;
      }
    `,
  ];

  private readonly status = new LiveStatus(this);
  private readonly outbox = new Live<OutboxRow>(this);
  private readonly spaces = new Live<Record<string, Value>>(this);
  @state() private locks: readonly Record<string, Value>[] = [];
  @state() private stored = '';
  @state() private result: readonly Record<string, Value>[] | undefined;
  @state() private took = '';
  @state() private problem = '';
  @state() private failed = '';
  @query('textarea') private readonly sql!: HTMLTextAreaElement;
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const user = rememberedUser();
    if (!user) return;
    openEngine(user.id).catch((error: unknown) => (this.failed = (error as Error).message));
    this.outbox.ask(
      `select space, id, type, state, code, detail, created_at, payload from outbox order by created_at limit ${MOST_OUTBOX_ROWS}`,
    );
    this.spaces.ask('select name, role, position, head, personal, id from spaces order by name');
    this.timer = setInterval(() => void this.look(), 1_000);
    void this.look();
  }

  override disconnectedCallback(): void {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  override render() {
    if (!rememberedUser() || this.failed) {
      return html`<tm-page heading="Inspector">
        <tm-empty icon="info" heading=${this.failed ? 'The local database did not open' : 'Nobody is signed in'}>
          <p>${this.failed || 'There is no database to look into on this device.'}</p>
          <a class="button" href="/">To the workspace</a>
        </tm-empty>
      </tm-page>`;
    }
    return html`<tm-page heading="Inspector">
      ${this.renderStatus()}
      <section>
        <h2>Spaces</h2>
        <tm-table .rows=${this.spaces.rows} empty="No spaces on this device."></tm-table>
      </section>
      <section>
        <h2>Waiting to be sent (${this.outbox.rows.length})</h2>
        <tm-table
          .rows=${this.outbox.rows.map((row) => ({
            ...row,
            created_at: new Date(row.created_at).toISOString(),
          }))}
          empty="The outbox is empty."
        ></tm-table>
      </section>
      <section>
        <h2>Locks of this origin</h2>
        <tm-table .rows=${this.locks} empty="No locks are held."></tm-table>
      </section>
      ${this.renderConsole()}
    </tm-page>`;
  }

  private renderStatus() {
    const { value } = this.status;
    const facts: [string, string | number][] = [
      ['Role of this tab', value.role],
      ['Ready to take over', value.role === 'follower' ? (value.standby ? 'yes' : 'not yet') : '–'],
      ['This tab', tabId() ?? '…'],
      ['Owner', value.owner ?? 'being chosen'],
      ['Epoch', value.epoch],
      ['Event stream', value.online ? 'connected' : 'not connected'],
      ['Waiting', value.pending],
      ['Refused', value.refused],
      ['Stored on this device', this.stored || 'unknown'],
    ];
    return html`<section>
      <h2>Status</h2>
      <dl class="facts">
        ${facts.map(
          ([name, fact]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${fact}</dd>
            </div>`,
        )}
      </dl>
      ${value.problem ? html`<p class="error">${value.problem.code}: ${value.problem.detail}</p>` : nothing}
      <details>
        <summary>Cursor</summary>
        <code>${value.cursor || 'empty'}</code>
      </details>
    </section>`;
  }

  private renderConsole() {
    return html`<section>
      <h2>SQL</h2>
      <div class="field">
        <label for="sql">One reading statement over the views</label>
        <textarea id="sql" spellcheck="false" .value=${EXAMPLES[0]!} @keydown=${this.onKey}></textarea>
      </div>
      <div class="row">
        <button class="button primary" @click=${this.run}>Run</button>
        <span class="hint"><kbd>Ctrl Enter</kbd> runs it. ${this.took}</span>
        ${EXAMPLES.slice(1).map(
          (example, index) =>
            html`<button
              class="button link"
              @click=${() => {
                this.sql.value = example;
                void this.run();
              }}
            >
              Example ${index + 1}
            </button>`,
        )}
      </div>
      ${this.problem ? html`<pre class="error" role="alert">${this.problem}</pre>` : nothing}
      ${
        this.result
          ? html`<tm-table .rows=${this.result.slice(0, MOST_RESULT_ROWS)} empty="No rows."></tm-table>`
          : nothing
      }
    </section>`;
  }

  private readonly run = async (): Promise<void> => {
    const started = performance.now();
    this.problem = '';
    try {
      this.result = await ask<Record<string, Value>>(this.sql.value);
      const millis = (performance.now() - started).toFixed(1);
      const more =
        this.result.length > MOST_RESULT_ROWS ? `, the first ${MOST_RESULT_ROWS} shown` : '';
      this.took = `${this.result.length} rows in ${millis} ms${more}.`;
    } catch (error) {
      this.problem = (error as Error).message;
      this.result = undefined;
      this.took = '';
    }
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this.run();
  };

  private async look(): Promise<void> {
    const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
    if (usage !== undefined && quota !== undefined) {
      this.stored = `${(usage / 1e6).toFixed(1)} MB of ${(quota / 1e9).toFixed(1)} GB`;
    }
    const { held = [], pending = [] } = (await navigator.locks?.query?.()) ?? {};
    const row = (state: string) => (lock: LockInfo) => ({
      name: lock.name ?? '',
      state,
      mode: lock.mode ?? '',
      client: lock.clientId ?? '',
    });
    this.locks = [...held.map(row('held')), ...pending.map(row('waiting'))];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-inspector': Inspector;
  }
}
