// npm run screens -- --help: what there is to say. Pictures of every state of the phone, from the built h5 app and the
// fake API of the tests; or of the console's pages, from a demo on this machine.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { buildServer } from './build-server.mjs';

const USAGE = `npm run screens [-- OPTIONS]              手机的每个状态，写到 docs/screens/
npm run screens -- --console [OPTIONS]    管理后台的每一页，写到 docs/screens/console-*.png

  --only PART[,PART]  只拍名字里有这几个字的
  --width PX[,PX]     宽度（手机 375，后台 1280；后台可以写几个）
  --to FOLDER         写到别的文件夹，不动 docs/screens
  --long              名字都用最长的
  --dark              深色
  手机：--text SCALE  字号放大几倍；--as-built  不重新构建
  后台：--empty       什么都还没填的批次；--paper  打印的样子，写成 PDF`;

const EITHER = {
  help: { type: 'boolean' },
  only: { type: 'string' },
  width: { type: 'string' },
  to: { type: 'string' },
  long: { type: 'boolean' },
  dark: { type: 'boolean' },
};
const CONSOLE = { console: { type: 'boolean' }, empty: { type: 'boolean' }, paper: { type: 'boolean' } };
const PHONE = { text: { type: 'string' }, 'as-built': { type: 'boolean' } };

/** Anything that is not an option of this kind of picture ends here: a slip of the pen would take all pictures anew. */
function asked() {
  const isConsole = process.argv.includes('--console');
  try {
    const { values } = parseArgs({ options: { ...EITHER, ...(isConsole ? CONSOLE : PHONE) } });
    if (values.long && values.empty) throw new Error('--long and --empty exclude each other');
    if (!values.help) return isConsole;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}

const isConsole = asked();
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const outfile = path.join(root, 'dist/tools', isConsole ? 'console-screens.js' : 'screens.js');
const run = (file, args) => {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

if (isConsole) {
  await buildServer();
  run('scripts/build-console.mjs', ['--if-stale']);
} else if (!process.argv.includes('--as-built')) run('scripts/build-miniprogram.mjs', ['h5', '--if-stale']);
await build({
  entryPoints: [path.join(root, 'tests/screens', isConsole ? 'console.ts' : 'main.ts')],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
});
run(outfile, process.argv.slice(2));
