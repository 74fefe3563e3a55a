import type { Reader } from './commands';
import type { Message } from './messages';

/** What a key on a message asks for; `nothing` is a key that is taken but may do nothing here. */
export type KeyCommand =
  | 'before'
  | 'after'
  | 'first'
  | 'last'
  | 'edit'
  | 'reply'
  | 'react'
  | 'pin'
  | 'text'
  | 'link'
  | 'delete'
  | 'nothing';

const WAYS: Readonly<Record<string, KeyCommand>> = {
  ArrowUp: 'before',
  ArrowDown: 'after',
  Home: 'first',
  End: 'last',
};

/**
 * The command of a key, or undefined for one that is not ours.
 *
 * @param inside whether the focus is on something in the message, which keeps its own keys: only ways to other messages are open then
 */
export function keyCommand(
  key: string,
  inside: boolean,
  message: Message,
  reader: Reader,
): KeyCommand | undefined {
  const way = WAYS[key];
  if (way || inside) return way;
  const alive = !message.deleted && reader.writable;
  const mine = message.author === reader.me;
  const where = (allowed: boolean, command: KeyCommand) => (allowed ? command : 'nothing');
  switch (key) {
    case 'e':
      return where(alive && mine, 'edit');
    case 'r':
    case 'Enter':
      return where(reader.thread === null, 'reply');
    case '+':
      return where(alive, 'react');
    case 'p':
      return where(alive, 'pin');
    case 'c':
      return 'text';
    case 'l':
      return 'link';
    case 'Delete':
      return where(alive && (mine || reader.moderator), 'delete');
    default:
      return undefined;
  }
}
