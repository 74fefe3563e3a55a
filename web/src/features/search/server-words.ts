import type { Problem } from '../../app/http';
import type { FoundAnswer } from './found';

/** How far the server's part of a search has come. */
export type ServerState =
  /** There is nothing to ask it. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'found'; readonly answer: FoundAnswer }
  | { readonly kind: 'failed'; readonly problem: Problem };

const HERE_ONLY = 'only what is in this browser was searched.';

/** The line below the results: where was searched, and how. */
export function wordsFor(state: ServerState): string {
  switch (state.kind) {
    case 'idle':
      return '';
    case 'offline':
      return `You are offline: ${HERE_ONLY}`;
    case 'asking':
      return 'Searched here. Asking the server…';
    case 'found':
      return foundWords(state.answer);
    case 'failed':
      return failedWords(state.problem);
  }
}

function foundWords({ mode, fallback }: FoundAnswer): string {
  if (fallback !== null) return fallback;
  return mode === 'keyword'
    ? 'The server searched by words only.'
    : 'Searched here and on the server, by words and meaning.';
}

function failedWords({ status, detail }: Problem): string {
  if (status === 0) return `The server cannot be reached: ${HERE_ONLY}`;
  if (status === 401) return `You are signed out: ${HERE_ONLY}`;
  // What was typed cannot be searched for; that is no fault of the server.
  if (status === 400) return detail;
  return `The server could not search, so ${HERE_ONLY} ${detail}`;
}
