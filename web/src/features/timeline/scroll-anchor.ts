/** Distance from the bottom within which a reader counts as being there. */
const BOTTOM_PIXELS = 24;

/**
 * Keeps what is being read where it is on the screen while rows come and go above it, and keeps the bottom at the bottom. Used instead
 * of the browser's own scroll anchoring, which not all browsers have and which lets go at the very top.
 *
 * Order: `remember` when the reader scrolled, `restore` after the rows or their heights changed.
 */
export class ScrollAnchor {
  /** Whether the view follows the newest row. */
  stuck = true;
  private scroller: HTMLElement | undefined;
  private content: HTMLElement | undefined;
  private atEnd = (): boolean => true;
  private visible: { element: Element; top: number }[] = [];
  /** Scroll position of the last look or the last move of this class: an event from there is an echo, not the reader. */
  private scrolledTo = -1;

  /** `atEnd` says whether the bottom of what is there is the end of the timeline, to be followed. */
  attach(scroller: HTMLElement, content: HTMLElement, atEnd: () => boolean): void {
    this.scroller = scroller;
    this.content = content;
    this.atEnd = atEnd;
  }

  stick(): void {
    this.stuck = true;
    this.visible = [];
    this.scrolledTo = this.scroller?.scrollTop ?? 0;
  }

  /** Stops following the bottom, for the reader goes elsewhere. */
  leave(): void {
    if (!this.stuck) return;
    this.remember();
    this.stuck = false;
  }

  /** A scroll event came: unless it is the echo of `restore`, the reader moved. */
  scrolled(): void {
    if (this.scroller && Math.abs(this.scroller.scrollTop - this.scrolledTo) >= 1) this.remember();
  }

  remember(): void {
    const { scroller } = this;
    if (!scroller) return;
    this.scrolledTo = scroller.scrollTop;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    this.stuck = below <= BOTTOM_PIXELS && this.atEnd();
    this.visible = this.visibleRows(scroller);
  }

  restore(): void {
    const { scroller } = this;
    if (!scroller) return;
    if (this.stuck) {
      // The end is on its way. Going to the bottom of what is here would show a place that nobody asked for.
      if (!this.atEnd()) return;
      const bottom = scroller.scrollHeight - scroller.clientHeight;
      if (Math.abs(scroller.scrollTop - bottom) > 1) this.scrollTo(bottom, scroller);
      return;
    }
    // The first row that is still there; rows dropped at the far end are not.
    const kept = this.visible.find(({ element }) => element.isConnected);
    if (!kept) return;
    // What the reader scrolled since is no displacement.
    const scrolled = this.scrolledTo < 0 ? 0 : scroller.scrollTop - this.scrolledTo;
    const moved = this.topOf(kept.element, scroller) + scrolled - kept.top;
    if (Math.abs(moved) < 1) return;
    this.scrollTo(scroller.scrollTop + moved, scroller);
    if (Math.abs(scrolled) >= 1) this.remember();
  }

  private scrollTo(top: number, scroller: HTMLElement): void {
    scroller.scrollTop = top;
    // Read back: the browser clamps and rounds.
    this.scrolledTo = scroller.scrollTop;
  }

  /** Rows in view with their distance from the view's top; found by halving, rows being in order. */
  private visibleRows(scroller: HTMLElement): { element: Element; top: number }[] {
    const rows = this.content?.querySelectorAll('tm-message') ?? [];
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle];
      if (row && this.topOf(row, scroller) + row.clientHeight <= 0) low = middle + 1;
      else high = middle;
    }
    const visible: { element: Element; top: number }[] = [];
    for (let at = low; at < rows.length; at++) {
      const element = rows[at];
      if (!element) break;
      const top = this.topOf(element, scroller);
      if (top > scroller.clientHeight) break;
      visible.push({ element, top });
    }
    return visible;
  }

  private topOf(element: Element, scroller: HTMLElement): number {
    return element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  }
}
