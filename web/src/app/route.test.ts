import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRoute, routeHash, type Route } from './route';

test('a route survives the way into the address and back', () => {
  const routes: Route[] = [
    {},
    { space: 's' },
    { space: 's', channel: 'c' },
    { space: 's', channel: 'c', message: 'm' },
    { space: 's', channel: 'c', thread: 't' },
    { space: 's', channel: 'c', thread: 't', message: 'm' },
    { space: 's', channel: 'c', details: true },
    { space: 't', channel: 'm', thread: 't', message: 'details' },
  ];
  for (const route of routes) assert.deepEqual(parseRoute(routeHash(route)), route);
});

test('a broken address leads to the start, never to an error', () => {
  assert.deepEqual(parseRoute('#/%E0%A4%A'), {});
  assert.deepEqual(parseRoute('#setup'), { space: 'setup' });
  assert.deepEqual(parseRoute('#/s/c/t'), { space: 's', channel: 'c' });
});
