import { html, nothing } from 'lit';
import { icon } from '../elements/icon';
import '../elements/skeleton';
import '../elements/spinner';
import '../elements/time';
import type { Stats } from './api';
import type { StatsSource } from './stats';

/** The heading of a section of figures, with their age and a way to ask anew; skeletons before the first answer. */
export function statsFrame(
  heading: string,
  source: StatsSource,
  content: (stats: Stats) => unknown,
): unknown {
  const { value, problem, loading } = source;
  return html`<div class="row spread">
      <h2>${heading}</h2>
      <span class="row small muted">
        ${value ? html`<span>As of <tm-time show="clock" .at=${source.at}></tm-time></span>` : nothing}
        <button class="button refresh" ?disabled=${loading} @click=${source.load}>
          ${loading ? html`<tm-spinner></tm-spinner>` : icon('retry', 16)} Refresh
        </button>
      </span>
    </div>
    ${
      problem
        ? html`<p class="notice danger" role="alert">
            ${icon('warning', 18)} ${problem.detail}${value ? ' These figures are older.' : ''}
          </p>`
        : nothing
    }
    ${value ? content(value) : problem ? nothing : skeleton()}`;
}

function skeleton() {
  return html`<dl class="facts skeleton" aria-busy="true" aria-label="Loading">
    ${Array.from(
      { length: 4 },
      () =>
        html`<div>
          <dt><tm-skeleton width="short"></tm-skeleton></dt>
          <dd><tm-skeleton width="full" tall></tm-skeleton></dd>
        </div>`,
    )}
  </dl>`;
}
