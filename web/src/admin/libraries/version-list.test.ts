import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Library, Version } from '../api';
import { sampleJob } from '../jobs/sample';
import { indexable, newestFirst, withJob, type Unfinished } from './version-list';

const version = (name: string, committedAt: number | null = null): Version => ({
  name,
  commit: 'c0ffee',
  committedAt,
  state: 'discovered',
  files: null,
  snippets: null,
  indexedAt: null,
});

const library = (...names: string[]): Library => ({
  id: 'harbour-charts',
  source: 'https://example.org/harbour/charts',
  title: 'Charts',
  createdAt: 0,
  discoveredAt: 0,
  versions: names.map((name) => version(name)),
});

test('versions stand by date, then by name as people count', () => {
  const versions = [version('v2'), version('old', 1), version('v10'), version('new', 9)];
  assert.deepEqual(
    newestFirst(versions).map(({ name }) => name),
    ['new', 'old', 'v10', 'v2'],
  );
});

test('a version is being worked on from the first word of its job to the last', () => {
  const none: ReadonlyMap<string, Unfinished> = new Map();
  const begun = withJob(none, sampleJob({ id: 'a', status: 'running' }));
  assert.equal(begun.get('harbour-charts')?.get('v1')?.id, 'a');
  const ended = withJob(begun, sampleJob({ id: 'a', status: 'failed' }));
  assert.equal(ended.get('harbour-charts')?.size, 0);
  assert.equal(withJob(begun, sampleJob({ id: 'other', status: 'done' })), begun);
});

test('only known versions that nobody works on can be indexed', () => {
  const unfinished: Unfinished = new Map([['v1', sampleJob({ version: 'v1' })]]);
  const chosen = new Set(['v1', 'v2', 'gone']);
  assert.deepEqual(
    indexable(library('v1', 'v2', 'v3'), chosen, unfinished).map(({ name }) => name),
    ['v2'],
  );
});
