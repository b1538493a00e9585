// npm start -- [--fresh] [--students N] [--port N]: builds what is stale, then runs the whole system on this machine.
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

if (process.argv.includes('--help')) {
  console.log(`npm start -- [选项]
  --fresh        重新铺设演示数据（原来的演示数据会删除）
  --students N   演示批次的学生人数，1–5334，默认 300；只在重新铺设时起作用
  --port N       从哪个端口打开，默认 8080；0 表示任选一个空闲的`);
  process.exit(0);
}

console.log('正在构建（第一次约一分钟）…');
await buildServer();
run('scripts/build-miniprogram.mjs', 'h5', '--if-stale');
run('scripts/build-console.mjs', '--if-stale');
process.setSourceMapsEnabled(true);
createRequire(import.meta.url)(path.join(root, 'dist/server/start.js'));
