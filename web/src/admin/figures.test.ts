import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesWords, percentOf } from './figures';

test('bytes keep three digits', () => {
  assert.deepEqual([0, 999, 1_000, 12_345, 999_999, 1_400_000_000, 5e15].map(bytesWords), [
    '0 B',
    '999 B',
    '1.0 KB',
    '12.3 KB',
    '1.0 MB',
    '1.4 GB',
    '5000 TB',
  ]);
});

test('nothing is called complete before it is', () => {
  assert.equal(percentOf(999, 1_000), 99);
  assert.equal(percentOf(1, 100_000), 1);
  assert.equal(percentOf(0, 10), 0);
  assert.equal(percentOf(10, 10), 100);
  assert.equal(percentOf(0, 0), 100);
});
