/** A piece of a message's text. Rendering makes elements of it, so that no text can become markup. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'bold'; text: string }
  | { kind: 'italic'; text: string }
  | { kind: 'code'; text: string }
  /** The language is what stands beside the opening fence. */
  | { kind: 'block'; text: string; language?: string }
  | { kind: 'mention'; text: string }
  | { kind: 'link'; text: string; href: string };

const TOKENS =
  /```(?:([\w+#.-]{1,24})\n(?!```))?\n?([\s\S]+?)\n?```\n?|`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<![\w*])_([^_\n]+)_(?!\w)|(https?:\/\/[^\s<>"]+)|(?<![\w@])@([\p{L}\p{N}][\p{L}\p{N}_.-]{0,63})/gu;

/** Punctuation after an address that belongs to the sentence, not to the address. */
const TRAILING = /[.,;:!?'")\]}]+$/;

/** Splits text into code, bold, italic, links and mentions; everything else stays as written. */
export function richText(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const push = (piece: Piece) => {
    const last = pieces.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text') last.text += piece.text;
    else if (piece.text !== '') pieces.push(piece);
  };
  for (const match of text.matchAll(TOKENS)) {
    push({ kind: 'text', text: text.slice(from, match.index) });
    from = match.index + match[0].length;
    const [, language, block, code, bold, italic, address, mention] = match;
    if (block !== undefined) {
      push({ kind: 'block', text: block, ...(language === undefined ? {} : { language }) });
    } else if (code !== undefined) push({ kind: 'code', text: code });
    else if (bold !== undefined) push({ kind: 'bold', text: bold });
    else if (italic !== undefined) push({ kind: 'italic', text: italic });
    else if (mention !== undefined) push({ kind: 'mention', text: `@${mention}` });
    else if (address !== undefined) {
      const trailing = trailingPunctuation(address);
      const href = address.slice(0, address.length - trailing.length);
      if (URL.canParse(href)) push({ kind: 'link', text: href, href });
      else push({ kind: 'text', text: href });
      push({ kind: 'text', text: trailing });
    }
  }
  push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

function trailingPunctuation(address: string): string {
  const trailing = TRAILING.exec(address)?.[0] ?? '';
  // A closing bracket that the address itself opened stays: .../Tide_(disambiguation)
  return trailing.startsWith(')') && address.includes('(') ? trailing.slice(1) : trailing;
}
