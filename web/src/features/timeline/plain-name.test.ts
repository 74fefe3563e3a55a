import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainName } from './plain-name';

test('imported nicks stand as they were, the server has a name', () => {
  assert.equal(plainName('import:jdub'), 'jdub');
  assert.equal(plainName('system'), 'Tidemark');
  assert.equal(plainName('ada'), 'ada');
});
