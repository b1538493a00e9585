// npm run tryout -- NAME [--port N]: builds what is stale, lays a fresh demo and prints the task card of one role.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildServer } from './build-server.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

await buildServer();
if (process.argv.length > 2) {
  run('scripts/build-miniprogram.mjs', 'h5', '--if-stale');
  run('scripts/build-console.mjs', '--if-stale');
}
process.setSourceMapsEnabled(true);
createRequire(import.meta.url)(path.join(root, 'dist/server/tryout/main.js'));
