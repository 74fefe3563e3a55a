import { css, html, nothing } from 'lit';
import '../../elements/progress';
import '../../elements/state';
import '../../elements/time';
import type { Job, Version } from '../api';
import { EVERYTHING, filtersToSearch } from '../jobs/filters';
import { STATE_WORDS } from '../jobs/job-words';
import { isUnderWay, type Work } from './version-list';

const COMMIT_DIGITS = 10;
const whole = new Intl.NumberFormat();

/** A row of the table of versions; one that is being worked on cannot be chosen. */
export function versionRow(
  version: Version,
  work: Work,
  chosen: boolean,
  choose: (on: boolean) => void,
) {
  const job = work.get(version.name);
  const underWay = isUnderWay(work, version.name);
  return html`<tr role="row" data-version=${version.name}>
    <td role="cell" class="pick">
      <input
        type="checkbox"
        aria-label="Choose ${version.name}"
        .checked=${chosen && !underWay}
        ?disabled=${underWay}
        @change=${(event: Event) => choose((event.target as HTMLInputElement).checked)}
      />
    </td>
    <td role="cell" class="name">${version.name}</td>
    <td role="cell">
      <span class="mono">${version.commit.slice(0, COMMIT_DIGITS)}</span>
      ${version.committedAt === null ? nothing : html`<span class="muted"><tm-time show="date" .at=${version.committedAt}></tm-time></span>`}
    </td>
    <td role="cell" class="state">${job ? renderJob(job) : renderState(version)}</td>
    <td role="cell" class="end number" data-label="Files">${number(version.files)}</td>
    <td role="cell" class="end number" data-label="Snippets">${number(version.snippets)}</td>
  </tr>`;
}

function renderJob(job: Job) {
  const { label, tone } = STATE_WORDS[job.status];
  return html`<span class="at-work">
    <tm-state tone=${tone} ?busy=${job.status === 'running'}>${label}</tm-state>
    ${
      job.status === 'running'
        ? html`<tm-progress label="Progress of ${job.version}" .value=${job.progress}></tm-progress>`
        : nothing
    }
    ${
      job.status === 'failed'
        ? html`<a href="/admin${filtersToSearch({ ...EVERYTHING, repository: job.repositoryId, states: ['failed'] })}"
            >Why</a
          >`
        : nothing
    }
  </span>`;
}

function renderState({ state, indexedAt }: Version) {
  return state === 'indexed'
    ? html`<tm-state tone="success">Indexed</tm-state> ${indexedAt === null ? nothing : html`<tm-time class="muted" show="date" .at=${indexedAt}></tm-time>`}`
    : html`<tm-state>Not indexed</tm-state>`;
}

function number(value: number | null) {
  return value === null ? nothing : whole.format(value);
}

export const versionRowStyles = css`
  table {
    border-top: 1px solid var(--line);
  }
  th,
  th:first-child,
  th:last-child {
    border-radius: 0;
  }
  tbody tr:first-child td {
    border-top: 0;
  }
  td {
    padding-block: var(--space-2);
    vertical-align: middle;
  }
  .pick {
    width: 40px;
    padding-inline-end: 0;
  }
  .pick input {
    display: block;
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--accent);
  }
  .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .at-work {
    display: grid;
    gap: var(--space-1);
    justify-items: start;
    min-width: 140px;
  }
  .at-work tm-progress {
    width: 100%;
  }
  @media (max-width: 699px) {
    table.cards tr {
      display: grid;
      grid-template-columns: 32px 1fr;
      gap: 0 var(--space-2);
    }
    table.cards td {
      grid-column: 2;
    }
    table.cards td:empty {
      display: none;
    }
    table.cards td.pick {
      grid-column: 1;
      grid-row: 1 / span 3;
      width: auto;
    }
  }
`;
