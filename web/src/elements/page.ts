import { LitElement, css, html } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { chooseTheme } from '../app/theme';
import './avatar';
import './badge';
import './choices';
import './confirm';
import './dialog';
import './empty';
import { icon, iconNames } from './icon';
import './menu';
import type { Menu } from './menu';
import './page-frame';
import './pages';
import './progress';
import './skeleton';
import './spinner';
import './state';
import { base, buttons, fields } from './styles';
import './time';
import { toast } from './toast';

const COLOURS = [
  'surface',
  'surface-side',
  'surface-hover',
  'surface-active',
  'line',
  'line-strong',
  'text',
  'text-muted',
  'accent',
  'accent-soft',
  'danger',
  'danger-soft',
  'warning',
  'warning-soft',
  'success',
  'mark',
];

/** `/elements`: each shared element in all its states, to look at in both themes. */
@customElement('tm-elements-page')
export class ElementsPage extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      section {
        padding: var(--space-5) 0;
        border-bottom: 1px solid var(--line);
      }
      h2 {
        margin-bottom: var(--space-3);
        font: var(--text-s);
        font-weight: 650;
        color: var(--text-muted);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-3);
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
        gap: var(--space-3);
      }
      .wide {
        align-items: start;
        grid-template-columns: repeat(auto-fill, minmax(260px, 1fr));
      }
      .spaced {
        padding-top: var(--space-4);
      }
      .sample {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        font: var(--text-xs);
      }
      .swatch {
        width: 32px;
        height: 32px;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--swatch);
      }
      tm-empty {
        border: 1px dashed var(--line);
        border-radius: var(--radius-l);
      }
    `,
  ];

  @state() private dialog = false;
  @state() private asks = false;
  @state() private at = 1;
  @state() private chosen: readonly string[] = ['Running'];
  @query('tm-menu') private readonly menu!: Menu;

  override firstUpdated(): void {
    for (const swatch of this.renderRoot.querySelectorAll<HTMLElement>('.swatch')) {
      swatch.style.setProperty('--swatch', `var(--${swatch.dataset['colour']})`);
    }
  }

  override render() {
    const section = (heading: string, content: unknown) =>
      html`<section>
        <h2>${heading}</h2>
        ${content}
      </section>`;
    return html`<tm-page heading="Elements">
        ${section(
          'Theme',
          html`<div class="row">
            ${(['system', 'light', 'dark'] as const).map(
              (theme) =>
                html`<button class="button" @click=${() => chooseTheme(theme)}>${theme}</button>`,
            )}
          </div>`,
        )}
        ${section(
          'Colours',
          html`<div class="grid">
            ${COLOURS.map(
              (colour) =>
                html`<span class="sample"
                  ><span class="swatch" data-colour=${colour}></span>${colour}</span
                >`,
            )}
          </div>`,
        )}
        ${section(
          'Buttons',
          html`<div class="row">
            <button class="button">Plain</button>
            <button class="button primary">Primary</button>
            <button class="button danger">Danger</button>
            <button class="button quiet">Quiet</button>
            <button class="button link">Link</button>
            <button class="button">${icon('plus', 18)} With icon</button>
            <button class="button" disabled>Disabled</button>
            <button class="button primary" disabled>Disabled</button>
            <button class="icon-button" aria-label="Icon only">${icon('smile')}</button>
            <button class="icon-button" aria-label="Pressed" aria-pressed="true">
              ${icon('info')}
            </button>
            <button class="icon-button" aria-label="Disabled" disabled>${icon('edit')}</button>
          </div>`,
        )}
        ${section(
          'Fields',
          html`<div class="grid wide">
            <div class="field">
              <label for="f1">Name</label>
              <input id="f1" placeholder="Placeholder" aria-describedby="h1" />
              <p class="hint" id="h1">A hint stands below.</p>
            </div>
            <div class="field">
              <label for="f2">With an error</label>
              <input id="f2" value="general" aria-invalid="true" aria-describedby="h2" />
              <p class="error" id="h2">There is a channel “general” already.</p>
            </div>
            <div class="field">
              <label for="f3">Disabled</label>
              <input id="f3" value="Nothing to change" disabled />
            </div>
            <label class="check"><input type="checkbox" checked /> A choice</label>
          </div>`,
        )}
        ${section(
          'Menu, dialog, toast',
          html`<div class="row">
            <button
              class="button"
              aria-haspopup="menu"
              @click=${(event: Event) =>
                this.menu.open(event.currentTarget as HTMLElement, [
                  { id: 'a', label: 'Reply', icon: 'reply', key: 'r' },
                  { id: 'b', label: 'Chosen', icon: 'sun', checked: true },
                  { id: 'c', label: 'Delete…', icon: 'trash', danger: true },
                ])}
            >
              Menu
            </button>
            <button class="button" @click=${() => (this.dialog = true)}>Dialog</button>
            <button class="button" @click=${() => toast({ text: 'Link copied.' })}>Toast</button>
            <button
              class="button"
              @click=${() =>
                toast({
                  text: 'That did not work. Nothing was lost.',
                  kind: 'error',
                  action: { label: 'Again', run: () => toast({ text: 'Done.' }) },
                })}
            >
              Error toast
            </button>
          </div>`,
        )}
        ${section(
          'Badges and avatars',
          html`<div class="row">
            <tm-badge count="1" label="unread"></tm-badge>
            <tm-badge count="42" label="unread"></tm-badge>
            <tm-badge count="1240" label="unread"></tm-badge>
            <tm-badge quiet count="7" label="replies"></tm-badge>
            ${[
              'Ada Lovelace',
              'Grace Hopper',
              'jdub',
              'Müller',
              '山田 太郎',
              '?',
              'kensanata',
              'z',
            ].map((name) => html`<tm-avatar .name=${name}></tm-avatar>`)}
            <tm-avatar small .name=${'Ada Lovelace'}></tm-avatar>
          </div>`,
        )}
        ${section(
          'States and progress',
          html`<div class="row">
              <tm-state>Queued</tm-state>
              <tm-state tone="accent" busy>Running</tm-state>
              <tm-state tone="success">Done</tm-state>
              <tm-state tone="warning">Paused</tm-state>
              <tm-state tone="danger">Failed</tm-state>
              <tm-spinner></tm-spinner>
              <button class="button" disabled><tm-spinner></tm-spinner> Pausing</button>
            </div>
            <div class="grid wide spaced">
              <tm-progress label="Nothing yet" value="0"></tm-progress>
              <tm-progress label="Under way" value="42"></tm-progress>
              <tm-progress label="Complete" tone="success" value="100"></tm-progress>
              <tm-progress label="Failed" tone="danger" value="63"></tm-progress>
              <tm-progress label="Stopped" tone="neutral" value="30"></tm-progress>
            </div>`,
        )}
        ${section(
          'Skeletons',
          html`<div class="grid">
            <tm-skeleton></tm-skeleton>
            <tm-skeleton width="short"></tm-skeleton>
            <tm-skeleton width="full"></tm-skeleton>
            <tm-skeleton width="short" tall></tm-skeleton>
          </div>`,
        )}
        ${section(
          'Choices, pages, confirmation in place',
          html`<div class="grid wide">
            <tm-choices
              label="Sample of states"
              .choices=${['Queued', 'Running', 'Done'].map((label) => ({ id: label, label }))}
              .chosen=${this.chosen}
              @choose=${(event: CustomEvent<string[]>) => (this.chosen = event.detail)}
            ></tm-choices>
            <tm-pages
              label="Sample of pages"
              .page=${this.at}
              .pages=${3}
              @page=${(event: CustomEvent<number>) => (this.at = event.detail)}
            ></tm-pages>
            <div class="row">
              ${
                this.asks
                  ? html`<tm-confirm
                      question="Cancel this job?"
                      yes="Cancel it"
                      no="Keep it"
                      @confirm=${() => (this.asks = false)}
                      @dismiss=${() => (this.asks = false)}
                    ></tm-confirm>`
                  : html`<button class="button" @click=${() => (this.asks = true)}>Cancel</button>`
              }
            </div>
          </div>`,
        )}
        ${section(
          'Times',
          html`<div class="row">
            <tm-time .at=${Date.now()}></tm-time>
            <tm-time .at=${Date.now() - 5 * 60_000}></tm-time>
            <tm-time .at=${Date.now() - 5 * 3_600_000}></tm-time>
            <tm-time show="date" .at=${Date.now() - 40 * 86_400_000}></tm-time>
            <tm-time show="date" .at=${Date.UTC(2004, 11, 25, 14, 2)}></tm-time>
          </div>`,
        )}
        ${section(
          'Empty states',
          html`<div class="grid wide">
            <tm-empty icon="hash" heading="No channels yet">
              <p>A channel is a place for one topic.</p>
              <button class="button primary">${icon('plus', 18)} Create a channel</button>
            </tm-empty>
            <tm-empty compact icon="search" heading="Nothing found">
              <p>Words are found by their beginning.</p>
            </tm-empty>
          </div>`,
        )}
        ${section(
          'Icons',
          html`<div class="grid">
            ${iconNames.map((name) => html`<span class="sample">${icon(name)} ${name}</span>`)}
          </div>`,
        )}
      </tm-page>
      <tm-menu label="Sample"></tm-menu>
      ${
        this.dialog
          ? html`<tm-dialog heading="A dialog" @close=${() => (this.dialog = false)}>
              <p>Esc and a click outside close it. Focus returns to the button.</p>
            </tm-dialog>`
          : ''
      }
      <tm-toasts></tm-toasts>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-elements-page': ElementsPage;
  }
}
