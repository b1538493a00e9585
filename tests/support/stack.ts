import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Stack, type StackOptions, startStack } from '../../server/demo/stack';

export { eventually } from '../../server/demo/eventually';

export const BUILT = path.resolve(__dirname, '../../dist/server');

/** The whole system in a folder of its own, which goes with it. */
export async function startTestStack(options: Partial<StackOptions> = {}): Promise<Stack> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'tucai-'));
  const stack = await startStack({
    dataDir,
    builtDir: BUILT,
    apis: 1,
    onLog: (name, line) => {
      if (process.env.SHOW_LOGS) console.error(`[${name}] ${line}`);
    },
    ...options,
  });
  return {
    ...stack,
    async stop() {
      await stack.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
