import type { Coverage, Generation } from '../api';
import { count } from '../jobs/job-words';

export const KIND_WORDS: Record<Coverage['kind'], string> = {
  message: 'Messages',
  document: 'Documents',
  snippet: 'Snippets',
};

const STATE_WORDS: Record<string, { label: string; tone: 'accent' | 'success' | 'neutral' }> = {
  building: { label: 'Building', tone: 'accent' },
  active: { label: 'Active', tone: 'success' },
  retired: { label: 'Retired', tone: 'neutral' },
};

/** How the state of a generation is called; one that we do not know keeps its own name. */
export function generationState(generation: Generation) {
  return STATE_WORDS[generation.state] ?? { label: generation.state, tone: 'neutral' as const };
}

/** The one that answers searches first, then what is being built, then the old ones, each newest first. */
export function inOrder(generations: readonly Generation[]): readonly Generation[] {
  const rank = ({ state }: Generation) =>
    ['active', 'building'].indexOf(state) + 3 * +(state === 'retired');
  return generations.toSorted((a, b) => rank(a) - rank(b) || b.number - a.number);
}

/** Texts that can be found by meaning, of those that could be: blank ones carry none. */
export function covered({ live, blank, embedded }: Coverage): { of: number; done: number } {
  return { of: Math.max(0, live - blank), done: embedded };
}

/** What is said of messages whose words are not indexed yet; nothing where all are. */
export function wordsWords(missing: number): string {
  return missing === 0
    ? ''
    : `${count(missing, 'message')} cannot be found by words yet; indexing goes on in the background.`;
}

/** What is said when building began. A look at every text tells its number only when it comes to them. */
export function waitingWords(missing: number, everyText: boolean): string {
  const waits = missing === 0 ? 'nothing is missing so far' : `${count(missing, 'text')} to embed`;
  return everyText ? `Looking at every text: ${waits}.` : `Building embeddings: ${waits}.`;
}
