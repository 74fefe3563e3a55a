import { request } from '../../app/http';
import type { SnippetFound } from './found';

interface ContextPiece {
  title: string;
  path: string;
  line: number;
  body: string;
}

/** Enough for the snippet itself, whatever stands beside it. */
const MOST_TOKENS = 8_000;
/** Words of a query beyond some fifty change nothing. */
const MOST_CHARACTERS = 600;

/**
 * The whole text of a snippet. The server gives context for questions; asked with a snippet's own words it answers with that snippet.
 *
 * @return undefined when it cannot be had
 */
export async function wholeText(hit: SnippetFound): Promise<string | undefined> {
  const query = new URLSearchParams({
    libraryId: hit.libraryId,
    version: hit.version,
    query: ownWords(hit),
    tokens: String(MOST_TOKENS),
  });
  const answer = await request<{ snippets: readonly ContextPiece[] }>('GET', `/context?${query}`);
  return answer.ok ? bodyOf(hit, answer.value.snippets) : undefined;
}

function ownWords({ title, excerpt }: SnippetFound): string {
  // Quotes would make phrases.
  return `${title ?? ''} ${excerpt}`.replace(/["…\s]+/gu, ' ').slice(0, MOST_CHARACTERS);
}

/** The piece that the hit is: one text may stand in several files of a version, so its path alone does not tell. */
export function bodyOf(hit: SnippetFound, pieces: readonly ContextPiece[]): string | undefined {
  const inside = hit.excerpt.replace(/^…|…$/gu, '');
  const same = pieces.filter(
    ({ title, body }) => title === (hit.title ?? '') && body.includes(inside),
  );
  return (same.find(({ path, line }) => path === hit.path && line === hit.line) ?? same[0])?.body;
}
