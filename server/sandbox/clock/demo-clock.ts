import type { Clock } from '../../platform/clock';
import type { Store } from '../store';

export interface ClockReading {
  /** Added to this machine's clock, ms. */
  offsetMs: number;
  /** Grows with each change; followers acknowledge it. */
  seq: number;
}

/** The demo clock: this machine's clock plus an offset that the control API moves. Durable. */
export interface DemoClock extends Clock {
  nowMs(): number;
  reading(): ClockReading;
  /** Moves the clock and tells every listener. */
  moveTo(offsetMs: number): ClockReading;
  onMove(listener: (reading: ClockReading) => void): () => void;
}

export function openDemoClock(store: Store): DemoClock {
  const table = store.table<ClockReading>('clock');
  const listeners = new Set<(reading: ClockReading) => void>();
  let reading = table.get('reading') ?? { offsetMs: 0, seq: 1 };
  const nowMs = () => Date.now() + reading.offsetMs;

  return {
    now: () => new Date(nowMs()),
    nowMs,
    reading: () => reading,
    moveTo(offsetMs) {
      reading = { offsetMs, seq: reading.seq + 1 };
      store.write(() => table.put('reading', reading));
      for (const listener of listeners) listener(reading);
      return reading;
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
