import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type http from 'node:http';
import type { MongoClient } from 'mongodb';

/** Where the process ends: at the `step`-th thing (from 1) with an effect outside, within `scope`, before or after it. */
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
  const writes = new Map<number, string>();
  client.on('commandStarted', ({ requestId, commandName, command }) => {
    if (WRITES.has(commandName) && isArmedScope())
      writes.set(requestId, begin(`${commandName} ${String(command[commandName])}`));
  });
  client.on('commandSucceeded', ({ requestId, reply }) => {
    const what = writes.get(requestId);
    writes.delete(requestId);
    // A compare-and-set that found nothing has changed nothing: looking for due effects is no step.
    if (what && (reply as { value?: unknown }).value !== null) end(what);
  });
  client.on('commandFailed', ({ requestId }) => writes.delete(requestId));
  watchCalls();
}

/** undici and node:http both tell of every request; the caller's scope is known only when it begins. */
function watchCalls(): void {
  const calls = new WeakMap<object, string>();
  const sent = (request: { method: string; path: string }) => {
    if (isArmedScope()) calls.set(request, begin(`${request.method} ${request.path}`));
  };
  const answered = (request: object) => {
    const what = calls.get(request);
    if (what) end(what);
  };
  subscribe('undici:request:create', (message) =>
    sent((message as { request: { method: string; path: string } }).request),
  );
  subscribe('undici:request:headers', (message) => answered((message as { request: object }).request));
  subscribe('http.client.request.start', (message) =>
    sent((message as { request: http.ClientRequest }).request),
  );
  subscribe('http.client.response.finish', (message) =>
    answered((message as { request: http.ClientRequest }).request),
  );
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

const isArmedScope = (): boolean => armed !== null && scopes.getStore()?.name === armed.scope;

/**
 * Something is about to leave this process: the next step, unless it turns out to change nothing. Of steps that leave at
 * the same moment the later ones have no "before" of their own: the process ends before whatever follows them.
 */
function begin(what: string): string {
  if (armed?.when === 'before' && armed.step > 0 && armed.step <= seen.length + 1) die();
  return what;
}

/** It has taken effect on the other side. */
function end(what: string): void {
  seen.push(what);
  if (armed?.when === 'after' && armed.step === seen.length) die();
}

/** No handler runs, nothing is flushed: like a lost machine. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
