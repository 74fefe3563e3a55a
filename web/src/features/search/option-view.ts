import { html, nothing } from 'lit';
import '../../elements/time';
import { icon } from '../../elements/icon';
import type { Channel, Space } from '../sidebar/channels';
import { plainName } from '../timeline/plain-name';
import type { DocumentFound, SnippetFound } from './found';
import type { MessageHit, Option } from './options';
import { atHighlights, rendered } from './pieces';

/** Names for the ids that options hold. */
export interface Names {
  /** The space that is open; its name is not repeated. */
  readonly space: string;
  readonly spaces: readonly Space[];
  readonly channels: readonly Channel[];
  readonly names: ReadonlyMap<string, string>;
}

export function optionView(option: Option, names: Names) {
  switch (option.kind) {
    case 'channel':
      return html`${icon('hash', 18)}<span class="name">${option.channel.name}</span>
        <span class="where">${elsewhere(option.channel.space, names)}</span>`;
    case 'command':
      return html`${icon(option.command.icon, 18)}<span class="name">${option.command.label}</span>`;
    case 'message':
    case 'more':
      return message(option.hit, names);
    case 'document':
      return document(option.hit, names);
    case 'snippet':
      return snippet(option.hit);
  }
}

function message(hit: MessageHit, names: Names) {
  const space = elsewhere(hit.space, names);
  return html`<div class="meta">
      <strong>${names.names.get(hit.author) ?? plainName(hit.author)}</strong>
      <span class="where"
        >#${channelName(hit, names)}${hit.thread === null ? '' : ', in a thread'}${space && ` · ${space}`}</span
      >
      <tm-time show="date" .at=${hit.at}></tm-time>
    </div>
    <div class="excerpt">${rendered(hit.pieces)}</div>`;
}

function document(hit: DocumentFound, names: Names) {
  return html`<div class="meta">
      <strong>${hit.title || 'Untitled'}</strong>
      <span class="where">${elsewhere(hit.space, names)}</span>
    </div>
    ${hit.excerpt === '' ? nothing : html`<div class="excerpt">${rendered(atHighlights(hit.excerpt, hit.highlights))}</div>`}`;
}

function snippet(hit: SnippetFound) {
  return html`<div class="meta">
      <strong>${hit.title || hit.path}</strong>
      <span class="where library">${hit.libraryId} ${hit.version}</span>
    </div>
    <div class="excerpt">${rendered(atHighlights(hit.excerpt, hit.highlights))}</div>
    <div class="where"><code>${hit.path}:${hit.line}</code></div>`;
}

function elsewhere(id: string, { space, spaces }: Names): string {
  return id === space ? '' : (spaces.find((known) => known.id === id)?.name ?? '');
}

function channelName({ space, channel }: MessageHit, { channels }: Names): string {
  return channels.find((known) => known.space === space && known.id === channel)?.name ?? '?';
}
