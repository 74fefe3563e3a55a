import { css, html, nothing } from 'lit';
import '../../elements/confirm';
import '../../elements/progress';
import '../../elements/spinner';
import '../../elements/state';
import '../../elements/time';
import type { Job } from '../api';
import {
  ACTION_WORDS,
  STATE_WORDS,
  actionsOf,
  durationOf,
  durationWords,
  nameOf,
  progressWords,
  type Action,
} from './job-words';

/** Errors longer than this open on demand. */
const SHORT_ERROR = 140;

/** What a row shows beside its job. */
export interface RowState {
  /** The action that is under way for this job, and for no other. */
  busy: Action | undefined;
  /** Asks whether cancelling is meant. */
  asks: boolean;
  /** Somebody was led here. */
  marked: boolean;
  now: number;
}

export interface RowActions {
  act(job: Job, action: Action): void;
  ask(job: Job): void;
  dismiss(job: Job): void;
}

export function jobRow(job: Job, row: RowState, on: RowActions) {
  const { label, tone } = STATE_WORDS[job.status];
  const words = progressWords(job);
  return html`<tr
    role="row"
    data-id=${job.id}
    data-status=${job.status}
    class=${row.marked ? 'marked' : ''}
    tabindex="-1"
  >
    <td role="cell" class="library">
      <span class="name">${job.repositoryId} <strong>${job.version}</strong></span>
      ${job.repository === job.repositoryId ? nothing : html`<span class="muted">${job.repository}</span>`}
      ${job.error ? renderError(job.error) : nothing}
    </td>
    <td role="cell" class="state">
      <tm-state tone=${tone} ?busy=${job.status === 'running'}>${label}</tm-state>
      ${job.status === 'running' && job.stage ? html`<span class="muted stage">${job.stage}</span>` : nothing}
    </td>
    <td role="cell" class="progress">${renderProgress(job, words)}</td>
    <td role="cell" class="time">${renderTime(job, row.now)}</td>
    <td role="cell" class="end actions">${renderActions(job, row, on)}</td>
  </tr>`;
}

function renderError(error: string) {
  return error.length <= SHORT_ERROR
    ? html`<span class="error">${error}</span>`
    : html`<details class="error">
        <summary>${error.slice(0, SHORT_ERROR)}…</summary>
        ${error}
      </details>`;
}

function renderProgress(job: Job, words: string) {
  if (job.status === 'queued' && job.progress === 0)
    return html`<span class="muted">Waiting for a worker</span>`;
  const tones = {
    queued: 'neutral',
    running: 'accent',
    paused: 'neutral',
    done: 'success',
    failed: 'danger',
    cancelled: 'neutral',
  } as const;
  const percent = Math.round(job.progress);
  return html`<span class="bar">
      <tm-progress
        label="Progress of ${nameOf(job)}"
        tone=${tones[job.status]}
        .value=${percent}
      ></tm-progress>
      <span class="number">${percent} %</span>
    </span>
    <span class="muted number">${words}</span>`;
}

function renderTime(job: Job, now: number) {
  const duration = durationOf(job, now);
  const ran =
    duration === undefined
      ? nothing
      : html`<span class="muted number"
          >${job.finishedAt === null ? 'for' : 'took'} ${durationWords(duration)}</span
        >`;
  return html`<span
      >${job.startedAt === null ? 'queued' : 'started'}
      <tm-time show="date" .at=${job.startedAt ?? job.createdAt}></tm-time></span
    >${ran}`;
}

function renderActions(job: Job, row: RowState, on: RowActions) {
  if (row.asks && actionsOf(job.status).includes('cancel')) {
    return html`<tm-confirm
      question="Cancel this job?"
      yes="Yes, cancel"
      no="No"
      @confirm=${() => on.act(job, 'cancel')}
      @dismiss=${() => on.dismiss(job)}
    ></tm-confirm>`;
  }
  if (actionsOf(job.status).length === 0) return nothing;
  return html`<span class="buttons">
    ${actionsOf(job.status).map((action) => {
      const { label, busy } = ACTION_WORDS[action];
      const underWay = row.busy === action;
      return html`<button
        class="button"
        data-action=${action}
        aria-label="${underWay ? busy : label} ${nameOf(job)}"
        ?disabled=${row.busy !== undefined}
        @click=${() => (action === 'cancel' ? on.ask(job) : on.act(job, action))}
      >
        ${underWay ? html`<tm-spinner></tm-spinner> ${busy}` : label}
      </button>`;
    })}
  </span>`;
}

export const jobRowStyles = css`
  td > span {
    display: block;
  }
  .library {
    min-width: 180px;
    overflow-wrap: anywhere;
  }
  .library .error {
    margin-top: var(--space-1);
  }
  .error summary {
    cursor: pointer;
  }
  .stage {
    display: block;
    margin-top: 2px;
  }
  .progress {
    width: 240px;
  }
  .bar {
    display: grid !important;
    grid-template-columns: 1fr 44px;
    align-items: center;
    gap: var(--space-2);
    text-align: end;
  }
  .time {
    white-space: nowrap;
  }
  .actions {
    width: 196px;
    padding-block: var(--space-2);
  }
  .buttons {
    display: flex !important;
    justify-content: flex-end;
    gap: var(--space-2);
  }
  .buttons .button {
    min-height: 32px;
  }
  tr:focus-visible {
    outline-offset: -2px;
  }
  tr.marked td {
    background: var(--accent-soft);
  }
  @media (max-width: 699px) {
    .progress,
    .actions {
      width: auto;
    }
    .time > span {
      display: inline;
    }
    .time > span + span::before {
      content: ' · ';
    }
    .state {
      display: flex !important;
      align-items: center;
      gap: var(--space-2);
    }
    .buttons {
      justify-content: flex-start;
    }
    .buttons .button {
      min-height: 40px;
    }
  }
`;
