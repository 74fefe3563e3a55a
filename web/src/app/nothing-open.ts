import { html, nothing } from 'lit';
import '../elements/empty';
import { icon } from '../elements/icon';
import type { Space } from '../features/sidebar/channels';

/** What is known while no channel is open. */
export interface Known {
  /** Whether spaces and channels are an answer yet. */
  readonly ready: boolean;
  readonly space: Space | undefined;
  readonly anySpace: boolean;
  readonly anyChannel: boolean;
  /** The address names a channel. */
  readonly wanted: boolean;
  /** May create spaces. */
  readonly admin: boolean;
}

/** The middle pane without a channel: why there is none, and what to do next. */
export function nothingOpen(
  known: Known,
  create: (what: 'create-space' | 'create-channel') => void,
) {
  const { space } = known;
  if (!known.ready) {
    return html`<main class="waiting" aria-busy="true" aria-label="Loading"></main>`;
  }
  if (!space) {
    return html`<main>
      ${known.anySpace ? lost('This space is not here') : noSpace(known, create)}
    </main>`;
  }
  if (known.anyChannel) {
    return html`<main>${known.wanted ? lost('This channel is not here') : choose()}</main>`;
  }
  return html`<main>
    <tm-empty icon="hash" heading="${space.name} has no channels yet">
      ${
        space.role === 'reader'
          ? html`<p>They appear here as soon as somebody creates one.</p>`
          : html`<p>A channel is a place for one topic. “general” is a good start.</p>
              <button class="button primary" @click=${() => create('create-channel')}>
                ${icon('plus', 18)} Create a channel
              </button>`
      }
    </tm-empty>
  </main>`;
}

function choose() {
  return html`<tm-empty icon="hash" heading="Choose a channel">
    <p>Pick one on the left, or press <kbd>Ctrl K</kbd> and type its name.</p>
  </tm-empty>`;
}

function lost(heading: string) {
  return html`<tm-empty icon="search" heading=${heading}>
    <p>You may not be a member any more, or it has not arrived on this device yet.</p>
    <a class="button" href="#/">To your channels</a>
  </tm-empty>`;
}

function noSpace(known: Known, create: (what: 'create-space') => void) {
  if (!known.admin) {
    return html`<tm-empty icon="people" heading="You are not in a space yet">
      <p>Ask whoever runs this server to add you. It will show up here by itself.</p>
      ${known.wanted ? html`<a class="button" href="#/">Back</a>` : nothing}
    </tm-empty>`;
  }
  return html`<tm-empty icon="wave" heading="Create your first space">
    <p>A space holds channels, messages and people; a team, a project, a family. You can have several.</p>
    <button class="button primary" @click=${() => create('create-space')}>
      ${icon('plus', 18)} Create a space
    </button>
    <p class="small">
      Or bring in chat that you have, on the computer that runs the server:<br />
      <code>./run import irc FOLDER --space NAME</code>
    </p>
  </tm-empty>`;
}
