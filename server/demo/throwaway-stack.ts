import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Stack, type StackOptions, startStack } from './stack';
import { stopWithSignals } from './stop-with-signals';

/**
 * The whole system for one command, in a folder of its own. At the end, be it an error or Ctrl+C, nothing of it is left:
 * no process and no file.
 *
 * @param name of the command, as the folder is called
 */
export async function withThrowawayStack<T>(
  name: string,
  options: Omit<StackOptions, 'dataDir' | 'builtDir'>,
  use: (stack: Stack) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), `tucai-${name}-`));
  const sweep = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const starting = startStack({
      onLog: (process, line) => console.error(`[${process}] ${line}`),
      ...options,
      dataDir,
      builtDir: path.resolve(__dirname, '..'),
    });
    stopWithSignals(starting, { isTask: true, sweep });
    const stack = await starting;
    return await use(stack).finally(stack.stop);
  } finally {
    sweep();
  }
}
