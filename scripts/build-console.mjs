// node scripts/build-console.mjs [--if-stale]: Vite builds the web console into dist/console.
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stamp = path.join(root, 'dist/.console-built');

function newest(place) {
  const stat = statSync(place);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(place).map((name) => newest(path.join(place, name))));
}

function isFresh() {
  if (!existsSync(stamp)) return false;
  const sources = ['server/console', 'shared', 'package.json'].map((name) => newest(path.join(root, name)));
  return statSync(stamp).mtimeMs > Math.max(...sources);
}

if (!(process.argv.includes('--if-stale') && isFresh())) {
  const begun = Date.now();
  await build({ configFile: path.join(root, 'server/console/vite.config.mjs'), logLevel: 'warn' });
  writeFileSync(stamp, new Date().toISOString());
  console.log(`dist/console built in ${Math.round((Date.now() - begun) / 1000)} s`);
}
