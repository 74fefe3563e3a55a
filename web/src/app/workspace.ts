import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../elements/toast';
import { base, buttons } from '../elements/styles';
import { toast } from '../elements/toast';
import { Live } from '../engine/live';
import '../features/channel/channel';
import type { ChannelView } from '../features/channel/channel';
import type { PaletteCommand } from '../features/search/options';
import '../features/sidebar/name-dialog';
import type { NamedEvent } from '../features/sidebar/name-dialog';
import '../features/sidebar/sidebar';
import type { CommandEvent } from '../features/sidebar/sidebar';
import { channelName, createChannel, type Channel, type Space } from '../features/sidebar/channels';
import '../features/status/banner';
import { request } from './http';
import { Names } from './names';
import { nothingOpen } from './nothing-open';
import { go, parseRoute, type Route } from './route';
import type { User } from './session';
import { chooseTheme } from './theme';
import { workspaceStyles } from './workspace-styles';

const LAST_PLACE = 'tidemark.place';

type Open = 'search' | 'shortcuts' | 'status' | 'sign-out' | 'create-space' | 'create-channel';

const COMMANDS: readonly PaletteCommand[] = [
  { id: 'create-channel', label: 'Create a channel', icon: 'plus' },
  { id: 'shortcuts', label: 'Keyboard shortcuts', icon: 'keyboard' },
  { id: 'status', label: 'Connection and storage', icon: 'wave' },
  { id: 'theme-light', label: 'Light theme', icon: 'sun' },
  { id: 'theme-dark', label: 'Dark theme', icon: 'moon' },
  { id: 'theme-system', label: 'Theme of the system', icon: 'settings' },
  { id: 'sign-out', label: 'Sign out', icon: 'signOut' },
];

/** The three panes and what opens over them. Knows where one is (the address) and what the space holds (live queries). */
@customElement('tm-workspace')
export class Workspace extends LitElement {
  static override styles = [base, buttons, workspaceStyles];

  @property({ attribute: false }) user!: User;
  @state() private route: Route = parseRoute(location.hash);
  @state() private open: Open | undefined;
  @state() private busy = false;
  @state() private problem = '';
  @query('tm-channel') private readonly channelView?: ChannelView;

