import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, buttons } from '../../elements/styles';
import type { Stats } from '../api';
import type { Feed } from '../feed';
import { StatsSource } from '../stats';
import { statsFrame } from '../stats-frame';
import { sections } from '../styles';
import { browsers } from './browsers';
import { slowQueries } from './slow-queries';
import { storage } from './storage';

/** The server itself: what it stores, who is connected, which questions to the database took long. */
@customElement('tm-admin-server')
export class AdminServer extends LitElement {
  static override styles = [
    base,
    buttons,
    sections,
    css`
      section + section {
        margin-top: var(--space-3);
      }
      section {
        gap: var(--space-3);
      }
      .sql {
        white-space: pre-wrap;
      }
      .bar {
        width: 45%;
        vertical-align: middle;
      }
      @media (max-width: 699px) {
        .bar {
          width: auto;
        }
      }
    `,
  ];

  @property({ attribute: false }) feed!: Feed;
  private readonly source = new StatsSource(this);

  override render() {
    return html`<section>
      ${statsFrame('Storage', this.source, (stats: Stats) => storage(stats))}
    </section>
    ${this.source.value ? [browsers(this.source.value), slowQueries(this.source.value)] : ''}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-admin-server': AdminServer;
  }
}
