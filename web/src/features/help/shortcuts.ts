import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../../elements/dialog';
import { base } from '../../elements/styles';

const GROUPS: readonly (readonly [string, readonly (readonly [readonly string[], string])[]])[] = [
  [
    'Everywhere',
    [
      [['Ctrl', 'K'], 'Search, jump to a channel'],
      [['Alt', '↑'], 'Channel above'],
      [['Alt', '↓'], 'Channel below'],
      [['Esc'], 'Close what is open; then the field to write in'],
      [['?'], 'This sheet'],
    ],
  ],
  [
    'Messages',
    [
      [['↑', '↓'], 'Message above, below'],
      [['Home', 'End'], 'Oldest, newest message'],
      [['r'], 'Reply in thread'],
      [['+'], 'React'],
      [['e'], 'Edit your message'],
      [['p'], 'Pin, unpin'],
      [['c'], 'Copy the text'],
      [['l'], 'Copy a link'],
      [['Del'], 'Delete'],
    ],
  ],
  [
    'Writing',
    [
      [['Enter'], 'Send'],
      [['Shift', 'Enter'], 'New line'],
      [['↑'], 'In an empty field: edit your last message'],
      [['Shift', 'Tab'], 'Go to the messages'],
    ],
  ],
];

/** The sheet of keyboard shortcuts. On `close` the parent takes it away. */
@customElement('tm-shortcuts')
export class Shortcuts extends LitElement {
  static override styles = [
    base,
    css`
      .groups {
        columns: 2;
        column-gap: var(--space-8);
      }
      section {
        margin-bottom: var(--space-5);
        break-inside: avoid;
      }
      h3 {
        margin-bottom: var(--space-1);
        color: var(--text-muted);
        font: var(--text-s);
        font-weight: 650;
      }
      dl > div {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--space-3);
        padding: 3px 0;
        font: var(--text-s);
      }
      dd {
        flex: none;
      }
      @media (max-width: 560px) {
        .groups {
          columns: 1;
        }
      }
    `,
  ];

  override render() {
    return html`<tm-dialog
      heading="Keyboard shortcuts"
      wide
      @close=${() => this.dispatchEvent(new Event('close'))}
    >
      <div class="groups">
        ${GROUPS.map(
          ([heading, entries]) =>
            html`<section>
              <h3>${heading}</h3>
              <dl>
                ${entries.map(
                  ([keys, what]) =>
                    html`<div>
                      <dt>${what}</dt>
                      <dd>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dd>
                    </div>`,
                )}
              </dl>
            </section>`,
        )}
      </div>
    </tm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-shortcuts': Shortcuts;
  }
}
