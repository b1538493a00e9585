import type { ServerResponse } from 'node:http';
import type { ClockReading, DemoClock } from './demo-clock';

interface Follower {
  response: ServerResponse;
  acknowledged: number;
}

/** The processes that hold a stream of the clock's readings open. */
export interface Followers {
  connect(name: string, response: ServerResponse): void;
  acknowledge(name: string, seq: number): void;
  /** Resolves with the names that stayed silent once all have seen `seq`, or after `patienceMs`. */
  haveSeen(seq: number, patienceMs: number): Promise<string[]>;
}

export function openFollowers(clock: DemoClock): Followers {
  const connected = new Map<string, Follower>();
  let waiting: Array<() => void> = [];

  const wake = () => {
    const due = waiting;
    waiting = [];
    for (const check of due) check();
  };
  const behind = (seq: number) =>
    [...connected].filter(([, follower]) => follower.acknowledged < seq).map(([name]) => name);

  clock.onMove((reading) => {
    for (const { response } of connected.values()) push(response, reading);
  });

  return {
    connect(name, response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      connected.set(name, { response, acknowledged: 0 });
      response.on('close', () => {
        if (connected.get(name)?.response === response) connected.delete(name);
        wake();
      });
      push(response, clock.reading());
    },
    acknowledge(name, seq) {
      const follower = connected.get(name);
      if (!follower) return;
      follower.acknowledged = Math.max(follower.acknowledged, seq);
      wake();
    },
    haveSeen(seq, patienceMs) {
      return new Promise((resolve) => {
        const timeout = setTimeout(() => resolve(behind(seq)), patienceMs);
        const check = () => {
          if (behind(seq).length > 0) {
            waiting.push(check);
            return;
          }
          clearTimeout(timeout);
          resolve([]);
        };
        check();
      });
    },
  };
}

function push(response: ServerResponse, reading: ClockReading): void {
  response.write(`data: ${JSON.stringify(reading)}\n\n`);
}
