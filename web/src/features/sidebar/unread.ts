import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { query, subscribe, type Subscription } from '../../engine/engine';

/** Counting stops here; people see "99+". */
const MOST_COUNTED = 100;
/** While events stream in, counts are taken this often at most. */
const PAUSE_MILLIS = 400;

interface Count {
  space: string;
  channel: string;
  unread: number;
}

/**
 * Unread root messages of others per channel, in all shared spaces. Not one live query: that would count every channel again for every
 * message. Positions and read marks are watched instead, and the counts, which stop at 100, follow at a bounded rate.
 */
export class UnreadCounts implements ReactiveController {
  private counts = new Map<string, number>();
  private spaceCounts = new Map<string, number>();
  private subscriptions: Subscription[] = [];
  private due: ReturnType<typeof setTimeout> | undefined;
  private lastMillis = 0;

  constructor(
    private readonly host: ReactiveControllerHost & { readonly me: string },
    private readonly now: () => number = () => performance.now(),
  ) {
    host.addController(this);
  }

  of(space: string, channel: string): number {
    return this.counts.get(`${space}/${channel}`) ?? 0;
  }

  ofSpace(space: string): number {
    return this.spaceCounts.get(space) ?? 0;
  }

  hostConnected(): void {
    const changed = () => this.schedule();
    this.subscriptions = [
      subscribe('select id, position from spaces', [], changed),
      subscribe('select space, channel, position from read_marks', [], changed),
    ];
  }

  hostDisconnected(): void {
    for (const subscription of this.subscriptions) subscription.close();
    this.subscriptions = [];
    clearTimeout(this.due);
    this.due = undefined;
  }

  private schedule(): void {
    if (this.due !== undefined) return;
    const wait = Math.max(0, this.lastMillis + PAUSE_MILLIS - this.now());
    this.due = setTimeout(() => void this.count(), wait);
  }

  private async count(): Promise<void> {
    const counted = await query<Count>(
      `select c.space, c.id as channel, (
         select count(*) from (
           select 1 from messages m
           where m.space = c.space and m.channel = c.id and m.thread is null and m.deleted = 0 and m.author <> ?
             and m.order_key > coalesce((select r.position from read_marks r where r.space = c.space and r.channel = c.id), 0)
             and m.order_key < 4503599627370496
           limit ${MOST_COUNTED})) as unread
       from channels c where c.archived = 0`,
      [this.host.me],
    ).catch(() => undefined);
    this.lastMillis = this.now();
    this.due = undefined;
    if (!counted) return;
    this.counts = new Map(counted.map((row) => [`${row.space}/${row.channel}`, row.unread]));
    this.spaceCounts = new Map();
    for (const { space, unread } of counted) {
      this.spaceCounts.set(space, (this.spaceCounts.get(space) ?? 0) + unread);
    }
    this.host.requestUpdate();
  }
}
