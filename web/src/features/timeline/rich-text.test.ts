import assert from 'node:assert/strict';
import { test } from 'node:test';
import { richText } from './rich-text';

test('plain text stays one piece', () => {
  assert.deepEqual(richText('hello * world_ 2*3*4 a_b_c'), [
    { kind: 'text', text: 'hello * world_ 2*3*4 a_b_c' },
  ]);
  assert.deepEqual(richText(''), []);
});

test('code, bold, italic and mentions are found', () => {
  assert.deepEqual(richText('**a** _b_ `c` @d'), [
    { kind: 'bold', text: 'a' },
    { kind: 'text', text: ' ' },
    { kind: 'italic', text: 'b' },
    { kind: 'text', text: ' ' },
    { kind: 'code', text: 'c' },
    { kind: 'text', text: ' ' },
    { kind: 'mention', text: '@d' },
  ]);
});

test('nothing inside code is looked at', () => {
  assert.deepEqual(richText('```\n**a** http://x.y\n```'), [
    { kind: 'block', text: '**a** http://x.y' },
  ]);
});

test('the language beside a fence is no line of the code, and no empty line follows a block', () => {
  assert.deepEqual(richText('so:\n```js\nlet a;\n```\nthat'), [
    { kind: 'text', text: 'so:\n' },
    { kind: 'block', text: 'let a;', language: 'js' },
    { kind: 'text', text: 'that' },
  ]);
  assert.deepEqual(richText('```word\n``` and ```other```'), [
    { kind: 'block', text: 'word' },
    { kind: 'text', text: ' and ' },
    { kind: 'block', text: 'other' },
  ]);
  assert.deepEqual(richText('```two words\nmore```'), [{ kind: 'block', text: 'two words\nmore' }]);
});

test('a sentence ends after its link, a bracket that belongs to the link stays', () => {
  assert.deepEqual(richText('see https://a.b/c?d=e, or (https://a.b/T_(x)).'), [
    { kind: 'text', text: 'see ' },
    { kind: 'link', text: 'https://a.b/c?d=e', href: 'https://a.b/c?d=e' },
    { kind: 'text', text: ', or (' },
    { kind: 'link', text: 'https://a.b/T_(x)', href: 'https://a.b/T_(x)' },
    { kind: 'text', text: ').' },
  ]);
});

test('an address of mail is no mention and other schemes are no links', () => {
  assert.deepEqual(richText('a@b.c javascript:alert(1)'), [
    { kind: 'text', text: 'a@b.c javascript:alert(1)' },
  ]);
});
