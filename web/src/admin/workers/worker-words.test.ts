import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Worker } from '../api';
import { named, summary } from './worker-words';

const worker = (index: number, kind: Worker['kind']): Worker => ({
  index,
  kind,
  state: 'idle',
  jobId: null,
  repositoryId: null,
  version: null,
});

test('each kind of worker is counted from one', () => {
  const workers = [worker(0, 'index'), worker(1, 'index'), worker(2, 'embed')];
  assert.deepEqual(
    named(workers).map(({ name }) => name),
    ['Indexer 1', 'Indexer 2', 'Embedder 1'],
  );
});

test('the summary says how many of all are at work', () => {
  assert.equal(summary({ total: 4, active: 1, idle: 3, workers: [] }), '1 of 4 at work');
  assert.equal(summary({ total: 0, active: 0, idle: 0, workers: [] }), 'none');
});
