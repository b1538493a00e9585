import os from 'node:os';
import type { Stack } from './stack';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type StopSignal = (typeof SIGNALS)[number];

/**
 * Ctrl+C, SIGTERM and a terminal that is shut stop the whole stack before this process ends, also one that is only being
 * started; nothing is left running.
 *
 * @param isTask whether there is an end to come to: cut short, it has not succeeded, and its exit code says by which
 *   signal (128 and its number, as shells have it). What runs until it is stopped ends with 0
 * @param sweep clears up when the stack has stopped
 */
export function stopWithSignals(
  starting: Promise<Pick<Stack, 'stop'>>,
  { isTask = false, sweep }: { isTask?: boolean; sweep?: () => void } = {},
): void {
  let isStopping = false;
  const stop = (signal: StopSignal) => {
    if (isStopping) return;
    isStopping = true;
    starting
      // Ctrl+C reaches every process of the terminal: one that is being started by then ends before it is ready.
      .then((stack) => stack.stop(), nothingToStop)
      .finally(sweep)
      .then(
        () => process.exit(isTask ? 128 + os.constants.signals[signal] : 0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
  };
  for (const signal of SIGNALS) process.on(signal, stop);
}

const nothingToStop = (): void => undefined;