  private readonly spaces = new Live<Space>(this, () => this.settle());
  private readonly channels = new Live<Channel>(this, () => this.settle());
  private readonly names = new Names(this);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.onRoute);
    window.addEventListener('keydown', this.onKey);
    this.spaces.ask(
      'select id, name, role, head, position, personal from spaces order by name, id',
    );
    this.channels.ask(
      'select space, id, name, archived, created_at from channels order by space, name, id',
    );
    this.toggleAttribute('inside', this.route.channel !== undefined);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('hashchange', this.onRoute);
    window.removeEventListener('keydown', this.onKey);
    super.disconnectedCallback();
  }

  override render() {
    const shared = this.shared;
    const space = this.space;
    const channels = this.channels.rows.filter((channel) => channel.space === space?.id);
    const channel = channels.find(({ id }) => id === this.route.channel);
    return html`<tm-sidebar
        role="complementary"
        aria-label="Spaces and channels"
        .user=${this.user}
        .spaces=${shared}
        .space=${space}
        .channels=${channels}
        .ready=${this.channels.ready}
        .channel=${this.route.channel}
        @command=${(event: CommandEvent) => this.command(event.command)}
      ></tm-sidebar>
      <div class="stage">
        <tm-banner></tm-banner>
        ${
          space && channel
            ? html`<tm-channel
                .space=${space}
                .channel=${channel}
                .personal=${this.personal?.id}
                .route=${this.route}
                .me=${this.user.id}
                .names=${this.names.in(space.id)}
                @wrote=${() => this.names.tell(space.id)}
              ></tm-channel>`
            : this.renderNothing(space, channels)
        }
      </div>
      ${this.renderOpen(channels)}
      <tm-toasts></tm-toasts>`;
  }

  private renderNothing(space: Space | undefined, channels: readonly Channel[]) {
    return nothingOpen(
      {
        ready: this.spaces.ready && (space === undefined || this.channels.ready),
        space,
        anySpace: this.shared.length > 0,
        anyChannel: channels.length > 0,
        wanted: this.route.channel !== undefined,
        admin: this.user.admin,
      },
      (what) => this.command(what),
    );
  }

  private renderOpen(channels: readonly Channel[]) {
    const shut = () => {
      this.open = undefined;
      this.problem = '';
    };
    switch (this.open) {
      case 'search':
        return html`<tm-palette
          .channels=${this.channels.rows}
          .spaces=${this.shared}
          .space=${this.space?.id ?? ''}
          .names=${this.names.in(this.space?.id ?? '')}
          .commands=${COMMANDS}
          @close=${shut}
          @run=${(event: CustomEvent<string>) => this.run(event.detail)}
        ></tm-palette>`;
      case 'shortcuts':
        return html`<tm-shortcuts @close=${shut}></tm-shortcuts>`;
      case 'status':
        return html`<tm-status-dialog @close=${shut}></tm-status-dialog>`;
      case 'sign-out':
        return html`<tm-sign-out @close=${shut}></tm-sign-out>`;
      case 'create-space':
        return html`<tm-name-dialog
          heading="Create a space"
          hint="People see only the spaces they are in."
          .problem=${this.problem}
          .busy=${this.busy}
          @close=${shut}
          @named=${this.createSpace}
        ></tm-name-dialog>`;
      case 'create-channel':
        return html`<tm-name-dialog
          heading="Create a channel"
          hint="Short and in small letters, like “planning”."
          .tidy=${channelName}
          .problem=${this.problem}
          @close=${shut}
          @named=${(event: NamedEvent) => this.createChannel(event.name, channels)}
        ></tm-name-dialog>`;
      case undefined:
        return nothing;
    }
  }

  /** Spaces of people together, without one's own for settings. */
  private get shared(): readonly Space[] {
    return this.spaces.rows.filter((space) => !space.personal);
  }

  private get personal(): Space | undefined {
    return this.spaces.rows.find((space) => space.personal);
  }

  private get space(): Space | undefined {
    const { shared } = this;
    return this.route.space === undefined
      ? shared[0]
      : shared.find(({ id }) => id === this.route.space);
  }

  /** With nothing chosen on a wide screen, goes where one was last, or to the first channel. */
  private settle(): void {
    if (!this.spaces.ready || !this.channels.ready || this.route.channel) return;
    if (matchMedia('(max-width: 699px)').matches) return;
    const { space } = this;
    if (!space) return;
    const open = this.channels.rows.filter(
      (channel) => channel.space === space.id && !channel.archived,
    );
    const last = parseRoute(localStorage.getItem(LAST_PLACE) ?? '');
    const known = this.channels.rows.find(
      ({ space: at, id }) =>
        at === last.space &&
        id === last.channel &&
        (!this.route.space || this.route.space === last.space),
    );
    const there = known ?? open[0];
    if (there) go({ space: there.space, channel: there.id }, 'replace');
  }

  private readonly createSpace = async (event: NamedEvent): Promise<void> => {
    this.busy = true;
    this.problem = '';
    const answer = await request<{ id: string; name: string }>('POST', '/spaces', {
      name: event.name,
    });
    this.busy = false;
    if (!answer.ok) {
      this.problem =
        answer.problem.status === 0
          ? 'Spaces are created on the server, and it cannot be reached right now.'
          : answer.problem.detail;
      return;
    }
    this.open = undefined;
    go({ space: answer.value.id });
  };

  private async createChannel(name: string, channels: readonly Channel[]): Promise<void> {
    const { space } = this;
    if (!space) return;
    if (channels.some((channel) => channel.name === name && !channel.archived)) {
      this.problem = `There is a channel “${name}” already.`;
      return;
    }
    this.names.tell(space.id);
    const channel = await createChannel(space.id, name);
    this.open = undefined;
    this.problem = '';
    go({ space: space.id, channel });
  }

  private run(id: string): void {
    if (id.startsWith('theme-'))
      chooseTheme(id.slice('theme-'.length) as 'light' | 'dark' | 'system');
    else this.command(id as Open);
  }

  private command(command: CommandEvent['command']): void {
    if (typeof command === 'object') {
      this.switchSpace(command.space);
      return;
    }
    void LAZY[command]?.();
    this.problem = '';
    this.open = command;
  }

  private switchSpace(id: string): void {
    const narrow = matchMedia('(max-width: 699px)').matches;
    const first = this.channels.rows.find((channel) => channel.space === id && !channel.archived);
    go(narrow || !first ? { space: id } : { space: id, channel: first.id });
  }

  private readonly onRoute = (): void => {
    this.route = parseRoute(location.hash);
    this.toggleAttribute('inside', this.route.channel !== undefined);
    if (this.route.channel) localStorage.setItem(LAST_PLACE, location.hash);
    this.settle();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      this.command('search');
      return;
    }
    if (this.open || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      this.step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === '?' && !isTyping(event)) {
      event.preventDefault();
      this.command('shortcuts');
    } else if (event.key === 'Escape') {
      this.channelView?.escape();
    }
  };

  private step(by: 1 | -1): void {
    const open = this.channels.rows.filter(
      (channel) => channel.space === this.space?.id && !channel.archived,
    );
    const at = open.findIndex(({ id }) => id === this.route.channel);
    const next = open[at + by];
    if (next) go({ space: next.space, channel: next.id });
  }

  override updated(): void {
    const channel = this.channels.rows.find(
      ({ space, id }) => space === this.space?.id && id === this.route.channel,
    );
    const place = [channel && `#${channel.name}`, this.space?.name].filter(Boolean);
    document.title = [...place, 'Tidemark'].join(' · ');
  }

  override firstUpdated(): void {
    if (!isSecureContext) {
      toast({ text: 'Insecure connection: the browser stores nothing here.', kind: 'error' });
    }
  }
}

/** What opens over the panes is loaded when first opened (and before, when the page is idle). */
const LAZY: Partial<Record<Open, () => Promise<unknown>>> = {
  search: () => import('../features/search/palette'),
  shortcuts: () => import('../features/help/shortcuts'),
  status: () => import('../features/status/status-dialog'),
  'sign-out': () => import('../features/sign-in/sign-out'),
};

/** Loads what opens later, so that it opens at once and without the server. */
export function preloadDialogs(): void {
  for (const load of Object.values(LAZY)) void load();
}

function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement &&
    (target.matches('input, textarea, select') || target.isContentEditable)
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-workspace': Workspace;
  }
}
