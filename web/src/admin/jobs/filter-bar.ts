import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../../elements/choices';
import { base, buttons, fields } from '../../elements/styles';
import { JOB_STATES, type JobState } from '../api';
import { EVERYTHING, narrows, type Filters } from './filters';
import { STATE_WORDS } from './job-words';

/** While somebody types, the server is asked after this pause. */
const TYPING_MILLIS = 250;
const CHOICES = JOB_STATES.map((id) => ({ id, label: STATE_WORDS[id].label }));

/** New filters; while somebody types, they take the place of the last ones in the history. */
export class FiltersEvent extends Event {
  constructor(
    readonly filters: Filters,
    readonly typed: boolean,
  ) {
    super('filters');
  }
}

/** What of all jobs is looked at. Emits `filters`; the first page is wanted with every change. */
@customElement('tm-job-filters')
export class JobFilters extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space-3) var(--space-5);
      }
      .field.repository {
        flex: 0 1 260px;
        min-width: 200px;
      }
      .label {
        display: block;
        margin-bottom: var(--space-1);
        font: var(--text-s);
        font-weight: 600;
      }
      .field input {
        min-height: 36px;
        font: var(--text-s);
      }
      @media (max-width: 699px) {
        .field.repository {
          flex: 1 1 100%;
        }
        .reset:disabled {
          display: none;
        }
        .field input {
          min-height: 40px;
          font: var(--text-m);
        }
      }
    `,
  ];

  @property({ attribute: false }) filters: Filters = EVERYTHING;
  private typing: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    clearTimeout(this.typing);
    super.disconnectedCallback();
  }

  override render() {
    return html`<form role="search" aria-label="Jobs" @submit=${this.onSubmit}>
      <div class="field repository">
        <label for="repository">Library begins with</label>
        <input
          id="repository"
          type="search"
          autocomplete="off"
          spellcheck="false"
          maxlength="64"
          placeholder="all libraries"
          .value=${this.filters.repository}
          @input=${this.onInput}
        />
      </div>
      <div>
        <span class="label" aria-hidden="true">State</span>
        <tm-choices
          label="State"
          .choices=${CHOICES}
          .chosen=${this.filters.states}
          @choose=${(event: CustomEvent<JobState[]>) => this.tell({ states: event.detail })}
        ></tm-choices>
      </div>
      <button
        type="button"
        class="button quiet reset"
        ?disabled=${!narrows(this.filters)}
        @click=${() => this.tell({ repository: '', states: [] })}
      >
        Reset
      </button>
    </form>`;
  }

  private readonly onInput = (event: InputEvent): void => {
    const repository = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.tell({ repository }, true), TYPING_MILLIS);
  };

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = this.renderRoot.querySelector('input');
    this.tell({ repository: field?.value.trim() ?? '' }, true);
  };

  private tell(change: Partial<Filters>, typed = false): void {
    clearTimeout(this.typing);
    this.dispatchEvent(new FiltersEvent({ ...this.filters, ...change, page: 1 }, typed));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-job-filters': JobFilters;
  }
}
