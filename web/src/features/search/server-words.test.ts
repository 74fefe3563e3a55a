import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundAnswer } from './found';
import { wordsFor } from './server-words';

const answer = (given: Partial<FoundAnswer>): FoundAnswer => ({
  mode: 'hybrid',
  requestedMode: 'hybrid',
  fallback: null,
  results: [],
  ...given,
});

test('nothing is said before there is something to say', () => {
  assert.equal(wordsFor({ kind: 'idle' }), '');
});

test('offline and an unreachable server are said to leave this browser', () => {
  assert.match(wordsFor({ kind: 'offline' }), /^You are offline: only what is in this browser/);
  const problem = { status: 0, code: 'unreachable', detail: '' };
  assert.match(wordsFor({ kind: 'failed', problem }), /only what is in this browser/);
});

test('the sentence of the server about missing embeddings is passed on', () => {
  const fallback = 'There are no embeddings. These results were found by keywords alone.';
  assert.equal(
    wordsFor({ kind: 'found', answer: answer({ mode: 'keyword', fallback }) }),
    fallback,
  );
});

test('words alone are said, words and meaning too', () => {
  assert.match(wordsFor({ kind: 'found', answer: answer({ mode: 'keyword' }) }), /words only/);
  assert.match(wordsFor({ kind: 'found', answer: answer({}) }), /by words and meaning/);
});

test('a refused text is explained by the server, another failure says what was searched', () => {
  const detail = 'The query holds no word to look for.';
  const refused = { status: 400, code: 'invalid', detail };
  assert.equal(wordsFor({ kind: 'failed', problem: refused }), detail);
  const broken = { status: 503, code: 'busy', detail: 'Try again later.' };
  assert.match(wordsFor({ kind: 'failed', problem: broken }), /only what.*Try again later/);
});
