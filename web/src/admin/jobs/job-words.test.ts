import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JOB_STATES } from '../api';
import { actionsOf, durationOf, durationWords, progressWords } from './job-words';
import { sampleJob } from './sample';

test('only what has not ended can be stopped, and only what ended badly can be run again', () => {
  const by = Object.fromEntries(JOB_STATES.map((state) => [state, actionsOf(state)]));
  assert.deepEqual(by, {
    queued: ['pause', 'cancel'],
    running: ['pause', 'cancel'],
    paused: ['resume', 'cancel'],
    done: [],
    failed: ['again'],
    cancelled: ['again'],
  });
});

test('progress is told in words that leave out what is nothing', () => {
  assert.equal(progressWords(sampleJob({})), '');
  assert.equal(progressWords(sampleJob({ filesTotal: 400, filesDone: 120 })), '120 of 400 files');
  assert.equal(
    progressWords(
      sampleJob({ filesTotal: 1, filesDone: 1, filesSkipped: 2, snippets: 9, snippetsReused: 4 }),
    ),
    '1 file, 2 skipped, 9 snippets (4 reused)',
  );
});

test('durations keep two units at most', () => {
  assert.equal(durationWords(-5), '0.0 s');
  assert.equal(durationWords(420), '0.4 s');
  assert.equal(durationWords(12_900), '12 s');
  assert.equal(durationWords(185_000), '3 min 05 s');
  assert.equal(durationWords(7_800_000), '2 h 10 min');
});

test('time runs only for what runs', () => {
  assert.equal(durationOf(sampleJob({}), 99), undefined);
  assert.equal(durationOf(sampleJob({ status: 'running', startedAt: 40 }), 99), 59);
  assert.equal(durationOf(sampleJob({ status: 'paused', startedAt: 40 }), 99), undefined);
  assert.equal(durationOf(sampleJob({ status: 'done', startedAt: 40, finishedAt: 50 }), 99), 10);
});
