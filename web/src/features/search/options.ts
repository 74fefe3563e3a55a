import type { IconName } from '../../elements/icon';
import type { SearchHit } from '../../engine/engine';
import type { Route } from '../../app/route';
import type { Channel } from '../sidebar/channels';
import { closeness } from './closeness';
import type { DocumentFound, Found, MessageFound, SnippetFound } from './found';
import { atHighlights, atMarks, type Piece } from './pieces';

const MOST_CHANNELS = 6;
const MOST_CHANNELS_AT_START = 12;

export interface PaletteCommand {
  id: string;
  label: string;
  icon: IconName;
}

/** A message as it stands in the list, from wherever it was found. */
export interface MessageHit {
  space: string;
  channel: string;
  id: string;
  thread: string | null;
  author: string;
  /** Milliseconds since 1970. */
  at: number;
  pieces: readonly Piece[];
}

/** One line of the list. `more` is a message that only the server found. */
export type Option =
  | { readonly kind: 'channel'; readonly channel: Channel }
  | { readonly kind: 'command'; readonly command: PaletteCommand }
  | { readonly kind: 'message' | 'more'; readonly hit: MessageHit }
  | { readonly kind: 'document'; readonly hit: DocumentFound }
  | { readonly kind: 'snippet'; readonly hit: SnippetFound };

/** What stands above the first option of a kind. */
export const HEADINGS: Record<Option['kind'], string> = {
  channel: 'Channels',
  command: 'Commands',
  message: 'Messages',
  more: 'More messages, from the server',
  document: 'Documents',
  snippet: 'Libraries',
};

/** What is offered before anything is typed: the space's channels and all commands. */
export function atStart(
  channels: readonly Channel[],
  space: string,
  commands: readonly PaletteCommand[],
): Option[] {
  const here = channels.filter((channel) => channel.space === space && !channel.archived);
  return [
    ...here
      .slice(0, MOST_CHANNELS_AT_START)
      .map((channel): Option => ({ kind: 'channel', channel })),
    ...commands.map((command): Option => ({ kind: 'command', command })),
  ];
}

/**
 * What fits a text. What the server found stands below all that this browser found, so that nothing moves when it comes.
 *
 * @param hits messages that this browser found
 * @param found what the server found beyond them, kind by kind
 */
export function matching(
  text: string,
  channels: readonly Channel[],
  commands: readonly PaletteCommand[],
  hits: readonly SearchHit[],
  found: readonly Found[],
): Option[] {
  const near = channels
    .filter((channel) => !channel.archived)
    .map((channel) => ({ channel, score: closeness(text.replace(/^#/, ''), channel.name) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_CHANNELS);
  return [
    ...near.map(({ channel }): Option => ({ kind: 'channel', channel })),
    ...commands
      .filter(({ label }) => closeness(text, label) > 1)
      .map((command): Option => ({ kind: 'command', command })),
    ...hits.map((hit): Option => ({ kind: 'message', hit: fromHere(hit) })),
    ...found.map(ofServer),
  ];
}

function fromHere({ created_at: at, snippet, ...hit }: SearchHit): MessageHit {
  return { ...hit, at, pieces: atMarks(snippet) };
}

function ofServer(hit: Found): Option {
  switch (hit.kind) {
    case 'message':
      return { kind: 'more', hit: fromServer(hit) };
    case 'document':
      return { kind: 'document', hit };
    case 'snippet':
      return { kind: 'snippet', hit };
  }
}

function fromServer({ createdAt: at, excerpt, highlights, ...hit }: MessageFound): MessageHit {
  return { ...hit, at, pieces: atHighlights(excerpt, highlights) };
}

export function messageRoute({ space, channel, id, thread }: MessageHit): Route {
  return { space, channel, message: id, ...(thread === null ? {} : { thread }) };
}
