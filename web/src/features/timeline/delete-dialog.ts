import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../../elements/dialog';
import { base, buttons } from '../../elements/styles';
import type { Message } from './messages';

const MOST_QUOTED_CHARACTERS = 300;

/** Asks before a message is deleted. Emits `confirmed`; on `close` the parent takes it away. */
@customElement('tm-delete-dialog')
export class DeleteDialog extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .confirm {
        display: grid;
        gap: var(--space-4);
      }
      .row {
        display: flex;
        gap: var(--space-2);
      }
      blockquote {
        margin: 0;
        padding: var(--space-2) var(--space-3);
        border-inline-start: 3px solid var(--line-strong);
        color: var(--text-muted);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];

  @property({ attribute: false }) message!: Message;

  override render() {
    const say = (type: string) => this.dispatchEvent(new Event(type));
    return html`<tm-dialog heading="Delete this message?" @close=${() => say('close')}>
      <div class="confirm">
        <p>It disappears for everyone, on all their devices. Replies stay.</p>
        <blockquote>${this.message.body.slice(0, MOST_QUOTED_CHARACTERS)}</blockquote>
        <div class="row">
          <button class="button danger" @click=${() => say('confirmed')}>Delete</button>
          <button class="button" autofocus @click=${() => say('close')}>Keep</button>
        </div>
      </div>
    </tm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-delete-dialog': DeleteDialog;
  }
}
