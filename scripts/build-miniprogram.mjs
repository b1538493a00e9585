// node scripts/build-miniprogram.mjs weapp|h5 [--if-stale]: Taro's own command line, run from miniprogram/.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compressFolder } from './compress-h5.mjs';
import { inlineFirstScreen } from './first-screen.mjs';
import { checkPackageSizes } from './package-sizes.mjs';

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

/** Taro redraws a progress bar hundreds of times; only what a person should read is passed on. */
function build() {
  const taro = path.join(root, 'node_modules/@tarojs/cli/bin/taro');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--no-deprecation', taro, 'build', '--type', target, '--disable-global-config'],
    {
      cwd: path.join(root, 'miniprogram'),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, NODE_ENV: 'production', FORCE_COLOR: '0' },
    },
  );
  const output = stdout + stderr;
  const hasWarnings = /\bWARNING in\b|\bwarnings? in\b/i.test(output);
  if (status !== 0 || hasWarnings) {
    console.error(output);
    throw new Error(status === 0 ? 'the build has warnings' : `taro ended with ${status}`);
  }
}

async function finishH5() {
  const folder = path.join(root, 'dist/h5');
  await inlineFirstScreen(root, folder);
  compressFolder(folder);
}

if (!(process.argv.includes('--if-stale') && isFresh())) {
  const begun = Date.now();
  rmSync(path.join(root, 'dist', target), { recursive: true, force: true });
  build();
  if (target === 'weapp') checkPackageSizes();
  else await finishH5();
  writeFileSync(stamp, new Date().toISOString());
  console.log(`dist/${target} built in ${Math.round((Date.now() - begun) / 1000)} s`);
}
