import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxClient } from '../demo/sandbox-client';
import type { Harbour } from './harbour';
import { FAULT_CLASSES, type FaultClass, type Scheduled, type Strike } from './schedule';

export type FaultCounts = Record<FaultClass, number>;

export interface Struck {
  faults: FaultCounts;
  kills: number;
}

interface Parts {
  harbour: Harbour;
  sandbox: SandboxClient;
  /** Once aborted, nothing strikes any more. */
  over: AbortSignal;
  /** Told of every strike at its moment. */
  tell: (scheduled: Scheduled) => void;
}

/**
 * Carries the schedule out, each strike at its moment.
 *
 * @returns what really struck
 * @throws what kept a strike from being carried out: a storm without it would prove less than it says
 */
export async function strikeBySchedule(schedule: readonly Scheduled[], parts: Parts): Promise<Struck> {
  const begun = performance.now();
  const planted = new Map<string, FaultClass>();
  const done: FaultCounts = Object.fromEntries(FAULT_CLASSES.map((kind) => [kind, 0])) as FaultCounts;
  let kills = 0;
  const underWay: Promise<void>[] = [];
  const failures: unknown[] = [];
  for (const scheduled of schedule) {
    await sleep(Math.max(0, begun + scheduled.atMs - performance.now()));
    if (failures.length > 0 || parts.over.aborted) break;
    parts.tell(scheduled);
    underWay.push(
      carryOut(scheduled, parts, planted)
        .then((struck) => {
          if (!struck) return;
          if (scheduled.class === 'kill') kills += 1;
          else done[scheduled.class] += 1;
        })
        .catch((cause: unknown) => void failures.push(cause)),
    );
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
  for (const { id, hits } of await parts.sandbox.ask<{ id: string; hits: number }[]>('GET', '/faults')) {
    const kind = planted.get(id);
    if (kind) done[kind] += hits;
  }
  return { faults: done, kills };
}

/** @returns whether it struck; one planted at the sandbox counts when it finds its request */
async function carryOut(
  strike: Strike,
  { harbour, sandbox }: Parts,
  planted: Map<string, FaultClass>,
): Promise<boolean> {
  switch (strike.class) {
    case 'kill':
      await harbour.kill(strike.api);
      return true;
    case 'database-cut':
      return (await harbour.cutDatabase(strike.api)) > 0;
    case 'clock-jump-shared':
      await sandbox.ask('POST', '/clock', { advanceMs: strike.jumpMs, allowBackwards: true });
      return true;
    case 'clock-jump-single':
      harbour.skewClock(strike.api, strike.skewMs);
      await sleep(strike.lastsMs);
      harbour.skewClock(strike.api, 0);
      return true;
    default: {
      const { id } = await sandbox.ask<{ id: string }>('POST', '/faults', strike.fault);
      planted.set(id, strike.class);
      return false;
    }
  }
}
