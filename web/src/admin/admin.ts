import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { fetchUser } from '../app/session';
import '../elements/empty';
import '../elements/page-frame';
import '../elements/toast';
import { icon } from '../elements/icon';
import { base, buttons } from '../elements/styles';
import './embeddings/embeddings';
import { Feed } from './feed';
import './jobs/jobs';
import './libraries/libraries';
import { onRefused } from './refused';
import { SECTIONS, sectionOf, type SectionId } from './sections';
import './server/server';
import { sections } from './styles';

type Stage = 'looking' | 'admin' | 'forbidden' | 'signed-out' | 'unreachable';

/** `/admin`: jobs, libraries, embeddings and the server itself, for admins. */
@customElement('tm-admin')
export class Admin extends LitElement {
  static override styles = [
    base,
    buttons,
    sections,
    css`
      :host {
        display: block;
      }
      nav {
        display: flex;
        gap: var(--space-1);
        min-width: 0;
        margin-inline-start: var(--space-3);
        overflow-x: auto;
        scrollbar-width: none;
      }
      nav a {
        display: grid;
        align-items: center;
        height: 36px;
        padding: 0 var(--space-3);
        border-radius: var(--radius-m);
        color: var(--text-muted);
        font: var(--text-s);
        font-weight: 600;
        text-decoration: none;
      }
      nav a:hover {
        background: var(--surface-hover);
        color: var(--text);
      }
      nav a:focus-visible {
        outline-offset: -2px;
      }
      nav a[aria-current] {
        background: var(--accent-soft);
        color: var(--text);
      }
      tm-toasts {
        inset-block-end: var(--space-4);
      }
      .notice {
        margin-bottom: var(--space-5);
      }
      @media (max-width: 699px) {
        nav {
          gap: 0;
          margin-inline: -4px;
        }
        nav a {
          padding: 0 6px;
          font-size: 12px;
        }
      }
    `,
  ];

  @state() private stage: Stage = 'looking';
  @state() private section: SectionId = sectionOf(location.pathname);
  private readonly feed = new Feed();
  private readonly stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.stops.push(
      this.feed.watch(() => this.requestUpdate()),
      onRefused(() => void this.look()),
    );
    window.addEventListener('popstate', this.follow);
    window.addEventListener('pagehide', this.leave);
    window.addEventListener('pageshow', this.comeBack);
    this.addEventListener('click', this.onClick);
    void this.look();
  }

  override disconnectedCallback(): void {
    this.feed.close();
    for (const stop of this.stops.splice(0)) stop();
    window.removeEventListener('popstate', this.follow);
    window.removeEventListener('pagehide', this.leave);
    window.removeEventListener('pageshow', this.comeBack);
    this.removeEventListener('click', this.onClick);
    super.disconnectedCallback();
  }

  override render() {
    return html`<tm-page heading="Admin" ?crowded=${this.stage === 'admin'}>
        ${this.stage === 'admin' ? this.renderNav() : nothing} ${this.renderStage()}
      </tm-page>
      <tm-toasts></tm-toasts>`;
  }

  override updated(): void {
    const label = SECTIONS.find(({ id }) => id === this.section)?.label ?? '';
    document.title = `${label} · Tidemark admin`;
  }

  private renderNav() {
    return html`<nav slot="beside" aria-label="Sections">
      ${SECTIONS.map(
        ({ id, path, label }) =>
          html`<a href=${path} aria-current=${id === this.section ? 'page' : nothing}>${label}</a>`,
      )}
    </nav>`;
  }

  private renderStage() {
    const back = html`<a class="button" href="/">To the workspace</a>`;
    switch (this.stage) {
      case 'looking':
        return html`<div aria-busy="true"></div>`;
      case 'admin':
        return html`${this.renderInterrupted()} ${this.renderSection()}`;
      case 'forbidden':
        return html`<tm-empty icon="warning" heading="For admins only">
          <p>You are signed in, but not as an admin of this server.</p>
          ${back}
        </tm-empty>`;
      case 'signed-out':
        return html`<tm-empty icon="warning" heading="Sign in first">
          <p>This page is for admins of this server.</p>
          ${back}
        </tm-empty>`;
      case 'unreachable':
        return html`<tm-empty icon="warning" heading="The server cannot be reached">
          <p>This page works only while it can.</p>
          <button class="button primary" @click=${() => this.look()}>Try again</button>
        </tm-empty>`;
    }
  }

  private renderInterrupted() {
    return html`<div role="status">
      ${
        this.feed.state === 'asking'
          ? html`<p class="notice interrupted">
              ${icon('warning', 18)} Live updates are interrupted. Asking the server every few
              seconds until they are back.
            </p>`
          : nothing
      }
    </div>`;
  }

  private renderSection() {
    switch (this.section) {
      case 'jobs':
        return html`<tm-admin-jobs .feed=${this.feed}></tm-admin-jobs>`;
      case 'libraries':
        return html`<tm-admin-libraries .feed=${this.feed}></tm-admin-libraries>`;
      case 'embeddings':
        return html`<tm-admin-embeddings .feed=${this.feed}></tm-admin-embeddings>`;
      case 'server':
        return html`<tm-admin-server .feed=${this.feed}></tm-admin-server>`;
    }
  }

  private async look(): Promise<void> {
    const answer = await fetchUser();
    if (answer.ok) this.stage = answer.value.admin ? 'admin' : 'forbidden';
    // Once inside, a server that is away for a moment is the sections' business.
    else if (answer.problem.status === 401) this.stage = 'signed-out';
    else if (this.stage === 'looking') this.stage = 'unreachable';
    if (this.stage === 'admin') this.feed.open();
    else this.feed.close();
  }

  /** Links between sections change the address without loading the page anew. */
  private readonly onClick = (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    const link = event.composedPath().find((at) => at instanceof HTMLAnchorElement);
    if (!link || link.origin !== location.origin || link.target) return;
    if (!SECTIONS.some(({ path }) => path === link.pathname)) return;
    event.preventDefault();
    history.pushState(null, '', link.pathname + link.search);
    this.follow();
    // Sections that are open already look at the address themselves.
    window.dispatchEvent(new Event('tm-address'));
  };

  private readonly follow = (): void => {
    this.section = sectionOf(location.pathname);
  };

  /** An open stream would keep the page out of the browser's cache for going back. */
  private readonly leave = (): void => this.feed.close();

  private readonly comeBack = (event: PageTransitionEvent): void => {
    if (event.persisted) void this.look();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-admin': Admin;
  }
}
