import { css } from 'lit';

export const paletteStyles = css`
  dialog {
    width: min(640px, calc(100vw - 24px));
    --above: min(12dvh, 96px);
    max-height: min(560px, calc(100dvh - var(--above) - 12px));
    margin-top: var(--above);
    padding: 0;
    border: 0;
    border-radius: var(--radius-l);
    background: var(--surface-raised);
    color: var(--text);
    font: var(--text-m);
    box-shadow: var(--shadow);
    overflow: hidden;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  dialog::backdrop {
    background: var(--scrim);
  }
  .top {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    flex: none;
    padding: 0 var(--space-3) 0 var(--space-4);
    border-bottom: 1px solid var(--line);
    color: var(--text-muted);
  }
  .top svg {
    flex: none;
  }
  input {
    flex: 1;
    min-width: 0;
    height: 52px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--text);
    font: var(--text-l);
  }
  input:focus-visible {
    outline: none;
  }
  input::placeholder {
    color: var(--text-muted);
    opacity: 1;
  }
  .shut {
    padding: 4px;
    border: 0;
    border-radius: var(--radius-s);
    background: none;
    cursor: pointer;
  }
  [role='listbox'] {
    min-height: 0;
    padding: 0 var(--space-2);
    overflow: hidden auto;
    scrollbar-width: thin;
    /* What comes later must not make the rows narrower. */
    scrollbar-gutter: stable;
  }
  [role='listbox']:not(:empty) {
    padding-bottom: var(--space-2);
  }
  .heading {
    padding: var(--space-3) var(--space-2) var(--space-1);
    color: var(--text-muted);
    font: var(--text-xs);
    font-weight: 650;
  }
  [role='option'] {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-height: 36px;
    padding: var(--space-1) var(--space-2);
    border-radius: var(--radius-m);
    cursor: pointer;
  }
  [role='option']:is(.message, .more, .document, .snippet) {
    display: block;
    padding-block: 6px;
  }
  [role='option'] svg {
    flex: none;
    color: var(--text-muted);
  }
  [role='option'][aria-selected='true'] {
    background: var(--accent-soft);
  }
  .name {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .meta {
    display: flex;
    align-items: baseline;
    gap: var(--space-2);
    font: var(--text-s);
  }
  .meta tm-time {
    margin-inline-start: auto;
    color: var(--text-muted);
    font: var(--text-xs);
  }
  .where {
    overflow: hidden;
    color: var(--text-muted);
    font: var(--text-s);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .library {
    flex: none;
    max-width: 60%;
    margin-inline-start: auto;
  }
  .where code {
    font-size: 12px;
  }
  .excerpt {
    display: -webkit-box;
    overflow: hidden;
    color: var(--text);
    font: var(--text-s);
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .meta strong {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .foot {
    flex: none;
    padding: var(--space-2) var(--space-4);
    border-top: 1px solid var(--line);
    color: var(--text-muted);
    font: var(--text-xs);
  }
  mark {
    border-radius: 2px;
    background: var(--mark);
    color: inherit;
  }
`;
