import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arrivals } from './arrivals';
import type { Message } from './messages';

const row = (position: number | null, author = 'ada') =>
  ({ position, author, body: `text ${position}` }) as Message;
const nameOf = (author: string) => author.toUpperCase();

test('what is there when a timeline opens has not arrived', () => {
  const arrivals = new Arrivals();
  arrivals.take([row(1), row(2)], 'me', true, nameOf);
  assert.equal(arrivals.waiting, 0);
  assert.equal(arrivals.words, '');
});

test('messages of others wait while the reader is away, own ones never do', () => {
  const arrivals = new Arrivals();
  arrivals.take([row(1)], 'me', false, nameOf);
  arrivals.take([row(1), row(2), row(3, 'me'), row(null, 'me')], 'me', true, nameOf);
  assert.equal(arrivals.waiting, 1);
  assert.equal(arrivals.words, 'ADA: text 2');
  arrivals.seen();
  assert.equal(arrivals.waiting, 0);
});

test('many at once are counted, not read out', () => {
  const arrivals = new Arrivals();
  arrivals.take([row(1)], 'me', false, nameOf);
  arrivals.take(
    [1, 2, 3, 4, 5].map((position) => row(position)),
    'me',
    false,
    nameOf,
  );
  assert.equal(arrivals.words, '4 new messages');
});
