import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyCommand } from './keys';
import type { Message } from './messages';

const MINE = { author: 'me', deleted: 0 } as Message;
const OTHERS = { author: 'ada', deleted: 0 } as Message;
const READER = { me: 'me', writable: true, moderator: false, thread: null };

test('only the author edits, and only authors and owners delete', () => {
  assert.equal(keyCommand('e', false, MINE, READER), 'edit');
  assert.equal(keyCommand('e', false, OTHERS, READER), 'nothing');
  assert.equal(keyCommand('Delete', false, OTHERS, READER), 'nothing');
  assert.equal(keyCommand('Delete', false, OTHERS, { ...READER, moderator: true }), 'delete');
});

test('a button in a message keeps its keys, but the ways to other messages stay open', () => {
  assert.equal(keyCommand('Enter', true, MINE, READER), undefined);
  assert.equal(keyCommand('ArrowDown', true, MINE, READER), 'after');
});

test('a thread has no threads, and readers change nothing', () => {
  assert.equal(keyCommand('r', false, MINE, { ...READER, thread: 'root' }), 'nothing');
  assert.equal(keyCommand('+', false, MINE, { ...READER, writable: false }), 'nothing');
  assert.equal(keyCommand('c', false, MINE, { ...READER, writable: false }), 'text');
});

test('other keys are left alone', () => {
  assert.equal(keyCommand('x', false, MINE, READER), undefined);
});
