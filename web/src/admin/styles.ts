import { css } from 'lit';

/** What the sections of the admin page share: panels, tables that become cards on a phone, lines of facts. */
export const sections = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-5);
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }
  h2 {
    font: var(--text-l);
    font-weight: 650;
  }
  h3 {
    font: var(--text-m);
    font-weight: 650;
  }
  .muted {
    color: var(--text-muted);
  }
  .small {
    font: var(--text-s);
  }
  .panel {
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
  }
  .spread {
    justify-content: space-between;
  }
  .mono {
    font: 13px/18px var(--font-mono);
    overflow-wrap: anywhere;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    padding: var(--space-2) var(--space-3);
    border-radius: var(--radius-m);
    background: var(--warning-soft);
    color: var(--warning);
    font: var(--text-s);
  }
  .notice svg {
    flex: none;
  }
  .notice.danger {
    background: var(--danger-soft);
    color: var(--danger);
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
    gap: 1px;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    overflow: hidden;
  }
  .facts > div {
    padding: var(--space-3) var(--space-4);
    box-shadow: 0 0 0 1px var(--line);
  }
  .facts dt {
    color: var(--text-muted);
    font: var(--text-s);
  }
  .facts dd {
    font: var(--text-l);
    font-variant-numeric: tabular-nums;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font: var(--text-s);
  }
  th {
    padding: var(--space-2) var(--space-4);
    background: var(--surface-sunken);
    color: var(--text-muted);
    font-weight: 600;
    text-align: start;
    white-space: nowrap;
  }
  th:first-child {
    border-start-start-radius: var(--radius-m);
  }
  th:last-child {
    border-start-end-radius: var(--radius-m);
  }
  td {
    padding: var(--space-3) var(--space-4);
    border-top: 1px solid var(--line);
    vertical-align: top;
  }
  td.end,
  th.end {
    text-align: end;
  }
  @media (max-width: 699px) {
    table.cards,
    table.cards tbody,
    table.cards tr,
    table.cards td {
      display: block;
    }
    table.cards thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    table.cards tr {
      padding: var(--space-3) var(--space-4);
    }
    table.cards tr + tr {
      border-top: 1px solid var(--line);
    }
    table.cards td {
      padding: var(--space-1) 0;
      border: 0;
    }
    table.cards td.end {
      text-align: start;
    }
    table.cards td:empty {
      display: none;
    }
    table.cards td[data-label] {
      display: inline-block;
      margin-inline-end: var(--space-4);
    }
    table.cards td[data-label]::before {
      content: attr(data-label) ' ';
      color: var(--text-muted);
    }
  }
`;
