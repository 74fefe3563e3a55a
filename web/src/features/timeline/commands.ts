import type { MenuItem } from '../../elements/menu';
import { toast } from '../../elements/toast';
import { routeHash } from '../../app/route';
import type { Message } from './messages';

/** What the reader is and may do here. */
export interface Reader {
  readonly me: string;
  readonly writable: boolean;
  readonly moderator: boolean;
  /** Root of the thread that is shown, null in a channel. */
  readonly thread: string | null;
}

/** The menu of a message: what this reader can do with it. */
export function commandsFor(message: Message, reader: Reader): MenuItem[] {
  const items: MenuItem[] = [];
  const alive = !message.deleted;
  const mine = message.author === reader.me;
  if (reader.thread === null) {
    items.push({ id: 'reply', label: 'Reply in thread', icon: 'reply', key: 'r' });
  }
  items.push({ id: 'link', label: 'Copy link', icon: 'link', key: 'l' });
  if (alive) items.push({ id: 'text', label: 'Copy text', icon: 'copy', key: 'c' });
  if (alive && reader.writable) {
    items.push({ id: 'pin', label: message.pinned ? 'Unpin' : 'Pin', icon: 'pin', key: 'p' });
    if (mine) items.push({ id: 'edit', label: 'Edit', icon: 'edit', key: 'e' });
    if (mine || reader.moderator) {
      items.push({ id: 'delete', label: 'Delete…', icon: 'trash', danger: true });
    }
  }
  return items;
}

/** Address of a message, for others. */
export function linkTo(space: string, channel: string, message: Message): string {
  const thread = message.thread === null ? {} : { thread: message.thread };
  const hash = routeHash({ space, channel, ...thread, message: message.id });
  return new URL(hash, location.origin).href;
}

export function copyText(text: string, done: string): void {
  navigator.clipboard.writeText(text).then(
    () => toast({ text: done }),
    () => toast({ text: 'The browser does not allow copying here.', kind: 'error' }),
  );
}

/** Says so when something could not even be written down on this device. */
export function act(work: Promise<unknown>): void {
  work.catch((error: unknown) =>
    toast({ text: `That did not work: ${(error as Error).message}`, kind: 'error' }),
  );
}
