import { html } from 'lit';
import '../../elements/empty';
import '../../elements/time';
import type { Stats } from '../api';
import { wholeNumber } from '../figures';
import { count } from '../jobs/job-words';

/** Who holds a stream of events open: one for each browser, however many tabs it has. */
export function browsers({ streams }: Stats) {
  return html`<section class="browsers" aria-labelledby="browsers">
    <div class="row spread">
      <h2 id="browsers">Connected browsers</h2>
      <span class="small muted number">${count(streams.count, 'browser')}</span>
    </div>
    ${streams.browsers.length === 0 ? none() : list(streams.browsers)}
  </section>`;
}

function none() {
  return html`<tm-empty compact icon="people" heading="Nobody is connected">
    <p>A browser is listed here while it has the workspace open and online.</p>
  </tm-empty>`;
}

function list(browsers: Stats['streams']['browsers']) {
  return html`<div class="panel">
    <table role="table" class="cards" aria-labelledby="browsers">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Person</th>
          <th role="columnheader" scope="col">Connected</th>
          <th role="columnheader" scope="col" class="end">Spaces</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${browsers.map(
          ({ user, since, spaces }) =>
            html`<tr role="row">
              <td role="cell">${user}</td>
              <td role="cell"><tm-time show="date" .at=${since}></tm-time></td>
              <td role="cell" class="end number" data-label="Spaces">${wholeNumber(spaces)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
