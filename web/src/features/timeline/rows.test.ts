import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from './messages';
import { places } from './rows';

const NOON = new Date(2026, 0, 5, 12).getTime();
const MINUTE = 60_000;

function row(position: number, author: string, at: number, more: Partial<Message> = {}): Message {
  return { id: `m${position}`, position, author, created_at: at, pinned: 0, ...more } as Message;
}

const READ = { me: 'me', readUpTo: null, atStart: true };

test('messages of one author within five minutes stand under one name', () => {
  const rows = [
    row(1, 'ada', NOON),
    row(2, 'ada', NOON + MINUTE),
    row(3, 'ada', NOON + 7 * MINUTE),
    row(4, 'bob', NOON + 7 * MINUTE),
  ];
  assert.deepEqual(
    places(rows, READ).map(({ compact }) => compact),
    [false, true, false, false],
  );
});

test('a new day begins with its name, even for the same author', () => {
  const beforeMidnight = new Date(2026, 0, 5, 23, 59).getTime();
  const rows = [row(1, 'ada', beforeMidnight), row(2, 'ada', beforeMidnight + 2 * MINUTE)];
  assert.deepEqual(
    places(rows, READ).map(({ newDay, compact }) => [newDay, compact]),
    [
      [true, false],
      [true, false],
    ],
  );
});

test('the line of new messages stands above the first unread one of somebody else', () => {
  const rows = [row(1, 'ada', NOON), row(2, 'me', NOON), row(3, 'ada', NOON), row(4, 'ada', NOON)];
  const marked = places(rows, { me: 'me', readUpTo: 1, atStart: true });
  assert.deepEqual(
    marked.map(({ firstNew }) => firstNew),
    [false, false, true, false],
  );
});

test('no line stands where the place between read and unread is above the rows', () => {
  const rows = [row(8, 'ada', NOON), row(9, 'ada', NOON)];
  const marked = places(rows, { me: 'me', readUpTo: 5, atStart: false });
  assert.ok(marked.every(({ firstNew }) => !firstNew));
});
