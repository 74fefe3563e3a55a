import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Status } from '../../engine/engine';
import { banner, catchingUp, lastingProblem, statusLine } from './status-words';

const calm: Status = {
  role: 'owner',
  owner: 'a',
  epoch: 1,
  online: true,
  pending: 0,
  refused: 0,
  cursor: '',
  standby: false,
  problem: null,
};

test('while all is well there is no banner', () => {
  assert.equal(banner(calm, 0, 0), undefined);
  assert.equal(statusLine(calm, 'a'), 'Connected · database in this tab');
  assert.equal(statusLine(calm, 'b'), 'Connected · database in another tab');
});

test('offline says how many messages will be sent', () => {
  const offline = { ...calm, online: false };
  assert.equal(
    banner(offline, 3, 0)?.text,
    'You are offline. 3 messages will be sent when you are back.',
  );
  assert.equal(
    banner(offline, 1, 2)?.text,
    'You are offline. 1 message and 2 other changes will be sent when you are back.',
  );
});

test('a server that is busy or stopping is told as being offline', () => {
  const stopping = { code: 'too-many', detail: 'Too many streams are open.' };
  const offline = { ...calm, online: false, problem: stopping };
  assert.equal(
    banner(offline, 1, 0)?.text,
    'You are offline. 1 message will be sent when you are back.',
  );
  assert.equal(banner({ ...calm, problem: stopping }, 0, 0), undefined);
  assert.equal(lastingProblem(offline), null);
});

test('a window that stores nothing says so before anything else', () => {
  const memory: Status = { ...calm, role: 'memory', online: false };
  assert.equal(banner(memory, 0, 0)?.tone, 'warning');
  assert.equal(statusLine(memory, 'a'), 'Offline · nothing is stored');
});

test('a long way to catch up is told in percent, a short one not at all', () => {
  assert.equal(catchingUp(100_500, 100_000), undefined);
  assert.match(catchingUp(200_000, 50_000)?.text ?? '', /: 25 %\./);
});

test('a database that does not open is told with what was kept and what helps', () => {
  const problem = { code: 'engine-broken', detail: 'SQLite error 14: unable to open.' };
  const shown = banner({ ...calm, owner: null, online: false, problem }, 0, 0);
  assert.equal(shown?.tone, 'danger');
  assert.match(shown?.text ?? '', /does not open.*Nothing was deleted.*reloading.*error 14/);
});
