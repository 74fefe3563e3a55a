import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../../elements/icon';
import { base } from '../../elements/styles';
import { Live, LiveStatus } from '../../engine/live';
import { banner, catchingUp } from './status-words';

/** Being without a connection shorter than this is not worth a word. */
const GRACE_MILLIS = 2_500;

/** Says in plain words what stands in the way, above the messages. */
@customElement('tm-banner')
export class BannerElement extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        flex: none;
      }
      .banner {
        display: flex;
        align-items: flex-start;
        gap: var(--space-2);
        padding: var(--space-2) var(--space-5);
        font: var(--text-s);
      }
      svg {
        flex: none;
      }
      .info {
        background: var(--surface-active);
        color: var(--text);
      }
      .warning {
        background: var(--warning-soft);
        color: var(--warning);
      }
      .danger {
        background: var(--danger-soft);
        color: var(--danger);
      }
      @media (max-width: 699px) {
        .banner {
          padding-inline: var(--space-4);
        }
      }
    `,
  ];

  private readonly status = new LiveStatus(this);
  private readonly waiting = new Live<{ messages: number; changes: number }>(this);
  private readonly progress = new Live<{ head: number; position: number }>(this);
  @state() private settled = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    super.disconnectedCallback();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.progress.ask('select sum(head) as head, sum(position) as position from spaces');
  }

  override willUpdate(): void {
    const { online } = this.status.value;
    if (online) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.settled = false;
      this.waiting.ignore();
    } else {
      this.timer ??= setTimeout(() => (this.settled = true), GRACE_MILLIS);
      // Read marks go along unmentioned: nobody wrote them.
      this.waiting.ask(
        "select count(case when type = 'message.created' then 1 end) as messages, count(case when type <> 'message.created' then 1 end) as changes from outbox where state = 'pending' and type <> 'read.marked'",
      );
    }
  }

  override render() {
    const { value } = this.status;
    const { messages = 0, changes = 0 } = this.waiting.rows[0] ?? {};
    const { head, position } = this.progress.rows[0] ?? {};
    const shown = banner(value, messages, changes) ?? catchingUp(head ?? 0, position ?? 0);
    const late = shown?.tone !== 'info' || value.online || this.settled;
    return html`<div role="status">
      ${
        shown && late
          ? html`<div class="banner ${shown.tone}">
              ${icon(shown.tone === 'info' ? 'info' : 'warning', 18)}<span>${shown.text}</span>
            </div>`
          : nothing
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-banner': BannerElement;
  }
}
