import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../../elements/empty';
import { icon } from '../../elements/icon';
import { base } from '../../elements/styles';
import { search, type SearchHit } from '../../engine/engine';
import { go, routeHash, type Route } from '../../app/route';
import type { Channel, Space } from '../sidebar/channels';
import { grouped, type DocumentFound, type SnippetFound } from './found';
import './hit-dialog';
import { optionView } from './option-view';
import {
  atStart,
  HEADINGS,
  matching,
  messageRoute,
  type Option,
  type PaletteCommand,
} from './options';
import { paletteStyles } from './palette-styles';
import { ServerSearch } from './server-search';
import { wordsFor } from './server-words';

const MOST_MESSAGES = 30;
/** Of what was searched for, so many characters are repeated when nothing has it. */
const MOST_REPEATED = 80;

/**
 * Ctrl-K: jumps to channels, runs commands, searches as one types. What this browser has is there at once; what the server finds beyond
 * that follows below it. Emits `close` and `run`.
 */
@customElement('tm-palette')
export class Palette extends LitElement {
  static override styles = [base, paletteStyles];

  @property({ attribute: false }) channels: readonly Channel[] = [];
  @property({ attribute: false }) spaces: readonly Space[] = [];
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @property({ attribute: false }) commands: readonly PaletteCommand[] = [];
  @property() space = '';
  @state() private text = '';
  @state() private hits: readonly SearchHit[] = [];
  @state() private searched = '';
  @state() private at = 0;
  /** Found text that is read over the list. */
  @state() private reading: DocumentFound | SnippetFound | undefined;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('input') private readonly field!: HTMLInputElement;
  private readonly server = new ServerSearch(this);
  private running = false;

  override firstUpdated(): void {
    this.dialog.showModal();
    this.field.focus();
  }

  override disconnectedCallback(): void {
    if (this.dialog?.open) this.dialog.close();
    super.disconnectedCallback();
  }

  override updated(): void {
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    const options = this.options();
    const at = Math.min(this.at, options.length - 1);
    const { reading } = this;
    return html`<dialog
        aria-label="Search or jump to"
        @close=${() => {
          if (this.isConnected) this.dispatchEvent(new Event('close'));
        }}
        @mousedown=${(event: Event) => {
          if (event.target === this.dialog) this.dialog.close();
        }}
      >
        <div class="top">
          ${icon('search')}
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls="options"
            aria-activedescendant=${at >= 0 ? `option-${at}` : nothing}
            aria-label="Search messages and libraries, jump to channels"
            placeholder="Search, or jump to a channel"
            autocomplete="off"
            spellcheck="false"
            enterkeyhint="go"
            @input=${this.onInput}
            @keydown=${(event: KeyboardEvent) => this.onKey(event, options, at)}
          />
          <button class="shut" @click=${() => this.dialog.close()}><kbd>Esc</kbd></button>
        </div>
        ${this.renderList(options, at)} ${this.renderFoot(options.length)}
      </dialog>
      ${
        reading
          ? html`<tm-hit-dialog
              .hit=${reading}
              @close=${() => (this.reading = undefined)}
            ></tm-hit-dialog>`
          : nothing
      }`;
  }

  private renderList(options: readonly Option[], at: number) {
    return html`<div id="options" role="listbox" aria-label="Results">
      ${options.map(
        (option, index) => html`${
          option.kind === options[index - 1]?.kind
            ? nothing
            : html`<div class="heading" role="presentation">${HEADINGS[option.kind]}</div>`
        }
          <div
            id="option-${index}"
            role="option"
            class=${option.kind}
            aria-selected=${index === at}
            @mousedown=${keepFocus}
            @click=${() => this.choose(option)}
            @mousemove=${() => (this.at = index)}
          >
            ${optionView(option, this)}
          </div>`,
      )}
    </div>`;
  }

  /** Where was searched; the line keeps its room from the first letter on, so that nothing moves when its words change. */
  private renderFoot(count: number) {
    const words = wordsFor(this.server.state);
    const settled = this.searched === this.text && this.server.state.kind !== 'asking';
    return html`${
      count === 0 && settled && this.text.trim() !== ''
        ? html`<tm-empty compact icon="search" heading="Nothing found"
              >Nothing has “${shortened(this.text.trim())}”. Words are found by their beginning; quotes find a phrase.</tm-empty
            >`
        : nothing
    }
      <div class="foot" role="status" ?hidden=${this.text.trim() === ''}>
        <span class="unseen">${count} ${count === 1 ? 'result' : 'results'}.</span> ${words}
      </div>`;
  }

  private options(): Option[] {
    const wanted = this.text.trim();
    if (wanted === '') return atStart(this.channels, this.space, this.commands);
    const { state } = this.server;
    const found =
      state.kind === 'found' && this.searched === this.text
        ? grouped(state.answer.results, this.hits)
        : [];
    return matching(wanted, this.channels, this.commands, this.hits, found);
  }

  private readonly onInput = (): void => {
    this.text = this.field.value;
    this.at = 0;
    this.server.search(this.text);
    void this.find();
  };

  /** One search of this browser at a time: while one runs, only the newest text is kept for the next. */
  private async find(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      while (this.searched !== this.text) {
        const text = this.text;
        const hits =
          text.trim() === '' ? [] : await search(text, { limit: MOST_MESSAGES }).catch(() => []);
        this.searched = text;
        this.hits = hits;
      }
    } finally {
      this.running = false;
    }
  }

  private onKey(event: KeyboardEvent, options: readonly Option[], at: number): void {
    const last = options.length - 1;
    if (event.key === 'ArrowDown') this.at = at >= last ? 0 : at + 1;
    else if (event.key === 'ArrowUp') this.at = at <= 0 ? last : at - 1;
    else if (event.key === 'Enter' && !event.isComposing) {
      const option = options[at];
      if (option) this.choose(option);
    } else return;
    event.preventDefault();
  }

  private choose(option: Option): void {
    switch (option.kind) {
      case 'document':
      case 'snippet':
        this.reading = option.hit;
        return;
      case 'command':
        this.dialog.close();
        this.dispatchEvent(new CustomEvent('run', { detail: option.command.id }));
        return;
      case 'channel':
        this.dialog.close();
        go({ space: option.channel.space, channel: option.channel.id });
        return;
      case 'message':
      case 'more':
        this.dialog.close();
        show(messageRoute(option.hit));
    }
  }
}

/** Goes to a message, also to the one that the address names already: the reader may have scrolled away from it. */
function show(route: Route): void {
  if (routeHash(route) === location.hash) {
    const { message: _, ...place } = route;
    go(place, 'replace');
  }
  go(route);
}

/** So much of a text as one can take in at a glance. */
function shortened(text: string): string {
  return text.length > MOST_REPEATED ? `${text.slice(0, MOST_REPEATED)}…` : text;
}

/** The pointer chooses, the field keeps the focus. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-palette': Palette;
  }
}
