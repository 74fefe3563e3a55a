// Installs the packages of the lockfile, only when the lockfile is not the one installed last time.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

const stamp = 'node_modules/.tidemark-lock';
const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log('web: installing packages from package-lock.json');
  // Scripts of packages never run: nothing here needs them, and they are the usual way to be attacked.
  const npm = spawnSync(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { stdio: 'inherit', shell: process.platform === 'win32' },
  );
  if (npm.status !== 0) {
    console.error(
      'web: npm ci failed; is npm installed (it comes with Node 20) and a registry reachable?',
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
