import type { Stack } from './stack';

/** Ctrl+C and SIGTERM stop the whole stack before this process ends; nothing is left running. */
export function stopWithSignals(stack: Pick<Stack, 'stop'>): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    stack.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
