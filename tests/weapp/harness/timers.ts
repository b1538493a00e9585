const started = new Set<NodeJS.Timeout>();

/** From here on every timer is noted, so that `stopTimers` can do what a phone does to the timers of an app it kills. */
export function noteTimers(): void {
  const { setTimeout, setInterval } = globalThis;
  Object.assign(globalThis, { setTimeout: noting(setTimeout), setInterval: noting(setInterval) });
}

/** None may fire into the next test or outlive the last one. */
export function stopTimers(): void {
  for (const timer of started) clearTimeout(timer);
  started.clear();
}

const noting =
  <A extends unknown[]>(start: (...args: A) => NodeJS.Timeout) =>
  (...args: A): NodeJS.Timeout => {
    const timer = start(...args);
    started.add(timer);
    return timer;
  };
