import { css } from 'lit';

export const sidebarStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    height: 100%;
    background: var(--surface-side);
  }
  .space {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    flex: none;
    height: 52px;
    padding: 0 var(--space-4) 0 var(--space-3);
    border: 0;
    background: none;
    color: var(--text);
    text-align: start;
    cursor: pointer;
  }
  .space tm-avatar {
    width: 30px;
    height: 30px;
  }
  .space svg {
    flex: none;
    color: var(--text-muted);
  }
  .space-name {
    flex: 1;
    overflow: hidden;
    font: var(--text-m);
    font-weight: 700;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .dot {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--accent);
  }
  .space:hover,
  .user:hover {
    background: var(--surface-active);
  }
  .space:focus-visible,
  .user:focus-visible,
  .channel:focus-visible,
  .archived:focus-visible {
    outline-offset: -2px;
  }
  .search {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    flex: none;
    min-height: 34px;
    margin: var(--space-1) var(--space-3) var(--space-2);
    padding: 0 var(--space-2);
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface);
    color: var(--text-muted);
    font: var(--text-s);
    cursor: pointer;
  }
  .search:hover {
    border-color: var(--line-strong);
  }
  .search span {
    flex: 1;
    text-align: start;
  }
  nav {
    flex: 1;
    min-height: 0;
    padding: 0 var(--space-2) var(--space-4);
    overflow: hidden auto;
    scrollbar-width: thin;
    scrollbar-color: var(--line-strong) transparent;
  }
  .section {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 36px;
    padding-inline-start: var(--space-2);
  }
  .section .icon-button {
    width: 28px;
    height: 28px;
    min-width: 0;
    min-height: 0;
  }
  h2 {
    color: var(--text-muted);
    font: var(--text-xs);
    font-weight: 650;
    letter-spacing: 0.02em;
  }
  .channel {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-height: 32px;
    padding: 0 var(--space-2);
    border-radius: var(--radius-m);
    color: var(--text-muted);
    font: 14px/20px var(--font);
    text-decoration: none;
  }
  .channel svg {
    flex: none;
    opacity: 0.8;
  }
  .channel:hover {
    background: var(--surface-active);
    color: var(--text);
  }
  .channel[aria-current] {
    background: var(--accent-soft);
    color: var(--text);
    font-weight: 600;
  }
  .channel[aria-current] svg {
    color: var(--accent);
    opacity: 1;
  }
  .channel.unread {
    color: var(--text);
    font-weight: 650;
  }
  .channel-name {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .none {
    padding: var(--space-1) var(--space-2);
    color: var(--text-muted);
    font: var(--text-s);
  }
  .narrow {
    display: none;
  }
  .archived {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    width: 100%;
    min-height: 32px;
    margin-top: var(--space-3);
    padding: 0 var(--space-2);
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    color: var(--text-muted);
    font: var(--text-s);
    cursor: pointer;
  }
  .archived:hover {
    background: var(--surface-active);
  }
  .user {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    flex: none;
    min-height: 40px;
    padding: 0 var(--space-4);
    border: 0;
    border-top: 1px solid var(--line);
    background: none;
    color: var(--text);
    font: var(--text-s);
    cursor: pointer;
  }
  .user-name {
    flex: 1;
    overflow: hidden;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .user svg {
    color: var(--text-muted);
  }
  @media (max-width: 699px) {
    .channel {
      min-height: 44px;
    }
    .search {
      min-height: 42px;
    }
    kbd {
      display: none;
    }
    .narrow {
      display: grid;
      justify-items: start;
      gap: var(--space-4);
      padding: var(--space-4) var(--space-2);
      font: var(--text-m);
    }
  }
`;
