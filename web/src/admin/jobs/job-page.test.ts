import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '../api';
import { EVERYTHING, type Filters } from './filters';
import { fromAnswer, withUpdate, type JobPage } from './job-page';
import { sampleJob } from './sample';

const SMALL: Filters = { ...EVERYTHING, pageSize: 10 };

/** A page with jobs created at the given times, of a total. */
function page(times: readonly number[], total: number, filters = SMALL): JobPage {
  const jobs = times.map((at) => made(at));
  return fromAnswer({ jobs, total, page: filters.page, pageSize: filters.pageSize }, filters, []);
}

const made = (at: number, fields: Partial<Job> = {}) =>
  sampleJob({ id: `j${at}`, createdAt: at, ...fields });

const ids = ({ jobs }: JobPage) => jobs.map(({ id }) => id);
const tenFrom = (first: number) => Array.from({ length: 10 }, (_, at) => first - at);

test('progress changes only its own row', () => {
  const before = page([3, 2, 1], 3);
  const after = withUpdate(before, SMALL, made(2, { progress: 40, status: 'running' }));
  assert.equal(after.jobs[1]?.progress, 40);
  assert.equal(after.jobs[0], before.jobs[0]);
  assert.equal(after.total, 3);
  assert.equal(after.stale, false);
});

test('a new job comes first on the first page and counts', () => {
  const after = withUpdate(page([2, 1], 2), SMALL, made(3));
  assert.deepEqual(ids(after), ['j3', 'j2', 'j1']);
  assert.equal(after.total, 3);
  assert.equal(after.stale, false);
});

test('of jobs made in the same millisecond the later one stands first', () => {
  const first = withUpdate(page([], 0), SMALL, sampleJob({ id: 'a', createdAt: 5 }));
  assert.deepEqual(ids(withUpdate(first, SMALL, sampleJob({ id: 'b', createdAt: 5 }))), ['b', 'a']);
});

test('a full first page pushes its last row out, whose progress is then none of its business', () => {
  const pushed = withUpdate(page(tenFrom(20), 30), SMALL, made(21));
  assert.equal(pushed.jobs.length, 10);
  assert.equal(pushed.total, 31);
  assert.equal(withUpdate(pushed, SMALL, made(11, { progress: 5 })), pushed);
});

test('a job that the filters no longer let through goes, and what follows is asked for', () => {
  const queued: Filters = { ...SMALL, states: ['queued'] };
  const alone = withUpdate(page([2, 1], 2, queued), queued, made(2, { status: 'running' }));
  assert.deepEqual(ids(alone), ['j1']);
  assert.equal(alone.total, 1);
  assert.equal(alone.stale, false);
  const more = withUpdate(page(tenFrom(20), 30, queued), queued, made(20, { status: 'done' }));
  assert.equal(more.stale, true);
});

test('a job that comes to match stands where its age puts it', () => {
  const running: Filters = { ...SMALL, states: ['running'] };
  const after = withUpdate(page([9, 3], 2, running), running, made(5, { status: 'running' }));
  assert.deepEqual(ids(after), ['j9', 'j5', 'j3']);
});

test('a job seen before it matched is put in without asking', () => {
  const running: Filters = { ...SMALL, states: ['running'] };
  const seen = { ...withUpdate(page([3], 1, running), running, made(5)), stale: false };
  const after = withUpdate(seen, running, made(5, { status: 'running' }));
  assert.deepEqual(ids(after), ['j5', 'j3']);
  assert.equal(after.stale, false);
  const gone = withUpdate(after, running, made(5, { status: 'done', progress: 99 }));
  assert.equal(withUpdate(gone, running, made(5, { status: 'done', progress: 100 })), gone);
});

test('the progress of a job on another page asks the server once', () => {
  const first = page(tenFrom(20), 30);
  const told = withUpdate(first, SMALL, made(1, { status: 'running', progress: 1 }));
  assert.equal(told.stale, true);
  const asked = fromAnswer({ jobs: first.jobs, total: 30, page: 1, pageSize: 10 }, SMALL, [], told);
  assert.equal(withUpdate(asked, SMALL, made(1, { status: 'running', progress: 2 })), asked);
  assert.equal(withUpdate(asked, SMALL, made(1, { status: 'done' })).stale, false);
});

test('on later pages a new job makes the page stale but moves nothing', () => {
  const second: Filters = { ...SMALL, page: 2 };
  const after = withUpdate(page(tenFrom(10), 20, second), second, made(99));
  assert.deepEqual(ids(after), ids(page(tenFrom(10), 20, second)));
  assert.equal(after.stale, true);
});

test('jobs of other libraries are no reason to ask', () => {
  const charts: Filters = { ...SMALL, repository: 'harbour' };
  const before = page([1], 1, charts);
  const after = withUpdate(before, charts, made(2, { repositoryId: 'other' }));
  assert.equal(after.stale, false);
  assert.deepEqual(ids(after), ['j1']);
});

test('updates that came while the server was asked are not lost', () => {
  const answer = { jobs: [made(1)], total: 1, page: 1, pageSize: 10 };
  const after = fromAnswer(answer, SMALL, [made(1, { status: 'done' }), made(2)]);
  assert.deepEqual(
    after.jobs.map(({ id, status }) => [id, status]),
    [
      ['j2', 'queued'],
      ['j1', 'done'],
    ],
  );
  assert.equal(after.total, 2);
});
