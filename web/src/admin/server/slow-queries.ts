import { html } from 'lit';
import '../../elements/empty';
import '../../elements/time';
import type { SlowQuery, Stats } from '../api';
import { wholeNumber } from '../figures';
import { durationWords } from '../jobs/job-words';

/** Statements that took longer than the server thinks they should. */
export function slowQueries({ slowQueries: queries }: Stats) {
  return html`<section class="slow" aria-labelledby="slow">
    <h2 id="slow">Slow queries</h2>
    ${queries.length === 0 ? none() : list(queries)}
  </section>`;
}

function none() {
  return html`<tm-empty compact icon="check" heading="No slow queries">
    <p>Statements that took long since the server started are listed here.</p>
  </tm-empty>`;
}

function list(queries: readonly SlowQuery[]) {
  return html`<div class="panel">
    <table role="table" class="cards" aria-labelledby="slow">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Statement</th>
          <th role="columnheader" scope="col" class="end">Longest</th>
          <th role="columnheader" scope="col" class="end">Times</th>
          <th role="columnheader" scope="col">Last</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${queries
          .toSorted((a, b) => b.millis - a.millis)
          .map(
            ({ sql, millis, count, at }) =>
              html`<tr role="row">
                <td role="cell" class="mono sql">${sql}</td>
                <td role="cell" class="end number" data-label="Longest">${duration(millis)}</td>
                <td role="cell" class="end number" data-label="Times">${wholeNumber(count)}</td>
                <td role="cell" data-label="Last"><tm-time show="date" .at=${at}></tm-time></td>
              </tr>`,
          )}
      </tbody>
    </table>
  </div>`;
}

function duration(millis: number): string {
  return millis < 1_000 ? `${Math.round(millis)} ms` : durationWords(millis);
}
