// npm run measure:h5 [-- --as-built]: how soon the h5 home page is usable on a slow phone and a slow network.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildServer } from './build-server.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
// Two folders below the root, as the source is: it looks for dist/server from where it stands.
const outfile = path.join(root, 'dist/tools/measure-h5.js');
const run = (file, args) => {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

await buildServer();
if (!process.argv.includes('--as-built')) run('scripts/build-miniprogram.mjs', ['h5', '--if-stale']);
await build({
  entryPoints: [path.join(root, 'tests/measure/main.ts')],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
});
run(outfile, []);
