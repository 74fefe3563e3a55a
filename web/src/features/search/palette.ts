import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../../elements/empty';
import '../../elements/time';
import { icon, type IconName } from '../../elements/icon';
import { base } from '../../elements/styles';
import { search, type SearchHit } from '../../engine/engine';
import { go, type Route } from '../../app/route';
import type { Channel, Space } from '../sidebar/channels';
import { plainName } from '../timeline/plain-name';
import { closeness } from './closeness';
import { paletteStyles } from './palette-styles';

const MOST_CHANNELS = 6;
const MOST_CHANNELS_AT_START = 12;
const MOST_MESSAGES = 30;

export interface PaletteCommand {
  id: string;
  label: string;
  icon: IconName;
}

type Option =
  | { kind: 'channel'; channel: Channel }
  | { kind: 'message'; hit: SearchHit }
  | { kind: 'command'; command: PaletteCommand };

/** Ctrl-K: jumps to channels, runs commands, searches the messages of this device as one types. Emits `close` and `run`. */
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
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('input') private readonly field!: HTMLInputElement;
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
    let before: Option['kind'] | undefined;
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
          aria-label="Search messages, jump to channels"
          placeholder="Search messages, jump to channels"
          autocomplete="off"
          spellcheck="false"
          enterkeyhint="go"
          @input=${this.onInput}
          @keydown=${(event: KeyboardEvent) => this.onKey(event, options, at)}
        />
        <button class="shut" @click=${() => this.dialog.close()}><kbd>Esc</kbd></button>
      </div>
      <div id="options" role="listbox" aria-label="Results">
        ${options.map((option, index) => {
          const heading = option.kind === before ? nothing : this.heading(option.kind);
          before = option.kind;
          return html`${heading}
            <div
              id="option-${index}"
              role="option"
              class=${option.kind}
              aria-selected=${index === at}
              @click=${() => this.choose(option)}
              @mousemove=${() => (this.at = index)}
            >
              ${this.renderOption(option)}
            </div>`;
        })}
      </div>
      ${
        options.length === 0 && this.searched === this.text
          ? html`<tm-empty compact icon="search" heading="Nothing found"
              >No channel and no message on this device has “${this.text}”. Words are found by their beginning; quotes find a
              phrase.</tm-empty
            >`
          : nothing
      }
      <div class="unseen" role="status">${options.length} results</div>
    </dialog>`;
  }

  private heading(kind: Option['kind']) {
    const words = { channel: 'Channels', message: 'Messages', command: 'Commands' }[kind];
    return html`<div class="heading" role="presentation">${words}</div>`;
  }

  private renderOption(option: Option) {
    switch (option.kind) {
      case 'channel':
        return html`${icon('hash', 18)}<span class="name">${option.channel.name}</span>
          <span class="where">${this.spaceName(option.channel.space)}</span>`;
      case 'command':
        return html`${icon(option.command.icon, 18)}<span class="name">${option.command.label}</span>`;
      case 'message':
        return html`<div class="meta">
            <strong>${this.names.get(option.hit.author) ?? plainName(option.hit.author)}</strong>
            <span class="where"
              >#${this.channelName(option.hit)}${option.hit.thread ? ', in a thread' : ''}</span
            >
            <tm-time show="date" .at=${option.hit.created_at}></tm-time>
          </div>
          <div class="snippet">${marked(option.hit.snippet)}</div>`;
    }
  }

  private options(): Option[] {
    const wanted = this.text.trim();
    const open = this.channels.filter((channel) => !channel.archived);
    if (wanted === '') {
      return [
        ...open
          .filter((channel) => channel.space === this.space)
          .slice(0, MOST_CHANNELS_AT_START)
          .map((channel): Option => ({ kind: 'channel', channel })),
        ...this.commands.map((command): Option => ({ kind: 'command', command })),
      ];
    }
    const channels = open
      .map((channel) => ({ channel, score: closeness(wanted.replace(/^#/, ''), channel.name) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST_CHANNELS);
    const commands = this.commands.filter(({ label }) => closeness(wanted, label) > 1);
    return [
      ...channels.map(({ channel }): Option => ({ kind: 'channel', channel })),
      ...commands.map((command): Option => ({ kind: 'command', command })),
      ...this.hits.map((hit): Option => ({ kind: 'message', hit })),
    ];
  }

  private readonly onInput = (): void => {
    this.text = this.field.value;
    this.at = 0;
    void this.find();
  };

  /** One search at a time: while one runs, only the newest text is kept for the next. */
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
    this.dialog.close();
    if (option.kind === 'command') {
      this.dispatchEvent(new CustomEvent('run', { detail: option.command.id }));
    } else {
      go(routeOf(option));
    }
  }

  private spaceName(id: string): string {
    return id === this.space ? '' : (this.spaces.find((space) => space.id === id)?.name ?? '');
  }

  private channelName(hit: SearchHit): string {
    return (
      this.channels.find((channel) => channel.space === hit.space && channel.id === hit.channel)
        ?.name ?? '?'
    );
  }
}

function routeOf(
  option: { kind: 'channel'; channel: Channel } | { kind: 'message'; hit: SearchHit },
): Route {
  if (option.kind === 'channel') return { space: option.channel.space, channel: option.channel.id };
  const { space, channel, id, thread } = option.hit;
  return { space, channel, message: id, ...(thread === null ? {} : { thread }) };
}

/** Matched words stand between U+0001 and U+0002. */
function marked(snippet: string) {
  return snippet.split('\u0001').map((part, index) => {
    if (index === 0) return part;
    const [match, rest] = part.split('\u0002');
    return html`<mark>${match}</mark>${rest}`;
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-palette': Palette;
  }
}
