import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { clockTime, exactTime, relativeTime } from './time-words';

const MINUTE_MILLIS = 60_000;
const listeners = new Set<() => void>();
setInterval(() => listeners.forEach((listener) => listener()), MINUTE_MILLIS / 2);

/** A moment in words ("5 min ago"), the exact time on hover; keeps itself up to date. */
@customElement('tm-time')
export class Time extends LitElement {
  static override styles = css`
    :host {
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
  `;

  /** Milliseconds since 1970. */
  @property({ type: Number }) at = 0;
  /** `relative` says how long ago where that is short; `clock` always the time of day. */
  @property() show: 'relative' | 'clock' | 'date' = 'relative';

  private readonly refresh = (): void => {
    if (Date.now() - this.at < 2 * 60 * MINUTE_MILLIS) this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    listeners.add(this.refresh);
  }

  override disconnectedCallback(): void {
    listeners.delete(this.refresh);
    super.disconnectedCallback();
  }

  override render() {
    const words =
      this.show === 'clock' ? clockTime(this.at) : relativeTime(this.at, Date.now(), this.show);
    return html`<time datetime=${new Date(this.at).toISOString()} title=${exactTime(this.at)}
      >${words}</time
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-time': Time;
  }
}
