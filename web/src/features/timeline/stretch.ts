import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { query } from '../../engine/engine';
import { Live } from '../../engine/live';
import { Arrivals } from './arrivals';
import { messageSource, type Message } from './messages';
import { ReactionIndex } from './reaction-index';
import { TimelineWindow } from './window';

/** Whose messages are shown, to whom. */
export interface StretchHost extends ReactiveControllerHost {
  readonly isConnected: boolean;
  readonly space: string;
  readonly channel: string;
  /** Root message's id of a thread, null for a channel. */
  readonly thread: string | null;
  readonly me: string;
  nameOf(author: string): string;
}

/** A message's place in its timeline. */
export interface Spot {
  id: string;
  order_key: number;
}

const NO_ROWS: readonly Message[] = [];

/**
 * The stretch of a timeline that its element holds, with the reactions in it and what arrived since it was opened. Fetches and follows;
 * knows nothing of what is in view. The host renders again when anything of it changes.
 */
export class Stretch implements ReactiveController {
  readonly reactions: ReactionIndex;
  arrivals = new Arrivals();
  private window: TimelineWindow<Message> | undefined;
  private readonly awaited: Live<{ id: string }>;

  /**
   * @param away whether the reader looks elsewhere than at the end
   * @param arrived gets the id of an awaited message that is here now
   */
  constructor(
    private readonly host: StretchHost,
    private readonly away: () => boolean,
    arrived: (id: string) => void,
  ) {
    host.addController(this);
    this.reactions = new ReactionIndex(host);
    this.awaited = new Live<{ id: string }>(host, ([row]) => {
      if (!row) return;
      this.awaited.ignore();
      arrived(row.id);
    });
  }

  hostDisconnected(): void {
    this.window?.close();
    this.window = undefined;
  }

  get rows(): readonly Message[] {
    return this.window?.rows ?? NO_ROWS;
  }

  /** Whether rows are an answer yet. */
  get ready(): boolean {
    return this.window?.ready === true;
  }

  /** Nothing older than the rows held. */
  get atStart(): boolean {
    return this.window?.atStart === true;
  }

  /** Nothing newer than the rows held. */
  get atEnd(): boolean {
    return this.window?.atEnd === true;
  }

  /** Begins anew with the host's timeline, empty until something is shown; false where there is none to open. */
  open(): boolean {
    this.window?.close();
    this.arrivals = new Arrivals();
    this.reactions.clear();
    this.awaited.ignore();
    const { space, channel, thread } = this.host;
    if (!space || !channel) return false;
    const opened = new TimelineWindow<Message>(messageSource(space, channel, thread), () =>
      this.onRows(opened),
    );
    this.window = opened;
    return true;
  }

  private onRows(from: TimelineWindow<Message>): void {
    if (from !== this.window) return;
    if (from.atEnd) {
      this.arrivals.take(from.rows, this.host.me, this.away(), (author) =>
        this.host.nameOf(author),
      );
    }
    this.reactions.watch(this.host.space, from.rows);
    this.host.requestUpdate();
  }

  async showEnd(): Promise<void> {
    await this.window?.showEnd();
  }

  async showStart(): Promise<void> {
    await this.window?.showStart();
  }

  async showAround(spot: Spot): Promise<void> {
    await this.window?.showAround(spot.order_key);
  }

  async loadOlder(): Promise<void> {
    await this.window?.loadOlder();
  }

  async loadNewer(): Promise<void> {
    await this.window?.loadNewer();
  }

  holds(id: string): boolean {
    return this.rows.some((row) => row.id === id);
  }

  /** Where a message stands, if it is on this device. */
  async find(id: string): Promise<Spot | undefined> {
    const [spot] = await query<Spot>(
      'select id, order_key from messages where space = ? and id = ?',
      [this.host.space, id],
    );
    return spot;
  }

  /** Tells `arrived` when this message comes; one at a time. */
  awaitArrival(id: string): void {
    this.awaited.ask('select id from messages where space = ? and id = ?', [this.host.space, id]);
  }

  /** The first root message after a position. */
  async firstAfter(position: number): Promise<Spot | undefined> {
    const [spot] = await query<Spot>(
      'select id, order_key from messages where space = ? and channel = ? and thread is null and order_key > ? order by order_key limit 1',
      [this.host.space, this.host.channel, position],
    );
    return spot;
  }
}
