import { css } from 'lit';

export const timelineStyles = css`
  :host {
    position: relative;
    display: block;
    min-height: 0;
    overflow: hidden;
  }
  .scroller {
    height: 100%;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line-strong) transparent;
  }
  .content {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    min-height: 100%;
    padding-bottom: var(--space-4);
  }
  .content.top {
    justify-content: flex-start;
  }
  .day,
  .new {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    margin: var(--space-4) var(--space-5) var(--space-1);
    color: var(--text-muted);
    font: var(--text-xs);
    font-weight: 600;
  }
  .day::before,
  .day::after,
  .new::before {
    content: '';
    flex: 1;
    height: 1px;
    background: var(--line);
  }
  .day span {
    padding: 2px var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-full);
  }
  .new {
    margin-block: var(--space-2) 0;
    color: var(--danger);
  }
  .new::before {
    background: var(--danger);
  }
  .new span {
    padding: 1px var(--space-2);
    border-radius: var(--radius-s);
    background: var(--danger);
    color: var(--on-danger);
  }
  /* Inside, or the scroller cuts it off at both sides. This scope decides, not the message's own. */
  tm-message:focus-visible {
    outline-offset: -2px;
  }
  .jump {
    position: absolute;
    left: 50%;
    z-index: 3;
    min-height: 32px;
    border-radius: var(--radius-full);
    box-shadow: var(--shadow);
    transform: translateX(-50%);
  }
  .jump.top {
    top: var(--space-3);
  }
  .jump.top svg {
    transform: rotate(180deg);
  }
  .jump.bottom {
    bottom: var(--space-3);
  }
  @media (max-width: 699px) {
    .day,
    .new {
      margin-inline: var(--space-4);
    }
  }
`;
