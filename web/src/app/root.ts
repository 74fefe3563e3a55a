import { LitElement, css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '../elements/empty';
import { base, buttons } from '../elements/styles';
import {
  closeEngine,
  onStatus,
  openEngine,
  removeLocalData,
  type TidemarkError,
} from '../engine/engine';
import '../features/sign-in/sign-in';
import type { SignedInEvent } from '../features/sign-in/sign-in';
import type { SignOutEvent } from '../features/sign-in/sign-out';
import {
  endSession,
  fetchUser,
  forgetUser,
  onUserChangedElsewhere,
  remember,
  rememberedUser,
  type User,
} from './session';
import './workspace';
import { preloadDialogs } from './workspace';

/** Why data that was to be removed at sign-out is still here. */
const KEPT = 'tidemark.kept';

type Stage =
  | { kind: 'looking' }
  | { kind: 'sign-in'; token: string; ended?: User }
  | { kind: 'inside'; user: User }
  | { kind: 'unreachable' }
  | { kind: 'unsupported'; reason: string }
  | { kind: 'failed'; user: User; reason: string };

/**
 * Who is signed in decides what is shown. A remembered user gets in at once, without waiting for the server; the server's word comes
 * later: 401 leads to the sign-in page, and nothing local is touched by it.
 */
@customElement('tm-root')
export class Root extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        height: 100dvh;
      }
      .page {
        display: grid;
        place-items: center;
        height: 100%;
      }
    `,
  ];

  @state() private stage: Stage = { kind: 'looking' };
  /** The reader chose to go on after the session had ended. */
  private withoutSession = false;

  override connectedCallback(): void {
    super.connectedCallback();
    onUserChangedElsewhere(() => {
      void closeEngine().finally(() => location.reload());
    });
    onStatus(({ online, problem }) => {
      const { stage } = this;
      if (stage.kind === 'sign-in' && stage.ended && online) {
        // Somebody signed in again in another tab.
        this.stage = { kind: 'inside', user: stage.ended };
      } else if (problem?.code === 'not-signed-in' && !this.withoutSession) {
        if (stage.kind === 'inside') this.end(stage.user);
      }
    });
    void this.start();
  }

  override render() {
    const { stage } = this;
    switch (stage.kind) {
      case 'looking':
        return html`<div class="page" aria-busy="true"></div>`;
      case 'sign-in':
        return html`<tm-sign-in
          .token=${stage.token}
          .ended=${stage.ended}
          .kept=${sessionStorage.getItem(KEPT) ?? ''}
          @signed-in=${(event: SignedInEvent) => this.enter(event.user)}
          @stay-offline=${() => stage.ended && this.stay(stage.ended)}
        ></tm-sign-in>`;
      case 'inside':
        return html`<tm-workspace .user=${stage.user} @sign-out=${this.signOut}></tm-workspace>`;
      case 'unreachable':
        return html`<main class="page">
          <tm-empty icon="warning" heading="The server cannot be reached">
            <p>Nobody has signed in on this device yet, so there is nothing to show without it.</p>
            <button class="button primary" @click=${() => this.start()}>Try again</button>
          </tm-empty>
        </main>`;
      case 'unsupported':
        return html`<main class="page">
          <tm-empty icon="warning" heading="This browser cannot run Tidemark">
            <p>${stage.reason}</p>
            <p>
              ${
                isSecureContext
                  ? 'What you wrote before is safe on the server. A recent Chrome or Edge on a computer can open it.'
                  : 'This page came over an insecure connection. Open it on localhost, or start the server with --tls-cert and --tls-key.'
              }
            </p>
          </tm-empty>
        </main>`;
      case 'failed':
        return html`<main class="page">
          <tm-empty icon="warning" heading="The local database did not open">
            <p>${stage.reason}</p>
            <p>Nothing was deleted. Closing other tabs of Tidemark and trying again often helps.</p>
            <button class="button primary" @click=${() => location.reload()}>Try again</button>
          </tm-empty>
        </main>`;
    }
  }

  private async start(): Promise<void> {
    const token = location.pathname === '/setup' ? location.hash.slice(1) : '';
    const known = rememberedUser();
    if (token) {
      this.stage = { kind: 'sign-in', token };
      return;
    }
    if (location.pathname === '/setup') history.replaceState(null, '', '/');
    if (known) await this.open(known);
    const answer = await fetchUser();
    if (answer.ok) {
      if (!known) await this.enter(answer.value);
      else if (known.id !== answer.value.id) await this.change(answer.value);
      else {
        remember(answer.value);
        if (this.stage.kind === 'inside') this.stage = { kind: 'inside', user: answer.value };
      }
    } else if (answer.problem.status === 401) {
      if (known) this.end(known);
      else this.stage = { kind: 'sign-in', token: '' };
    } else if (!known) {
      this.stage = { kind: 'unreachable' };
    }
  }

  private async enter(user: User): Promise<void> {
    const before = rememberedUser();
    sessionStorage.removeItem(KEPT);
    if (location.pathname !== '/') history.replaceState(null, '', '/');
    if (before && before.id !== user.id) {
      await this.change(user);
      return;
    }
    remember(user);
    if (window.tidemark) {
      // The engine was refused with the session that ended; it starts anew with this one.
      await closeEngine();
      location.reload();
      return;
    }
    await this.open(user);
  }

  private end(user: User): void {
    this.stage = { kind: 'sign-in', token: '', ended: user };
  }

  private stay(user: User): void {
    this.withoutSession = true;
    this.stage = { kind: 'inside', user };
  }

  /** The server knows this browser as somebody else: the page starts anew with that person's database. */
  private async change(user: User): Promise<void> {
    await closeEngine();
    remember(user);
    location.reload();
  }

  private async open(user: User): Promise<void> {
    this.stage = { kind: 'inside', user };
    try {
      await openEngine(user.id);
      requestIdleCallback(preloadDialogs);
    } catch (error) {
      const { code, message: reason } = error as TidemarkError;
      this.stage =
        code === 'unsupported-browser'
          ? { kind: 'unsupported', reason }
          : { kind: 'failed', user, reason };
    }
  }

  private readonly signOut = async (event: SignOutEvent): Promise<void> => {
    await endSession();
    const user = rememberedUser();
    sessionStorage.clear();
    // Other tabs see this and close the database, which must be closed everywhere before it can go.
    forgetUser();
    await closeEngine();
    if (event.removeData && user) {
      try {
        await removeLocalData(user.id);
      } catch (error) {
        sessionStorage.setItem(KEPT, (error as Error).message);
      }
    }
    localStorage.removeItem('tidemark.place');
    location.assign('/');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-root': Root;
  }
}
