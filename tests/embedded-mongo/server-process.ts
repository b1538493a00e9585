import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';

const root = path.resolve(__dirname, '../..');

/** Bundles the server alone, as scripts/build-server.mjs bundles everything. @returns the program's file */
export function buildServerProgram(folder: string): string {
  const outfile = path.join(folder, 'embedded-mongo.js');
  // Not `build`: its helper process outlives the test.
  buildSync({
    entryPoints: [path.join(root, 'server/embedded-mongo/main.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  });
  return outfile;
}

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly uri: string;
  readonly exited: Promise<{ code: number | null; stderr: string }>;
}

/** Starts the program on a folder. @throws Error with its exit code and words if it does not get ready */
export async function startServerProcess(
  program: string,
  dataDir: string,
  env: NodeJS.ProcessEnv = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [program, '--data', dataDir], {
    env: { ...process.env, NODE_PATH: path.join(root, 'node_modules'), NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const exited = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stderr }));
  });
  const ready = new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  const line = await Promise.race([ready, exited]);
  if (typeof line !== 'string') throw new Error(`exit code ${line.code}: ${line.stderr}`);
  const { uri } = JSON.parse(line) as { uri: string };
  return { child, uri, exited };
}
