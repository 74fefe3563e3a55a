import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EVERYTHING,
  filtersToQuery,
  filtersToSearch,
  matches,
  pagesOf,
  parseFilters,
  type Filters,
} from './filters';
import { sampleJob } from './sample';

test('filters survive the way into the address and back', () => {
  const all: Filters[] = [
    EVERYTHING,
    { ...EVERYTHING, repository: 'facebook-react' },
    { ...EVERYTHING, repository: 'a&b=c d%/ü' },
    { ...EVERYTHING, states: ['queued', 'running'] },
    { repository: 'x', states: ['failed'], page: 7, pageSize: 10 },
  ];
  for (const filters of all) assert.deepEqual(parseFilters(filtersToSearch(filters)), filters);
});

test('showing everything leaves no trace in the address', () => {
  assert.equal(filtersToSearch(EVERYTHING), '');
});

test('the address stays readable', () => {
  const filters: Filters = { ...EVERYTHING, repository: 'fa', states: ['queued', 'done'], page: 2 };
  assert.equal(filtersToSearch(filters), '?repo=fa&status=queued,done&page=2');
});

test('what cannot be understood is ignored', () => {
  assert.deepEqual(parseFilters('?status=asleep,done,&page=-3&size=7&other=1'), {
    ...EVERYTHING,
    states: ['done'],
  });
  assert.equal(parseFilters('?page=1e99').page, 1);
  assert.equal(parseFilters('?page=2.5').page, 1);
  assert.equal(parseFilters(`?repo=${'x'.repeat(1000)}`).repository.length, 64);
});

test('the server is asked with its own names', () => {
  assert.equal(filtersToQuery(EVERYTHING), 'page=1&pageSize=50');
  assert.equal(
    filtersToQuery({ repository: 'a b', states: ['paused', 'done'], page: 3, pageSize: 10 }),
    'page=3&pageSize=10&repositoryId=a+b&status=paused%2Cdone',
  );
});

test('a job matches by the beginning of its library and by any of the states', () => {
  const job = sampleJob({ repositoryId: 'facebook-react', status: 'running' });
  assert.ok(matches(EVERYTHING, job));
  assert.ok(matches({ ...EVERYTHING, repository: 'facebook' }, job));
  assert.ok(!matches({ ...EVERYTHING, repository: 'react' }, job));
  assert.ok(matches({ ...EVERYTHING, states: ['queued', 'running'] }, job));
  assert.ok(!matches({ ...EVERYTHING, states: ['queued'] }, job));
});

test('a library is found by its address as well as by its id', () => {
  const job = sampleJob({ repositoryId: 'facebook-react' });
  for (const repository of ['/facebook', 'Facebook/Re', 'facebook/', '/']) {
    assert.ok(matches({ ...EVERYTHING, repository }, job), repository);
  }
  const filters = { ...EVERYTHING, repository: '/Facebook/react' };
  assert.equal(filtersToQuery(filters), 'page=1&pageSize=50&repositoryId=facebook-react');
  assert.equal(filtersToSearch(filters), '?repo=%2FFacebook%2Freact');
});

test('nothing is one page, and a full page is not two', () => {
  assert.equal(pagesOf(0, 50), 1);
  assert.equal(pagesOf(50, 50), 1);
  assert.equal(pagesOf(51, 50), 2);
});
