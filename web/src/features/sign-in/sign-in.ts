import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base, buttons, fields } from '../../elements/styles';
import type { Answer } from '../../app/http';
import { isApiToken, signIn, signInByToken, type User } from '../../app/session';

const MOST_NAME_CHARACTERS = 120;

export class SignedInEvent extends Event {
  constructor(readonly user: User) {
    super('signed-in', { bubbles: true, composed: true });
  }
}

/**
 * Signing in with the set-up link of a new server, which asks for a name, or with an API token. Emits `signed-in`, or `stay-offline`
 * where data of an ended session may still be read.
 */
@customElement('tm-sign-in')
export class SignIn extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100dvh;
        padding: var(--space-6) var(--space-4);
        background: var(--surface-side);
        overflow: auto;
      }
      main {
        display: grid;
        gap: var(--space-6);
        width: min(420px, 100%);
        padding: var(--space-8);
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--surface);
      }
      img {
        display: block;
        margin-bottom: var(--space-4);
      }
      h1 {
        font: var(--text-xl);
        font-weight: 700;
        letter-spacing: -0.01em;
      }
      .intro p {
        margin-top: var(--space-1);
        color: var(--text-muted);
      }
      form {
        display: grid;
        gap: var(--space-5);
      }
      .button {
        min-height: 42px;
        font: var(--text-m);
        font-weight: 600;
      }
      .note {
        padding-top: var(--space-5);
        border-top: 1px solid var(--line);
        color: var(--text-muted);
        font: var(--text-s);
      }
      .warning {
        padding: var(--space-3);
        border-radius: var(--radius-m);
        background: var(--warning-soft);
        color: var(--warning);
        font: var(--text-s);
      }
      @media (max-width: 480px) {
        main {
          padding: var(--space-6) var(--space-5);
        }
      }
    `,
  ];

  /** Token of the set-up link that was opened. */
  @property() token = '';
  /** Who was signed in here until the server ended the session. */
  @property({ attribute: false }) ended: User | undefined;
  /** Why data that was to be removed at sign-out is still here. */
  @property() kept = '';
  @state() private problem = '';
  /** A set-up link was given: its user has no name yet. An API token belongs to somebody who has one. */
  @state() private nameless = false;
  @state() private busy = false;
  @query('#name') private readonly name?: HTMLInputElement;
  @query('#link') private readonly link?: HTMLInputElement;

  override firstUpdated(): void {
    if (isApiToken(this.token)) void this.enter(signInByToken(this.token));
    else (this.link ?? this.name)?.focus();
  }

  override render() {
    const asksName = this.nameless || (this.token !== '' && !isApiToken(this.token));
    return html`<main>
      <div class="intro">
        <img src="/icon.svg" width="44" height="44" alt="" />
        <h1>${this.token ? 'Welcome to Tidemark' : 'Sign in to Tidemark'}</h1>
        <p>
          ${
            this.token
              ? 'You are the first one here. What should the others call you?'
              : html`Paste a token. Whoever runs the server makes one with
                  <code>./run token --user NAME</code>.`
          }
        </p>
      </div>
      ${
        this.ended
          ? html`<p class="warning">
              Your session has ended, ${this.ended.name}. Everything on this device was kept, also what waits to be sent.
            </p>`
          : nothing
      }
      ${
        this.kept
          ? html`<p class="warning" role="alert">
              You are signed out, but your data could not be removed from this device (${this.kept}). Close all tabs of Tidemark and
              remove the data of this site in the browser's settings.
            </p>`
          : nothing
      }
      ${
        isSecureContext
          ? nothing
          : html`<p class="warning">
              This page came over an insecure connection, so the browser stores nothing here. Open it on localhost, or start the
              server with --tls-cert and --tls-key.
            </p>`
      }
      <form @submit=${this.submit}>
        ${
          this.token
            ? nothing
            : html`<div class="field">
                <label for="link">Token or set-up link</label>
                <input
                  id="link"
                  required
                  autocomplete="off"
                  spellcheck="false"
                  @input=${this.onLink}
                />
              </div>`
        }
        <div class="field" ?hidden=${!asksName}>
          <label for="name">Your name</label>
          <input
            id="name"
            ?required=${asksName}
            autocomplete="name"
            maxlength=${MOST_NAME_CHARACTERS}
            aria-describedby="problem"
            aria-invalid=${this.problem ? 'true' : nothing}
            value=${this.ended?.name ?? ''}
          />
        </div>
        <p id="problem" class="error" role="alert" ?hidden=${!this.problem}>${this.problem}</p>
        <button class="button primary" ?disabled=${this.busy}>
          ${this.busy ? 'One moment…' : this.token ? 'Start' : 'Sign in'}
        </button>
        ${
          this.ended
            ? html`<button
                class="button"
                type="button"
                @click=${() => this.dispatchEvent(new Event('stay-offline'))}
              >
                Go on without the server
              </button>`
            : nothing
        }
      </form>
      <p class="note">Your messages are stored on this device as well, so that you can read and write without a network.</p>
    </main>`;
  }

  private readonly onLink = (): void => {
    const token = tokenOf(this.link?.value ?? '');
    this.nameless = token !== '' && !isApiToken(token) && !'tm_'.startsWith(token);
  };

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    const token = this.token || tokenOf(this.link?.value ?? '');
    const name = this.name?.value.trim() ?? '';
    if (token === '' || this.busy) return;
    if (isApiToken(token)) void this.enter(signInByToken(token));
    else if (name !== '') void this.enter(signIn(token, name));
  };

  private async enter(asking: Promise<Answer<User>>): Promise<void> {
    this.busy = true;
    this.problem = '';
    const answer = await asking;
    this.busy = false;
    if (answer.ok) this.dispatchEvent(new SignedInEvent(answer.value));
    else this.problem = answer.problem.detail;
  }
}

/** The token of a whole link, or what was typed when it is just the token. */
export function tokenOf(typed: string): string {
  return typed.trim().replace(/^.*#/, '');
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-sign-in': SignIn;
  }
  interface HTMLElementEventMap {
    'signed-in': SignedInEvent;
  }
}
