import { send } from '../../engine/engine';
import { newId } from '../../app/ids';

/** One channel as the engine's view `channels` gives it, without the counts that cost. */
export interface Channel {
  space: string;
  id: string;
  name: string;
  archived: number;
  created_at: number;
}

/** One space as the view `spaces` gives it. */
export interface Space {
  id: string;
  name: string;
  role: 'owner' | 'member' | 'reader';
  /** Last position of the server that was heard of, and the last applied here. */
  head: number;
  position: number;
  /** 1 for the space of one's own settings and read marks. */
  personal: number;
}

export const MOST_NAME_CHARACTERS = 120;

/** Creates a channel here and now; the id of it. */
export async function createChannel(space: string, name: string): Promise<string> {
  const channelId = newId();
  await send({ space, type: 'channel.created', payload: { channelId, name } });
  return channelId;
}

export async function renameChannel(space: string, channelId: string, name: string): Promise<void> {
  await send({ space, type: 'channel.renamed', payload: { channelId, name } });
}

export async function archiveChannel(space: string, channelId: string): Promise<void> {
  await send({ space, type: 'channel.archived', payload: { channelId } });
}

/** What people type becomes a channel's name: lower case, dashes for spaces, no leading `#`. */
export function channelName(typed: string): string {
  return typed
    .trim()
    .replace(/^#+/, '')
    .toLowerCase()
    .replace(/\s+/g, '-')
    .slice(0, MOST_NAME_CHARACTERS);
}
