/**
 * How the page hears of changes: by the server's stream, and only while that is broken by asking again and again.
 *
 * | state | meaning |
 * |---|---|
 * | `connecting` | the first connection is being made; nothing is said about it |
 * | `live` | the stream is open; nothing is asked |
 * | `shaky` | it broke a moment ago; it may come back before anybody notices |
 * | `asking` | it stays broken: the page says so and asks every few seconds until it is back |
 */
export type FeedState = 'connecting' | 'live' | 'shaky' | 'asking';

/** `opened` and `broke` come from the stream; `waited` when a break has lasted longer than is worth no word. */
export type FeedInput = 'opened' | 'broke' | 'waited';

export type FeedEffect =
  /** What changed while nobody listened has to be asked for. */
  'catch-up' | 'start-waiting' | 'stop-waiting' | 'start-asking' | 'stop-asking';

export interface FeedStep {
  state: FeedState;
  effects: readonly FeedEffect[];
}

export function nextFeedStep(state: FeedState, input: FeedInput): FeedStep {
  switch (input) {
    case 'opened':
      return { state: 'live', effects: toLive(state) };
    case 'broke':
      return state === 'live' || state === 'connecting'
        ? { state: 'shaky', effects: ['start-waiting'] }
        : { state, effects: [] };
    case 'waited':
      return state === 'shaky'
        ? { state: 'asking', effects: ['start-asking'] }
        : { state, effects: [] };
  }
}

function toLive(from: FeedState): readonly FeedEffect[] {
  switch (from) {
    case 'connecting':
    case 'live':
      return ['catch-up'];
    case 'shaky':
      return ['stop-waiting', 'catch-up'];
    case 'asking':
      return ['stop-asking', 'catch-up'];
  }
}

/** Pause before a refused stream is tried again: browsers give up on those. Grows to half a minute, with a share of chance. */
export function retryMillis(attempt: number, random: () => number): number {
  const longest = Math.min(30_000, 2_000 * 2 ** Math.min(attempt, 10));
  return Math.round(longest / 2 + random() * (longest / 2));
}
