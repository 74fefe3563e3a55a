// Runs the bundled unit tests; node's own search for test files differs between versions, so they are named.
import { spawnSync } from 'node:child_process';
import { filesBelow } from './files.mjs';

const files = filesBelow('target/web-tests').filter((file) => file.endsWith('.mjs'));
if (files.length > 0) {
  const tests = spawnSync(process.execPath, ['--test', '--test-reporter=dot', ...files], {
    stdio: 'inherit',
  });
  process.exit(tests.status ?? 1);
}
