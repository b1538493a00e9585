import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { BUILT } from '../support/stack';

const program = path.join(BUILT, 'embedded-mongo/main.js');

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly uri: string;
  readonly exited: Promise<{ code: number | null; stderr: string }>;
}

/** Starts the program on a folder. @throws Error with its exit code and words if it does not get ready */
export async function startServerProcess(
  dataDir: string,
  env: NodeJS.ProcessEnv = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [program, '--data', dataDir], {
    env: { ...process.env, NODE_ENV: 'test', ...env },
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
