import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemCode } from '../error-code';

interface Holder {
  readonly pid: number;
  /** When that process began, where the system tells: a process id may be used again. */
  readonly started: string | undefined;
}

/**
 * Takes a data folder for this process alone; lmdb itself would let a second server in.
 * @returns how to give it back
 * @throws Error naming the process that holds it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const lock = path.join(folder, 'server.lock');
  const own = path.join(folder, `server.lock.${process.pid}`);
  const holder: Holder = { pid: process.pid, started: startOf(process.pid) };
  writeFileSync(own, JSON.stringify(holder));
  try {
    while (!linked(own, lock)) clearStale(folder, lock);
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(lock, { force: true });
}

/** A hard link appears whole or not at all, and never over another. */
function linked(own: string, lock: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function clearStale(folder: string, lock: string): void {
  const holder = readHolder(lock);
  if (!holder) return;
  if (isAlive(holder)) throw new Error(`the data folder ${folder} is in use by process ${holder.pid}`);
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  rmSync(aside, { force: true });
}

function readHolder(lock: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(readFileSync(lock, 'utf8')) as Holder;
    return { pid, started };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new Error(`the lock ${lock} cannot be read; remove it if no server runs on this folder`, {
      cause: error,
    });
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
    if (systemCode(error) !== 'EPERM') throw error;
  }
  return started === undefined || started === startOf(pid);
}

/** Linux keeps the start time as the 22nd field of /proc/PID/stat, after a name that may hold spaces. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
