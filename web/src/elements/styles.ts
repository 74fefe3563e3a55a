import { css } from 'lit';

/** What every element starts from: box model, focus ring, text for screen readers only. */
export const base = css`
  :host,
  :host *,
  :host *::before,
  :host *::after {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  a {
    color: var(--accent);
  }
  kbd {
    display: inline-block;
    min-width: 22px;
    padding: 0 5px;
    border: 1px solid var(--line);
    border-bottom-width: 2px;
    border-radius: var(--radius-s);
    background: var(--surface-sunken);
    color: var(--text-muted);
    font: var(--text-xs);
    font-family: var(--font);
    text-align: center;
  }
  code {
    font-family: var(--font-mono);
    font-size: 0.9em;
  }
`;

/** Buttons: native ones with a class, so that names, states and forms work as the browser makes them. */
export const buttons = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-height: 36px;
    padding: 0 var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface-raised);
    color: var(--text);
    font: var(--text-s);
    font-weight: 600;
    text-decoration: none;
    cursor: pointer;
    transition:
      background var(--motion),
      border-color var(--motion);
  }
  .button:hover {
    background: var(--surface-hover);
  }
  .button:active {
    background: var(--surface-active);
  }
  .button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  .button.primary:hover {
    background: var(--accent-hover);
  }
  .button.danger {
    border-color: transparent;
    background: var(--danger);
    color: var(--on-danger);
  }
  .button.danger:hover {
    background: var(--danger-hover);
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
  }
  .button.quiet:hover {
    background: var(--surface-hover);
  }
  .button.link {
    min-height: 0;
    padding: 0;
    border: 0;
    border-radius: var(--radius-s);
    background: none;
    color: var(--accent);
  }
  .button.link:hover {
    text-decoration: underline;
  }
  .button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    flex: none;
    width: 32px;
    height: 32px;
    padding: 0;
    border: 0;
    border-radius: var(--radius-m);
    background: transparent;
    color: var(--text-muted);
    cursor: pointer;
    transition: background var(--motion);
  }
  .icon-button:hover {
    background: var(--surface-hover);
    color: var(--text);
  }
  .icon-button[aria-pressed='true'],
  .icon-button[aria-expanded='true'] {
    background: var(--surface-active);
    color: var(--text);
  }
  .icon-button:disabled {
    opacity: 0.45;
    cursor: default;
  }
  @media (pointer: coarse) {
    .button,
    .icon-button {
      min-height: 40px;
    }
    .icon-button {
      min-width: 40px;
    }
    .button.link {
      min-height: 0;
    }
  }
`;

/** Labelled fields: label above, hint or error below. */
export const fields = css`
  .field {
    display: grid;
    gap: var(--space-1);
  }
  .field > label {
    font: var(--text-s);
    font-weight: 600;
  }
  .field input,
  .field select,
  .field textarea {
    width: 100%;
    min-height: 40px;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--surface);
    color: var(--text);
    font: var(--text-m);
  }
  .field ::placeholder {
    color: var(--text-muted);
    opacity: 1;
  }
  .field :is(input, select, textarea):focus-visible {
    outline-offset: -1px;
    border-color: transparent;
  }
  .field :is(input, select, textarea):disabled {
    opacity: 0.6;
  }
  .field [aria-invalid='true'] {
    border-color: var(--danger);
  }
  .hint {
    color: var(--text-muted);
    font: var(--text-s);
  }
  .error {
    color: var(--danger);
    font: var(--text-s);
  }
  .check {
    display: flex;
    align-items: flex-start;
    gap: var(--space-2);
    font: var(--text-m);
  }
  .check input {
    flex: none;
    width: 18px;
    height: 18px;
    margin: 2px 0 0;
    accent-color: var(--accent);
  }
`;
