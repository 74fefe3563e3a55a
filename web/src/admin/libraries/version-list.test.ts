import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Library, Version } from '../api';
import { sampleJob } from '../jobs/sample';
import { indexable, isUnderWay, newestFirst, withJob, type Work } from './version-list';

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
  const none: ReadonlyMap<string, Work> = new Map();
  const begun = withJob(none, sampleJob({ id: 'a', status: 'running' }));
  assert.ok(isUnderWay(begun.get('harbour-charts') ?? new Map(), 'v1'));
  const ended = withJob(begun, sampleJob({ id: 'a', status: 'done' }));
  assert.equal(ended.get('harbour-charts')?.size, 0);
  assert.equal(withJob(begun, sampleJob({ id: 'other', status: 'done' })), begun);
  assert.equal(withJob(none, sampleJob({ id: 'a', status: 'done' })), none);
});

test('a failure is remembered until the version is tried again', () => {
  const failed = withJob(new Map(), sampleJob({ id: 'a', status: 'failed' }));
  const work = failed.get('harbour-charts') ?? new Map();
  assert.equal(work.get('v1')?.status, 'failed');
  assert.ok(!isUnderWay(work, 'v1'));
  const again = withJob(failed, sampleJob({ id: 'b', status: 'queued' }));
  assert.ok(isUnderWay(again.get('harbour-charts') ?? new Map(), 'v1'));
});

test('only known versions that nobody works on can be indexed', () => {
  const work: Work = new Map([
    ['v1', sampleJob({ version: 'v1' })],
    ['v2', sampleJob({ version: 'v2', status: 'failed' })],
  ]);
  const chosen = new Set(['v1', 'v2', 'gone']);
  assert.deepEqual(
    indexable(library('v1', 'v2', 'v3'), chosen, work).map(({ name }) => name),
    ['v2'],
  );
});
