import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import '../../elements/avatar';
import '../../elements/badge';
import '../../elements/menu';
import type { Menu, MenuItem } from '../../elements/menu';
import { icon } from '../../elements/icon';
import { base, buttons } from '../../elements/styles';
import { routeHash } from '../../app/route';
import type { User } from '../../app/session';
import { chooseTheme, theme, type Theme } from '../../app/theme';
import '../status/status-line';
import type { Channel, Space } from './channels';
import { sidebarStyles } from './sidebar-styles';
import { UnreadCounts } from './unread';

/** What the sidebar asks its parent to do. */
export class CommandEvent extends Event {
  constructor(
    readonly command:
      | 'create-space'
      | 'create-channel'
      | 'search'
      | 'shortcuts'
      | 'status'
      | 'sign-out'
      | { space: string },
  ) {
    super('command', { bubbles: true, composed: true });
  }
}

/** The left pane: space, search, channels, oneself, status line. */
@customElement('tm-sidebar')
export class Sidebar extends LitElement {
  static override styles = [base, buttons, sidebarStyles];

  @property({ attribute: false }) user!: User;
  @property({ attribute: false }) spaces: readonly Space[] = [];
  @property({ attribute: false }) channels: readonly Channel[] = [];
  @property({ type: Boolean }) ready = false;
  @property({ attribute: false }) space: Space | undefined;
  @property() channel: string | undefined;
  @state() private showArchived = false;
  @query('#spaces') private readonly spaceMenu!: Menu;
  @query('#me') private readonly userMenu!: Menu;

  /** The channel that was scrolled into view last. */
  private shown: string | undefined;
  private readonly unread = new UnreadCounts(this);

