import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Generation } from '../api';
import { covered, generationState, inOrder, waitingWords, wordsWords } from './coverage';

const generation = (number: number, state: string): Generation => ({
  number,
  state,
  profile: 'minilm',
  model: 'all-MiniLM-L6-v2',
  dimensions: 384,
  kinds: [],
});

test('the generation that answers comes first, then what is built, then the old ones', () => {
  const given = [
    generation(1, 'retired'),
    generation(2, 'retired'),
    generation(4, 'building'),
    generation(3, 'active'),
  ];
  assert.deepEqual(
    inOrder(given).map(({ number }) => number),
    [3, 4, 2, 1],
  );
});

test('an unknown state keeps its own name', () => {
  assert.equal(generationState(generation(1, 'resting')).label, 'resting');
});

test('blank texts are not missing from anything', () => {
  const coverage = { kind: 'message', live: 10, embedded: 6, blank: 3, missing: 1 } as const;
  assert.deepEqual(covered(coverage), { of: 7, done: 6 });
});

test('messages without their words are told of, and only while there are some', () => {
  assert.equal(wordsWords(0), '');
  assert.equal(
    wordsWords(1),
    '1 message cannot be found by words yet; indexing goes on in the background.',
  );
  assert.match(wordsWords(1_200), /^1,200 messages cannot be found/);
});

test('what waits is counted, and that nothing does is said', () => {
  assert.equal(waitingWords(0, false), 'Building embeddings: nothing is missing so far.');
  assert.equal(waitingWords(1, false), 'Building embeddings: 1 text to embed.');
  assert.equal(waitingWords(2, true), 'Looking at every text: 2 texts to embed.');
});
