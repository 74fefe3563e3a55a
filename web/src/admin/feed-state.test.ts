import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextFeedStep, retryMillis, type FeedInput, type FeedState } from './feed-state';

function run(...inputs: FeedInput[]) {
  let state: FeedState = 'connecting';
  const effects: string[] = [];
  for (const input of inputs) {
    const step = nextFeedStep(state, input);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}

test('nothing is asked while the stream works', () => {
  assert.deepEqual(run('opened'), { state: 'live', effects: ['catch-up'] });
});

test('a short break is mended without a word, and what was missed is asked for', () => {
  assert.deepEqual(run('opened', 'broke', 'broke', 'opened'), {
    state: 'live',
    effects: ['catch-up', 'start-waiting', 'stop-waiting', 'catch-up'],
  });
});

test('a long break is said and asked through, until the stream is back', () => {
  assert.deepEqual(run('opened', 'broke', 'waited', 'broke'), {
    state: 'asking',
    effects: ['catch-up', 'start-waiting', 'start-asking'],
  });
  assert.deepEqual(run('broke', 'waited', 'opened'), {
    state: 'live',
    effects: ['start-waiting', 'start-asking', 'stop-asking', 'catch-up'],
  });
});

test('a wait that ends after the stream is back changes nothing', () => {
  assert.deepEqual(run('opened', 'broke', 'opened', 'waited').state, 'live');
});

test('asking starts once for every break and ends with it, whatever comes', () => {
  const inputs: FeedInput[] = ['opened', 'broke', 'waited'];
  let seed = 7;
  for (let round = 0; round < 2_000; round++) {
    let state: FeedState = 'connecting';
    let asking = false;
    for (let at = 0; at < 12; at++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      const step = nextFeedStep(state, inputs[seed % 3]!);
      for (const effect of step.effects) {
        if (effect === 'start-asking') asking = asking ? assert.fail('asks twice') : true;
        if (effect === 'stop-asking') asking = asking ? false : assert.fail('was not asking');
      }
      state = step.state;
      assert.equal(asking, state === 'asking');
    }
  }
});

test('pauses grow, stay below half a minute and are never alike for all', () => {
  assert.equal(
    retryMillis(0, () => 0),
    1_000,
  );
  assert.equal(
    retryMillis(0, () => 1),
    2_000,
  );
  assert.equal(
    retryMillis(50, () => 1),
    30_000,
  );
});