  get me(): string {
    return this.user?.id ?? '';
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('channel') || changed.has('channels')) {
      const here = this.renderRoot.querySelector('a[aria-current]');
      if (here && this.shown !== this.channel) {
        this.shown = this.channel;
        here.scrollIntoView({ block: 'nearest' });
      }
    }
  }

  override render() {
    const open = this.channels.filter((channel) => !channel.archived);
    const archived = this.channels.filter((channel) => channel.archived);
    const elsewhere = this.spaces.some(
      (space) => space.id !== this.space?.id && this.unread.ofSpace(space.id) > 0,
    );
    return html`<button
        class="space"
        aria-haspopup="menu"
        aria-expanded="false"
        @click=${(event: Event) =>
          this.spaceMenu.open(event.currentTarget as HTMLElement, this.spaceItems())}
      >
        <tm-avatar .name=${this.space?.name ?? 'Tidemark'}></tm-avatar>
        <span class="space-name">${this.space?.name ?? 'Tidemark'}</span
        ><span class="unseen">Switch space</span>
        ${elsewhere ? html`<span class="dot" title="Unread messages in another space"></span>` : nothing}
        ${icon('down', 16)}
      </button>
      <button class="search" @click=${() => this.say('search')}>
        ${icon('search', 16)}<span>Search or jump to…</span><kbd>Ctrl K</kbd>
      </button>
      <nav aria-label="Channels" @keydown=${this.onKey}>
        ${
          this.space
            ? html`<div class="section">
                <h2>Channels</h2>
                ${
                  this.space.role === 'reader'
                    ? nothing
                    : html`<button
                        class="icon-button"
                        aria-label="Create a channel"
                        title="Create a channel"
                        @click=${() => this.say('create-channel')}
                      >
                        ${icon('plus', 16)}
                      </button>`
                }
              </div>`
            : nothing
        }
        ${this.ready && !this.space ? this.renderNoSpace() : nothing}
        <ul>
          ${repeat(
            open,
            (channel) => channel.id,
            (channel) => this.renderChannel(channel),
          )}
        </ul>
        ${
          this.ready && this.space && open.length === 0
            ? html`<p class="none">
                No channels yet.${
                  this.space.role === 'reader'
                    ? nothing
                    : html` <button class="button link" @click=${() => this.say('create-channel')}>
                        Create the first
                      </button>`
                }
              </p>`
            : nothing
        }
        ${
          archived.length > 0
            ? html`<button
                  class="archived"
                  aria-expanded=${this.showArchived}
                  @click=${() => (this.showArchived = !this.showArchived)}
                >
                  ${icon('archive', 16)} ${archived.length} archived
                </button>
                ${
                  this.showArchived
                    ? html`<ul>
                        ${archived.map((channel) => this.renderChannel(channel))}
                      </ul>`
                    : nothing
                }`
            : nothing
        }
      </nav>
      <button
        class="user"
        aria-haspopup="menu"
        aria-expanded="false"
        @click=${(event: Event) =>
          this.userMenu.open(event.currentTarget as HTMLElement, this.userItems())}
      >
        <tm-avatar small .name=${this.user.name}></tm-avatar>
        <span class="user-name">${this.user.name}</span><span class="unseen">Your menu</span>
        ${icon('more', 16)}
      </button>
      <tm-status-line @click=${() => this.say('status')}></tm-status-line>
      <tm-menu id="spaces" label="Spaces" @choose=${this.onSpace}></tm-menu>
      <tm-menu id="me" label="You" @choose=${this.onUserCommand}></tm-menu>`;
  }

  /** On a phone, where the middle pane with its longer words is not to be seen. */
  private renderNoSpace() {
    return html`<div class="none narrow">
      ${
        this.user.admin
          ? html`<p>There is no space yet: a place for a team, a project, a family.</p>
              <button class="button primary" @click=${() => this.say('create-space')}>
                ${icon('plus', 18)} Create a space
              </button>`
          : html`<p>You are not in a space yet. Ask whoever runs this server to add you; it will show up here by itself.</p>`
      }
    </div>`;
  }

  private renderChannel(channel: Channel) {
    const unread = channel.archived ? 0 : this.unread.of(channel.space, channel.id);
    const here = channel.id === this.channel;
    return html`<li>
      <a
        class="channel ${unread > 0 && !here ? 'unread' : ''}"
        href=${routeHash({ space: channel.space, channel: channel.id })}
        aria-current=${here ? 'page' : nothing}
      >
        ${icon('hash', 16)}<span class="channel-name" title=${channel.name}>${channel.name}</span>
        <tm-badge .count=${here ? 0 : unread} label="unread"></tm-badge>
      </a>
    </li>`;
  }

  private spaceItems(): MenuItem[] {
    const items: MenuItem[] = this.spaces.map((space) => {
      const unread = this.unread.ofSpace(space.id);
      return {
        id: `space:${space.id}`,
        label: unread > 0 ? `${space.name} (${unread > 99 ? '99+' : unread} unread)` : space.name,
        checked: space.id === this.space?.id,
      };
    });
    if (this.user.admin) items.push({ id: 'create-space', label: 'Create a space…', icon: 'plus' });
    return items;
  }

  private userItems(): MenuItem[] {
    const chosen = theme();
    const items: MenuItem[] = [
      {
        id: 'theme:system',
        label: 'Theme of the system',
        icon: 'settings',
        checked: chosen === 'system',
      },
      { id: 'theme:light', label: 'Light theme', icon: 'sun', checked: chosen === 'light' },
      { id: 'theme:dark', label: 'Dark theme', icon: 'moon', checked: chosen === 'dark' },
      { id: 'shortcuts', label: 'Keyboard shortcuts', icon: 'keyboard', key: '?' },
      { id: 'inspector', label: 'Inspector', icon: 'info' },
    ];
    if (this.user.admin) items.push({ id: 'admin', label: 'Admin', icon: 'people' });
    items.push({ id: 'sign-out', label: 'Sign out…', icon: 'signOut' });
    return items;
  }

  private readonly onSpace = (event: Event): void => {
    const id = (event as CustomEvent<string>).detail;
    if (id === 'create-space') this.say('create-space');
    else this.say({ space: id.slice('space:'.length) });
  };

  private readonly onUserCommand = (event: Event): void => {
    const id = (event as CustomEvent<string>).detail;
    if (id.startsWith('theme:')) chooseTheme(id.slice('theme:'.length) as Theme);
    else if (id === 'shortcuts' || id === 'sign-out') this.say(id);
    else location.assign(`/${id}`);
  };

  private say(command: CommandEvent['command']): void {
    this.dispatchEvent(new CommandEvent(command));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const links = [...this.renderRoot.querySelectorAll<HTMLElement>('a.channel')];
    const at = links.indexOf((event.target as Element).closest('a.channel') as HTMLElement);
    if (at < 0) return;
    const target = {
      ArrowDown: links[at + 1],
      ArrowUp: links[at - 1],
      Home: links[0],
      End: links.at(-1),
    }[event.key];
    if (!target) return;
    target.focus();
    event.preventDefault();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-sidebar': Sidebar;
  }
  interface HTMLElementEventMap {
    command: CommandEvent;
  }
}
