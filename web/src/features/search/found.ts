import { request, type Answer } from '../../app/http';

interface Excerpt {
  /** Plain text. */
  excerpt: string;
  /** Start and end of each match in the excerpt, in UTF-16 units. */
  highlights: readonly (readonly [number, number])[];
}

export interface MessageFound extends Excerpt {
  kind: 'message';
  space: string;
  channel: string;
  id: string;
  thread: string | null;
  author: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

export interface DocumentFound extends Excerpt {
  kind: 'document';
  title: string | null;
  space: string;
  id: string;
}

export interface SnippetFound extends Excerpt {
  kind: 'snippet';
  title: string | null;
  snippetId: number;
  libraryId: string;
  version: string;
  path: string;
  line: number;
  language: string | null;
}

export type Found = MessageFound | DocumentFound | SnippetFound;

export type SearchMode = 'hybrid' | 'keyword' | 'semantic';

/** What the server answers to a search. */
export interface FoundAnswer {
  /** The mode that was served, and the one asked for. */
  mode: SearchMode;
  requestedMode: SearchMode;
  /** A sentence when embeddings are missing or incomplete. */
  fallback: string | null;
  /** Best first, of all kinds. */
  results: readonly Found[];
}

/** Hits asked for; some are shown from this browser already and fall away. */
const MOST_HITS = 50;
/** Shown of each kind, so that one does not crowd out the others. */
const MOST: Record<Found['kind'], number> = { message: 8, document: 5, snippet: 8 };

/** Asks the server for everything this user may read. */
export function askServer(text: string, signal: AbortSignal): Promise<Answer<FoundAnswer>> {
  const query = new URLSearchParams({ q: text, limit: String(MOST_HITS) });
  return request('GET', `/search?${query}`, undefined, { signal });
}

/**
 * Puts hits of one kind together, the kind of the best hit first, each kind best first, without the messages that stand above
 * already.
 */
export function grouped(
  results: readonly Found[],
  shown: readonly { space: string; id: string }[],
): Found[] {
  const above = new Set(shown.map(({ space, id }) => `${space}/${id}`));
  const groups = new Map<Found['kind'], Found[]>();
  for (const hit of results) {
    if (hit.kind === 'message' && above.has(`${hit.space}/${hit.id}`)) continue;
    const group = groups.get(hit.kind);
    if (!group) groups.set(hit.kind, [hit]);
    else if (group.length < MOST[hit.kind]) group.push(hit);
  }
  return [...groups.values()].flat();
}
