import { css } from 'lit';

export const messageStyles = css`
  :host {
    position: relative;
    contain: layout style;
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr);
    column-gap: var(--space-3);
    padding: var(--space-2) var(--space-5) 2px;
    font: var(--text-m);
  }
  :host([compact]) {
    padding-block: 1px;
  }
  :host(:hover),
  :host(:focus-within) {
    background: var(--surface-sunken);
  }
  :host([target]) {
    background: var(--accent-soft);
  }
  :host([refused]) {
    background: var(--danger-soft);
  }
  .gutter {
    display: grid;
    justify-items: center;
    align-content: start;
    padding-top: 3px;
  }
  .gutter-time {
    visibility: hidden;
    color: var(--text-muted);
    font: var(--text-xs);
    line-height: 18px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  :host(:hover) .gutter-time,
  :host(:focus-within) .gutter-time,
  :host(:focus) .gutter-time {
    visibility: visible;
  }
  .head {
    display: flex;
    align-items: baseline;
    gap: var(--space-2);
    min-width: 0;
  }
  .author {
    overflow: hidden;
    font-weight: 650;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .time,
  .pinned {
    color: var(--text-muted);
    font: var(--text-xs);
  }
  .pinned {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    align-self: center;
  }
  .body {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    /* Each paragraph runs in the direction of its own script. */
    unicode-bidi: plaintext;
  }
  .gone {
    color: var(--text-muted);
    font-style: italic;
  }
  .edited,
  .waiting {
    color: var(--text-muted);
    font: var(--text-xs);
  }
  .waiting svg {
    margin-inline-start: var(--space-1);
    vertical-align: -2px;
  }
  strong {
    font-weight: 650;
  }
  code {
    padding: 1px 4px;
    border: 1px solid var(--line);
    border-radius: var(--radius-s);
    background: var(--surface-sunken);
  }
  pre {
    margin: var(--space-1) 0;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface-sunken);
    font: 13px/20px var(--font-mono);
    overflow-x: auto;
    white-space: pre;
    direction: ltr;
  }
  .language {
    display: block;
    color: var(--text-muted);
    font: var(--text-xs);
  }
  pre code {
    padding: 0;
    border: 0;
    background: none;
    font-size: inherit;
  }
  .mention {
    padding: 0 3px;
    border-radius: var(--radius-s);
    background: var(--accent-soft);
    color: var(--accent);
    font-weight: 600;
  }
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
    margin: var(--space-1) 0;
  }
  .reaction {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    min-height: 26px;
    padding: 0 var(--space-2);
    border: 1px solid var(--line);
    border-radius: var(--radius-full);
    background: var(--surface);
    color: var(--text);
    font: var(--text-s);
    cursor: pointer;
  }
  .reaction .number {
    font: var(--text-xs);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .reaction:hover:enabled {
    border-color: var(--line-strong);
  }
  .reaction[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--accent);
  }
  .reaction:disabled {
    cursor: default;
  }
  .replies {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    margin: 2px 0 var(--space-1) calc(-1 * var(--space-1));
    padding: 2px var(--space-2) 2px var(--space-1);
    border: 0;
    border-radius: var(--radius-s);
    background: none;
    color: var(--accent);
    font: var(--text-s);
    font-weight: 600;
    cursor: pointer;
  }
  .replies:hover {
    background: var(--accent-soft);
  }
  .replies .last {
    color: var(--text-muted);
    font-weight: 400;
  }
  .refusal {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--space-3);
    margin: var(--space-1) 0;
    color: var(--danger);
    font: var(--text-s);
  }
  .reason {
    display: inline-flex;
    align-items: flex-start;
    gap: var(--space-2);
  }
  .reason svg {
    flex: none;
    margin-top: 1px;
  }
  .choices {
    display: inline-flex;
    margin-inline-start: -10px;
  }
  .choices .button {
    min-height: 30px;
    padding: 0 10px;
  }
  .choices .button:hover {
    background: var(--surface);
  }
  .tools {
    position: absolute;
    top: -14px;
    right: var(--space-4);
    z-index: 2;
    display: flex;
    padding: 1px;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface-raised);
    box-shadow: 0 2px 6px rgb(15 25 30 / 10%);
  }
  .tools .icon-button {
    width: 30px;
    height: 28px;
    min-height: 0;
    border-radius: 6px;
  }
  @media (pointer: coarse) {
    .tools .icon-button {
      width: 40px;
      height: 38px;
    }
    .tools {
      top: -24px;
    }
  }
  .editor {
    display: grid;
    gap: var(--space-2);
    padding: var(--space-1) 0 var(--space-2);
  }
  .editor textarea {
    width: 100%;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--surface);
    color: var(--text);
    font: var(--text-m);
    resize: none;
  }
  .editor-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
  }
  .keys {
    color: var(--text-muted);
    font: var(--text-xs);
  }
  @media (max-width: 699px) {
    :host {
      padding-inline: var(--space-4);
      column-gap: 10px;
    }
    .keys {
      display: none;
    }
  }
`;
