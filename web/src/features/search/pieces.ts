import { html } from 'lit';

/** A piece of an excerpt; those with `hit` are what was looked for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** Cuts the server's excerpt at its highlights, which are pairs of start and end in UTF-16 units. What does not fit the text is left out. */
export function atHighlights(
  excerpt: string,
  highlights: readonly (readonly [number, number])[],
): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const [start, end] of highlights) {
    if (start < done || end <= start || end > excerpt.length) continue;
    if (start > done) pieces.push({ text: excerpt.slice(done, start), hit: false });
    pieces.push({ text: excerpt.slice(start, end), hit: true });
    done = end;
  }
  if (done < excerpt.length) pieces.push({ text: excerpt.slice(done), hit: false });
  return pieces;
}

/** Cuts the engine's snippet, in which found words stand between U+0001 and U+0002. */
export function atMarks(snippet: string): Piece[] {
  return snippet
    .split('\u0001')
    .flatMap((part, index): Piece[] => {
      if (index === 0) return [{ text: part, hit: false }];
      const [match = '', rest = ''] = part.split('\u0002');
      return [
        { text: match, hit: true },
        { text: rest, hit: false },
      ];
    })
    .filter(({ text }) => text !== '');
}

export function rendered(pieces: readonly Piece[]) {
  return pieces.map(({ text, hit }) => (hit ? html`<mark>${text}</mark>` : text));
}
