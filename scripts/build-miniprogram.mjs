// node scripts/build-miniprogram.mjs weapp|h5 [--if-stale]: Taro's own command line, run from miniprogram/.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const target = process.argv[2];
if (target !== 'weapp' && target !== 'h5')
  throw new Error('usage: build-miniprogram.mjs weapp|h5 [--if-stale]');
const stamp = path.join(root, 'dist', `.${target}-built`);

function newest(place) {
  const stat = statSync(place);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(place).map((name) => newest(path.join(place, name))));
}

function isFresh() {
  if (!existsSync(stamp)) return false;
  const sources = ['miniprogram', 'shared', 'package.json'].map((name) => newest(path.join(root, name)));
  return statSync(stamp).mtimeMs > Math.max(...sources);
}

if (!(process.argv.includes('--if-stale') && isFresh())) {
  rmSync(path.join(root, 'dist', target), { recursive: true, force: true });
  const taro = path.join(root, 'node_modules/@tarojs/cli/bin/taro');
  const { status } = spawnSync(
    process.execPath,
    [taro, 'build', '--type', target, '--disable-global-config'],
    {
      cwd: path.join(root, 'miniprogram'),
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, new Date().toISOString());
}
