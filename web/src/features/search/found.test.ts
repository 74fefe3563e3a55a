import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grouped, type Found, type MessageFound, type SnippetFound } from './found';

const message = (space: string, id: string): MessageFound => ({
  kind: 'message',
  space,
  channel: 'general',
  id,
  thread: null,
  author: 'ada',
  createdAt: 0,
  excerpt: id,
  highlights: [],
});

const snippet = (snippetId: number): SnippetFound => ({
  kind: 'snippet',
  title: null,
  snippetId,
  libraryId: 'harbour/charts',
  version: 'v1.0',
  path: 'docs/a.md',
  line: 1,
  language: null,
  excerpt: '',
  highlights: [],
});

const names = (hits: readonly Found[]) =>
  hits.map((hit) => (hit.kind === 'snippet' ? hit.snippetId : `${hit.space}/${hit.id}`));

test('the kind of the best hit comes first and each keeps the order of the server', () => {
  const results: Found[] = [snippet(2), message('s', 'b'), snippet(1), message('s', 'a')];
  assert.deepEqual(names(grouped(results, [])), [2, 1, 's/b', 's/a']);
});

test('a message that this browser found is not repeated, one of the same id in another space is', () => {
  const found = [message('s', 'a'), snippet(1), message('t', 'a')];
  assert.deepEqual(names(grouped(found, [{ space: 's', id: 'a' }])), [1, 't/a']);
});

test('many of one kind do not crowd out the others', () => {
  const many = Array.from({ length: 40 }, (_, at) => message('s', `m${at}`));
  const hits = grouped([...many, snippet(1)], []);
  assert.equal(hits.length, 9);
  assert.equal(hits.at(-1)?.kind, 'snippet');
});
