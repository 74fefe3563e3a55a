import type { MessageElement } from './message';
import { ScrollAnchor } from './scroll-anchor';

/**
 * Older and newer rows are fetched when the view comes this near to the end of what is there. Twice this, a page of the shortest rows
 * and a tall window must fit into the most rows of a window, or both ends would be fetched in turns.
 */
const FETCH_AHEAD_PIXELS = 1_200;

/** What of a timeline is in view: where it is scrolled to, what stays in place when rows change, which end comes near. */
export class Viewport {
  private readonly anchor = new ScrollAnchor();
  private readonly resized = new ResizeObserver(() => this.anchor.restore());
  private scroller: HTMLElement | undefined;
  private content: HTMLElement | undefined;

  /** `atEnd` says whether the bottom of what is there is the end of the timeline, to be followed. */
  attach(scroller: HTMLElement, content: HTMLElement, atEnd: () => boolean): void {
    this.scroller = scroller;
    this.content = content;
    this.anchor.attach(scroller, content, atEnd);
    this.observe();
  }

  /** Follows changes of size, from `attach` on and again after `stop`. */
  observe(): void {
    if (this.content) this.resized.observe(this.content);
    if (this.scroller) this.resized.observe(this.scroller);
  }

  stop(): void {
    this.resized.disconnect();
  }

  /** Whether the view follows the newest row. */
  get stuck(): boolean {
    return this.anchor.stuck;
  }

  /** Follows the newest row from now on. */
  stick(): void {
    this.anchor.stick();
  }

  /** Stops following, for the reader goes elsewhere. */
  leave(): void {
    this.anchor.leave();
  }

  /** The reader may have scrolled: what is in view now is to stay. */
  scrolled(): void {
    this.anchor.scrolled();
  }

  /** What is in view now is to stay, whether the reader scrolled or not. */
  look(): void {
    this.anchor.remember();
  }

  /** Puts what is to stay back in its place, after rows or their heights changed. */
  restore(): void {
    this.anchor.restore();
  }

  /** New rows get their height when they render, right after the timeline and before the browser paints: only then is the view right. */
  async settle(): Promise<void> {
    const fresh = this.rows().filter((row) => !row.hasUpdated);
    if (fresh.length === 0) return;
    await Promise.all(fresh.map((row) => row.updateComplete));
    this.anchor.restore();
  }

  /** The end of what is there that the view is near to; the start first. */
  nearEnd(stretch: { atStart: boolean; atEnd: boolean }): 'start' | 'end' | undefined {
    const { scroller } = this;
    if (!scroller) return undefined;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (!stretch.atStart && scroller.scrollTop < FETCH_AHEAD_PIXELS) return 'start';
    return !stretch.atEnd && below < FETCH_AHEAD_PIXELS ? 'end' : undefined;
  }

  /** Brings a message to the middle; undefined when it is not there. */
  async centre(id: string): Promise<MessageElement | undefined> {
    const element = this.rows().find((row) => row.message.id === id);
    if (!element) return undefined;
    await element.updateComplete;
    this.anchor.leave();
    element.scrollIntoView({ block: 'center' });
    this.anchor.remember();
    return element;
  }

  /** Goes to the very top. */
  showTop(): void {
    if (this.scroller) this.scroller.scrollTop = 0;
    this.anchor.remember();
  }

  /** Moves the focus to the message beside another; false when there is none. */
  focusBeside(element: MessageElement, step: 1 | -1): boolean {
    const rows = this.rows();
    const beside = rows[rows.indexOf(element) + step];
    if (!beside) return false;
    this.anchor.leave();
    beside.focus({ preventScroll: true });
    beside.scrollIntoView({ block: 'nearest' });
    return true;
  }

  /** The messages that are rendered, in order. */
  rows(): MessageElement[] {
    return [...(this.content?.querySelectorAll('tm-message') ?? [])];
  }
}
