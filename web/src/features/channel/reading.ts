import type { ReactiveControllerHost } from 'lit';
import { query, send } from '../../engine/engine';

/** Read marks go out this long after the last new one, so that scrolling does not write for every row. */
const MARK_PAUSE_MILLIS = 800;
/** Pending messages have order keys from here on; they are nobody's news. */
const PENDING_FROM = 4_503_599_627_370_496;
/** Unread messages are counted no further than this. */
const MOST_COUNTED = 1_000;

/** How far one reader has read one channel, looked up once per visit: the marker stays where it is while one reads. */
export class Reading {
  /** Position up to which the channel was read when it was opened; null when it is not known or nothing is new. */
  readUpTo: number | null = null;
  unread = 0;
  private space = '';
  private channel = '';
  /** Position of the last read mark; undefined until it was looked up, and nothing is marked before that. */
  private marked: number | undefined;
  private markDue: ReturnType<typeof setTimeout> | undefined;
  private dueMark: (() => void) | undefined;
  private visit = 0;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.writeDueMark();
  }

  /** Begins a visit; resolves to false when another one began meanwhile. */
  async open(space: string, channel: string, me: string): Promise<boolean> {
    this.writeDueMark();
    const visit = ++this.visit;
    this.space = space;
    this.channel = channel;
    this.readUpTo = null;
    this.unread = 0;
    this.marked = undefined;
    const [mark] = await query<{ position: number }>(
      'select position from read_marks where space = ? and channel = ?',
      [space, channel],
    ).catch(() => []);
    if (visit !== this.visit) return false;
    const position = mark?.position ?? 0;
    const [count] = await query<{ unread: number }>(
      `select count(*) as unread from (select 1 from messages where space = ? and channel = ? and thread is null and order_key > ? and order_key < ${PENDING_FROM} and deleted = 0 and author <> ? limit ${MOST_COUNTED})`,
      [space, channel, position, me],
    ).catch(() => []);
    if (visit !== this.visit) return false;
    this.unread = count?.unread ?? 0;
    // Somebody who never read here has no place to come back to.
    this.readUpTo = position === 0 || this.unread === 0 ? null : position;
    this.marked = position;
    this.host.requestUpdate();
    return true;
  }

  /**
   * Everything up to this position was seen.
   *
   * @param personal id of the reader's own space, where marks are kept
   */
  seen(personal: string, position: number): void {
    if (this.marked === undefined || position <= this.marked) return;
    const { space, channel } = this;
    clearTimeout(this.markDue);
    this.dueMark = () => {
      this.marked = position;
      void writeMark(personal, space, channel, position);
    };
    this.markDue = setTimeout(() => this.writeDueMark(), MARK_PAUSE_MILLIS);
  }

  /** Who leaves a channel quickly has read it all the same. */
  private writeDueMark(): void {
    clearTimeout(this.markDue);
    this.dueMark?.();
    this.dueMark = undefined;
  }

  /** Marks everything that is here as read and takes the marker away. */
  async markAll(personal: string | undefined): Promise<void> {
    const { space, channel } = this;
    this.writeDueMark();
    const [newest] = await query<{ position: number }>(
      `select order_key as position from messages where space = ? and channel = ? and thread is null and order_key < ${PENDING_FROM} order by order_key desc limit 1`,
      [space, channel],
    );
    this.readUpTo = null;
    this.host.requestUpdate();
    if (newest && personal && newest.position > (this.marked ?? 0)) {
      this.marked = newest.position;
      await writeMark(personal, space, channel, newest.position);
    }
  }
}

async function writeMark(
  personal: string,
  spaceId: string,
  channelId: string,
  position: number,
): Promise<void> {
  await send({
    space: personal,
    type: 'read.marked',
    payload: { spaceId, channelId, position },
  });
}
