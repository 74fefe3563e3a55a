import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SnippetFound } from './found';
import { bodyOf } from './snippet-text';

const hit: SnippetFound = {
  kind: 'snippet',
  title: 'Berth 2',
  snippetId: 7,
  libraryId: 'harbour/charts',
  version: 'v1.0',
  path: 'docs/b.md',
  line: 9,
  language: null,
  excerpt: '…ropes off first…',
  highlights: [[1, 6]],
};

const piece = (path: string, line: number, body: string, title = 'Berth 2') => ({
  path,
  line,
  body,
  title,
});

test('the piece in the same place is the text', () => {
  const pieces = [
    piece('docs/a.md', 9, 'A: ropes off first.'),
    piece('docs/b.md', 9, 'B: ropes off first.'),
  ];
  assert.equal(bodyOf(hit, pieces), 'B: ropes off first.');
});

test('the same text in another file will do, another text will not', () => {
  assert.equal(
    bodyOf(hit, [piece('docs/a.md', 9, 'Now ropes off first!')]),
    'Now ropes off first!',
  );
  assert.equal(bodyOf(hit, [piece('docs/b.md', 9, 'Nobody waits.')]), undefined);
  assert.equal(bodyOf(hit, [piece('docs/b.md', 9, 'Now ropes off first!', 'Berth 3')]), undefined);
});
