import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeness } from './closeness';

test('nearer names score higher', () => {
  assert.equal(closeness('general', 'general'), 4);
  assert.equal(closeness('gen', 'general'), 3);
  assert.equal(closeness('2005', 'ubuntu-2005-02'), 2);
  assert.equal(closeness('ub05', 'ubuntu-2005-02'), 1);
  assert.equal(closeness('xyz', 'general'), 0);
});
