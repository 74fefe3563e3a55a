import { LitElement, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '../elements/empty';
import '../elements/page-frame';
import { base, buttons } from '../elements/styles';
import { fetchUser } from '../app/session';

type Stage = 'looking' | 'admin' | 'forbidden' | 'signed-out' | 'unreachable';

/** `/admin`: for admins. Says what will be here; the commands on the server do the work meanwhile. */
@customElement('tm-admin')
export class Admin extends LitElement {
  static override styles = [base, buttons];

  @state() private stage: Stage = 'looking';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.look();
  }

  override render() {
    return html`<tm-page heading="Admin">${this.renderStage()}</tm-page>`;
  }

  private renderStage() {
    const back = html`<a class="button" href="/">To the workspace</a>`;
    switch (this.stage) {
      case 'looking':
        return html`<div aria-busy="true"></div>`;
      case 'admin':
        return html`<tm-empty icon="settings" heading="Nothing to manage here yet">
          <p>
            Jobs, embedding coverage, storage and connected browsers will be shown on this page. Until then the commands on the server
            do the work: <code>./run import</code>, <code>./run token</code>, <code>./run check</code>; figures are at
            <a href="/metrics">/metrics</a>.
          </p>
          ${back}
        </tm-empty>`;
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

  private async look(): Promise<void> {
    const answer = await fetchUser();
    if (answer.ok) this.stage = answer.value.admin ? 'admin' : 'forbidden';
    else this.stage = answer.problem.status === 401 ? 'signed-out' : 'unreachable';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-admin': Admin;
  }
}
