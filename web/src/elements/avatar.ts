import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from './styles';

const HUES = 8;

/** A person's initials on a colour that stays the same for that person. Decorative: the name stands beside it. */
@customElement('tm-avatar')
export class Avatar extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-grid;
        place-items: center;
        flex: none;
        width: 36px;
        height: 36px;
        border-radius: var(--radius-m);
        font: var(--text-s);
        font-weight: 650;
        user-select: none;
        background: var(--avatar-back);
        color: var(--avatar-text);
        --avatar-text: #ffffff;
      }
      :host([small]) {
        width: 22px;
        height: 22px;
        border-radius: var(--radius-s);
        font-size: 10px;
      }
      :host([hue='0']) {
        --avatar-back: #0b6e78;
      }
      :host([hue='1']) {
        --avatar-back: #8a3b6b;
      }
      :host([hue='2']) {
        --avatar-back: #3e5ba9;
      }
      :host([hue='3']) {
        --avatar-back: #8d4a1e;
      }
      :host([hue='4']) {
        --avatar-back: #43702b;
      }
      :host([hue='5']) {
        --avatar-back: #6a4bab;
      }
      :host([hue='6']) {
        --avatar-back: #a03a3a;
      }
      :host([hue='7']) {
        --avatar-back: #4d5b66;
      }
    `,
  ];

  @property() name = '';
  @property({ type: Boolean, reflect: true }) small = false;
  @property({ type: Number, reflect: true }) hue = 0;

  override willUpdate(): void {
    this.hue = hueOf(this.name);
    this.ariaHidden = 'true';
  }

  override render() {
    return html`${initials(this.name)}`;
  }
}

function hueOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hash % HUES;
}

/** The first letters of the first and last word: `Ada Lovelace` -> `AL`, `jdub` -> `J`. */
export function initials(name: string): string {
  const words = name.split(/[\s_-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => word?.match(/[\p{L}\p{N}]/u)?.[0] ?? '',
  );
  return letters.join('').toUpperCase() || '?';
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-avatar': Avatar;
  }
}
