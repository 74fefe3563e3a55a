import { html, nothing } from 'lit';
import '../../elements/progress';
import type { Stats } from '../api';
import { bytesWords, wholeNumber } from '../figures';

const MOST_TABLES = 8;

/** What lies in the database file, and what of it by table where the server can tell. */
export function storage(stats: Stats) {
  const { storage, libraries } = stats;
  const facts: [string, string][] = [
    ['Database file', bytesWords(storage.databaseBytes)],
    ['Write-ahead log', bytesWords(storage.walBytes)],
    ['Free in the file', bytesWords(storage.freeBytes)],
    ['Events', wholeNumber(stats.events)],
    ['Messages', wholeNumber(stats.messages)],
    ['Spaces', wholeNumber(stats.spaces)],
    ['People', wholeNumber(stats.users)],
    ['Libraries', wholeNumber(libraries.libraries)],
    ['Versions', wholeNumber(libraries.versions)],
    ['Snippets', wholeNumber(libraries.snippets)],
    ['Files kept once', wholeNumber(libraries.blobs)],
  ];
  return html`<dl class="facts storage">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${storage.tables && storage.tables.length > 0 ? tables(storage.tables) : nothing}`;
}

function tables(all: readonly { name: string; bytes: number }[]) {
  const largest = all.toSorted((a, b) => b.bytes - a.bytes).slice(0, MOST_TABLES);
  const most = largest[0]?.bytes ?? 1;
  return html`<div class="panel">
    <table role="table" class="cards" aria-label="Largest tables and indexes">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Largest tables and indexes</th>
          <th role="columnheader" scope="col">Share</th>
          <th role="columnheader" scope="col" class="end">Size</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${largest.map(
          ({ name, bytes }) =>
            html`<tr role="row">
              <td role="cell" class="mono">${name}</td>
              <td role="cell" class="bar">
                <tm-progress
                  label="Size of ${name} beside the largest"
                  tone="neutral"
                  .value=${bytes}
                  .max=${most}
                ></tm-progress>
              </td>
              <td role="cell" class="end number">${bytesWords(bytes)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
