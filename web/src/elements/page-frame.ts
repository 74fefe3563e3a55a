import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from './icon';
import { base, buttons } from './styles';

/** Frame of the pages beside the workspace: heading, way back, content in the slot; `beside` stands beside the heading. */
@customElement('tm-page')
export class PageFrame extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        height: 100dvh;
        overflow: auto;
        /* Sections with and without a scroll bar stand in the same place. */
        scrollbar-gutter: stable;
        background: var(--surface);
      }
      header {
        position: sticky;
        top: 0;
        z-index: 1;
        display: flex;
        align-items: center;
        gap: var(--space-2);
        height: 52px;
        padding: 0 var(--space-4);
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      h1 {
        font: var(--text-m);
        font-weight: 700;
      }
      @media (max-width: 480px) {
        header {
          padding-inline: var(--space-2);
        }
        :host([crowded]) h1 {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      main {
        max-width: 1040px;
        margin: 0 auto;
        padding: var(--space-6) var(--space-5) var(--space-12);
      }
    `,
  ];

  @property() heading = '';
  /** Something stands beside the heading that a phone has no room for both of. */
  @property({ type: Boolean }) crowded = false;

  override render() {
    return html`<header>
        <a class="icon-button" href="/" aria-label="Back to the workspace">${icon('back')}</a>
        <h1>${this.heading}</h1>
        <slot name="beside"></slot>
      </header>
      <main><slot></slot></main>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-page': PageFrame;
  }
}
