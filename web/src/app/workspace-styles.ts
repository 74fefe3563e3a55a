import { css } from 'lit';

export const workspaceStyles = css`
  :host {
    display: grid;
    grid-template-columns: 284px minmax(0, 1fr);
    /* All of the height, also while a dialog's element makes a row of its own. */
    grid-template-rows: minmax(0, 1fr);
    height: 100dvh;
    overflow: hidden;
  }
  tm-sidebar {
    border-inline-end: 1px solid var(--line);
  }
  .stage {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    background: var(--surface);
  }
  tm-channel,
  main {
    flex: 1;
    min-height: 0;
  }
  main {
    display: grid;
    place-items: center;
    overflow: auto;
  }
  .small {
    font: var(--text-s);
  }
  .small code {
    display: inline-block;
    margin-top: var(--space-2);
    padding: var(--space-1) var(--space-2);
    border: 1px solid var(--line);
    border-radius: var(--radius-s);
    background: var(--surface-sunken);
    color: var(--text);
  }
  @media (max-width: 699px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }
    tm-sidebar {
      border: 0;
    }
    :host([inside]) tm-sidebar {
      display: none;
    }
    :host(:not([inside])) .stage {
      display: none;
    }
  }
`;
