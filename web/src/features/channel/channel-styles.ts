import { css } from 'lit';

export const channelStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: minmax(0, 1fr);
    min-height: 0;
  }
  :host([aside]) {
    grid-template-columns: minmax(0, 1fr) minmax(320px, 400px);
  }
  main {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  aside {
    min-width: 0;
    min-height: 0;
    border-inline-start: 1px solid var(--line);
  }
  header {
    display: flex;
    align-items: center;
    gap: var(--space-1);
    flex: none;
    height: 52px;
    padding: 0 var(--space-3) 0 var(--space-5);
    border-bottom: 1px solid var(--line);
  }
  h1 {
    display: flex;
    align-items: center;
    gap: var(--space-1);
    flex: 1;
    min-width: 0;
    margin: 0;
    font: var(--text-m);
    font-weight: 700;
  }
  h1 svg {
    flex: none;
    color: var(--text-muted);
  }
  h1 span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .back {
    display: none;
  }
  tm-timeline {
    flex: 1;
    min-height: 0;
  }
  tm-composer {
    flex: none;
  }
  .closed {
    flex: none;
    margin: 0 var(--space-5) var(--space-5);
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius-m);
    background: var(--surface-sunken);
    color: var(--text-muted);
    font: var(--text-s);
  }
  .beginning {
    display: grid;
    gap: var(--space-1);
    padding: var(--space-8) var(--space-5) var(--space-2);
  }
  .beginning .mark {
    display: grid;
    place-items: center;
    width: 48px;
    height: 48px;
    margin-bottom: var(--space-2);
    border-radius: var(--radius-l);
    background: var(--accent-soft);
    color: var(--accent);
  }
  .beginning h2 {
    margin: 0;
    font: var(--text-xl);
    font-weight: 700;
    overflow-wrap: anywhere;
  }
  .beginning p {
    margin: 0;
    color: var(--text-muted);
  }
  .confirm {
    display: grid;
    gap: var(--space-5);
  }
  .confirm .row {
    display: flex;
    gap: var(--space-2);
  }
  @media (max-width: 999px) {
    :host([aside]) {
      grid-template-columns: minmax(0, 1fr) 320px;
    }
  }
  @media (max-width: 699px) {
    :host([aside]) {
      grid-template-columns: minmax(0, 1fr);
    }
    :host([aside]) main {
      display: none;
    }
    aside {
      border: 0;
    }
    header {
      padding-inline: var(--space-2);
    }
    .back {
      display: inline-grid;
    }
    .closed {
      margin-inline: var(--space-4);
    }
    .beginning {
      padding-inline: var(--space-4);
    }
  }
`;
