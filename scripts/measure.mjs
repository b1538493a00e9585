// npm run measure:h5 [-- --as-built]: how soon the phone's home page is usable on a slow phone and a slow network.
// npm run measure:console [-- --as-built] [--students N]: how quick the console is with 10,000 students.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildServer } from './build-server.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [what, ...rest] = process.argv.slice(2);
const BUILDS = { h5: ['scripts/build-miniprogram.mjs', 'h5'], console: ['scripts/build-console.mjs'] };
if (!(what in BUILDS)) throw new Error(`measure ${Object.keys(BUILDS).join(' or ')}, not ${what}`);
// Two folders below the root, as the source is: it looks for dist/server from where it stands.
const outfile = path.join(root, `dist/tools/measure-${what}.js`);
const run = (file, ...args) => {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

await buildServer();
if (!rest.includes('--as-built')) run(...BUILDS[what], '--if-stale');
await build({
  entryPoints: [path.join(root, `tests/measure/${what}.ts`)],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
});
run(outfile, ...rest.filter((argument) => argument !== '--as-built'));
