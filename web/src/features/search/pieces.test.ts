import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atHighlights, atMarks } from './pieces';

test('highlights count in UTF-16 units', () => {
  assert.deepEqual(atHighlights('a 👍 fog', [[5, 8]]), [
    { text: 'a 👍 ', hit: false },
    { text: 'fog', hit: true },
  ]);
});

test('an excerpt without highlights is one piece, an empty one is none', () => {
  assert.deepEqual(atHighlights('fog', []), [{ text: 'fog', hit: false }]);
  assert.deepEqual(atHighlights('', [[0, 0]]), []);
});

test('highlights that overlap or reach beyond the text are left out and no text is lost', () => {
  const pieces = atHighlights('fog on the bay', [
    [0, 3],
    [2, 6],
    [9, 7],
    [11, 14],
    [12, 99],
  ]);
  assert.equal(pieces.map(({ text }) => text).join(''), 'fog on the bay');
  assert.deepEqual(
    pieces.filter(({ hit }) => hit).map(({ text }) => text),
    ['fog', 'bay'],
  );
});

test('marks of the engine are cut out', () => {
  assert.deepEqual(atMarks('the \u0001boats\u0002 leave'), [
    { text: 'the ', hit: false },
    { text: 'boats', hit: true },
    { text: ' leave', hit: false },
  ]);
  assert.deepEqual(atMarks('\u0001boats\u0002'), [{ text: 'boats', hit: true }]);
});
