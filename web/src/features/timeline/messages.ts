import { query, send, subscribe } from '../../engine/engine';
import { newId } from '../../app/ids';
import type { TimelineSource } from './window';

/** One message as the engine's view `messages` gives it. Times are milliseconds since 1970. */
export interface Message {
  id: string;
  /** Root message of its thread, null for a root. */
  thread: string | null;
  author: string;
  body: string;
  created_at: number;
  edited_at: number | null;
  deleted: number;
  state: 'pending' | 'sent' | 'refused';
  /** Null until the server has given one. */
  position: number | null;
  order_key: number;
  replies: number;
  last_reply_at: number | null;
  /** Number of (author, emoji) pairs. */
  reactions: number;
  pinned: number;
  version: number;
}

export interface Reaction {
  message: string;
  author: string;
  emoji: string;
}

/** A write that the server refused, as the view `outbox` tells it. */
export interface Refusal {
  space: string;
  id: string;
  type: string;
  code: string;
  detail: string;
  /** What was to be written. */
  payload: Record<string, unknown>;
}

export const MESSAGE_COLUMNS =
  'id, thread, author, body, created_at, edited_at, deleted, state, position, order_key, replies, last_reply_at, reactions, pinned, version';

/** The root messages of a channel, or the replies of one thread. */
export function messageSource(
  space: string,
  channel: string,
  thread: string | null,
): TimelineSource<Message> {
  const here =
    thread === null
      ? 'space = ? and channel = ? and thread is null'
      : 'space = ? and channel = ? and thread = ?';
  const params = thread === null ? [space, channel] : [space, channel, thread];
  const select = `select ${MESSAGE_COLUMNS} from messages where ${here}`;
  return {
    async older(before, limit) {
      const rows = await query<Message>(
        `${select} and order_key < ? order by order_key desc limit ?`,
        [...params, before, limit],
      );
      return rows.reverse();
    },
    newer(after, limit) {
      return query<Message>(`${select} and order_key > ? order by order_key limit ?`, [
        ...params,
        after,
        limit,
      ]);
    },
    watch(from, to, limit, callback) {
      return subscribe<Message>(
        `${select} and order_key >= ? and order_key <= ? order by order_key desc limit ?`,
        [...params, from, to, limit],
        (rows) => callback([...rows].reverse()),
      );
    },
  };
}

export async function sendMessage(
  space: string,
  channel: string,
  body: string,
  thread: string | null,
): Promise<void> {
  await send({
    space,
    type: 'message.created',
    payload: {
      messageId: newId(),
      channelId: channel,
      body,
      ...(thread === null ? {} : { threadId: thread }),
    },
  });
}

export async function editMessage(space: string, messageId: string, body: string): Promise<void> {
  await send({ space, type: 'message.edited', payload: { messageId, body } });
}

export async function deleteMessage(space: string, messageId: string): Promise<void> {
  await send({ space, type: 'message.deleted', payload: { messageId } });
}

export async function pinMessage(space: string, messageId: string, pinned: boolean): Promise<void> {
  await send({
    space,
    type: pinned ? 'message.pinned' : 'message.unpinned',
    payload: { messageId },
  });
}

export async function react(
  space: string,
  messageId: string,
  emoji: string,
  on: boolean,
): Promise<void> {
  await send({
    space,
    type: on ? 'reaction.added' : 'reaction.removed',
    payload: { messageId, emoji },
  });
}
