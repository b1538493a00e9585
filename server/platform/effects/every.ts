import { inScope } from '../crash-points';
import type { Log } from '../log';
import type { Metrics } from '../metrics';

export interface Repeating {
  /** Stops and waits for a run under way. */
  stop(): Promise<void>;
  /** Runs now (after a run under way) and answers when it is through. */
  now(): Promise<void>;
}

/**
 * Runs `work` again and again, `pauseMs` (of this machine's time, not of the demo clock's) after it last ended.
 * A failed run is logged and does not end the series.
 *
 * @param work is told how to learn that it should come to an end
 */
export function every(
  pauseMs: number,
  name: string,
  { log, metrics }: { log: Log; metrics: Metrics },
  work: (isStopped: () => boolean) => Promise<unknown>,
): Repeating {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const run = () => {
    clearTimeout(timer);
    running = running.then(async () => {
      if (stopped) return;
      const begun = performance.now();
      let ok = true;
      try {
        await inScope(`job ${name}`, () => work(() => stopped));
      } catch (error) {
        ok = false;
        log.error({ err: error, job: name }, 'job failed');
      }
      metrics.job({ job: name, ok, seconds: (performance.now() - begun) / 1000 });
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(run, pauseMs);
    });
    return running;
  };
  timer = setTimeout(run, pauseMs);

  return {
    now: run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
