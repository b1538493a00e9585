import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTool, WrongUse, wholeNumber } from '../cli/tool/run-tool';
import { startStack } from '../demo/stack';
import { stopWithSignals } from '../demo/stop-with-signals';
import { finance } from './finance';
import { office } from './office';
import { staff } from './staff';
import { student } from './student';
import { cardText, type Tryout } from './tryout';

const ROOT = path.resolve(__dirname, '../../..');

/** Everybody's task, by the name after `npm run tryout --`. */
const TRYOUTS: Readonly<Record<string, Tryout>> = { finance, office, staff, student };

/** Begins anew in a folder of its own (the demo of `npm start` stays as it is), prints the task card, runs until Ctrl+C. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string', default: '8080' } },
  });
  const [name = ''] = positionals;
  const tryout = TRYOUTS[name];
  if (!tryout) throw new WrongUse(name === '' ? '要做哪个任务？' : `没有“${name}”这个任务。`);
  const port = wholeNumber('--port', values.port, 0, 65_535);

  const dataDir = path.join(ROOT, '.data', `tryout-${name}`);
  rmSync(dataDir, { recursive: true, force: true });
  const starting = startStack({
    dataDir,
    builtDir: path.join(ROOT, 'dist/server'),
    apis: 1,
    ...(port > 0 ? { apiPort: port } : {}),
    env: { STATIC_H5: path.join(ROOT, 'dist/h5'), STATIC_CONSOLE: path.join(ROOT, 'dist/console') },
    onLog: (process, line) => console.error(`[${process}] ${line}`),
  });
  stopWithSignals(starting);
  const stack = await starting;
  try {
    const card = await tryout.prepare(stack);
    const desk = path.join(dataDir, 'desk');
    mkdirSync(desk);
    for (const { fileName, content } of card.papers ?? []) writeFileSync(path.join(desk, fileName), content);
    console.log(cardText(tryout.title, card, desk));
    console.log('停止：Ctrl+C。再运行一次同样的命令，一切重新开始。\n');
    if (tryout.meanwhile) console.log(await tryout.meanwhile(stack));
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

const USAGE = [
  'npm run tryout -- TASK [--port 8080]',
  ...Object.entries(TRYOUTS).map(([name, { title }]) => `  npm run tryout -- ${name}   ${title}`),
].join('\n');

void runTool({ usage: USAGE, run: main });
