import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type http from 'node:http';
import type { MongoClient } from 'mongodb';

/** Where the process ends: at the `step`-th thing (from 1) that leaves it within `scope`, before or after its effect. */
export interface CrashPoint {
  /** "POST /api/me/bookings" for a request, "job effects" for a job */
  scope: string;
  /** 0 only counts. */
  step: number;
  when: 'before' | 'after';
}

interface Scope {
  name: string;
}

const WRITES: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'findAndModify']);

const scopes = new AsyncLocalStorage<Scope>();
/** What has left this process within the armed scope, in order. */
let seen: string[] = [];
let armed: CrashPoint | null = null;
let watching = false;

/**
 * For crash tests only (CRASH_POINTS=on, which production refuses). From now on every database write and every call to
 * the outside is seen before it leaves this process and again when its answer is here.
 *
 * @param client connected with `monitorCommands`
 */
export function watchCrashPoints(client: MongoClient): void {
  watching = true;
  const writes = new Map<number, number>();
  client.on('commandStarted', ({ requestId, commandName, command }) => {
    if (!WRITES.has(commandName)) return;
    const step = reach(`${commandName} ${String(command[commandName])}`);
    if (step) writes.set(requestId, step);
  });
  const answered = ({ requestId }: { requestId: number }) => {
    leave(writes.get(requestId));
    writes.delete(requestId);
  };
  client.on('commandSucceeded', answered);
  client.on('commandFailed', answered);
  watchCalls();
}

/** undici and node:http both tell of every request; the caller's scope is known only when it begins. */
function watchCalls(): void {
  const calls = new WeakMap<object, number>();
  const begin = (request: object, what: string) => {
    const step = reach(what);
    if (step) calls.set(request, step);
  };
  subscribe('undici:request:create', (message) => {
    const { request } = message as { request: { method: string; path: string } };
    begin(request, `${request.method} ${request.path}`);
  });
  subscribe('undici:request:headers', (message) => {
    const { request } = message as { request: object };
    leave(calls.get(request));
  });
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { request: http.ClientRequest };
    begin(request, `${request.method} ${request.path}`);
  });
  subscribe('http.client.response.finish', (message) => {
    const { request } = message as { request: http.ClientRequest };
    leave(calls.get(request));
  });
}

/** What happens in `work` counts as the scope's. Without CRASH_POINTS it is `work` alone. */
export function inScope<T>(name: string, work: () => Promise<T>): Promise<T> {
  return watching ? scopes.run({ name }, work) : work();
}

export function armCrashPoint(point: CrashPoint): void {
  armed = point;
  seen = [];
}

export const seenSteps = (): readonly string[] => seen;

/** @returns its number within the armed scope, from 1; undefined for another scope's */
function reach(what: string): number | undefined {
  if (!armed || scopes.getStore()?.name !== armed.scope) return undefined;
  seen.push(what);
  if (armed.when === 'before' && armed.step === seen.length) die();
  return seen.length;
}

function leave(step: number | undefined): void {
  if (armed && step !== undefined && armed.when === 'after' && armed.step === step) die();
}

/** No handler runs, nothing is flushed: like a lost machine. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
