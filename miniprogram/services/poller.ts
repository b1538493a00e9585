const LONGEST_PAUSE_MS = 60_000;

interface Polling<T> {
  ask(): Promise<T>;
  /** How long until the next question, given the last answer; null stops. */
  pauseMs(answer: T): number | null;
  onAnswer(answer: T): void;
  onProblem(error: unknown): void;
  /** Half of the pause after a failure, while there was no answer yet that names one. */
  usualMs?: number;
}

/**
 * Asks again and again, one question at a time. After failures the pauses double, up to a minute, and each is spread
 * by a fifth, so that ten thousand phones do not come back in one second.
 *
 * @returns the way to stop
 */
export function startPolling<T>(polling: Polling<T>): () => void {
  const { ask, pauseMs, onAnswer, onProblem } = polling;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let { usualMs = 5_000 } = polling;

  const again = (pause: number) => {
    if (!stopped) timer = setTimeout(round, pause * (0.9 + Math.random() / 5));
  };
  const round = async () => {
    try {
      const answer = await ask();
      if (stopped) return;
      failures = 0;
      onAnswer(answer);
      const pause = pauseMs(answer);
      if (pause === null) return;
      usualMs = pause;
      again(pause);
    } catch (error) {
      if (stopped) return;
      failures += 1;
      onProblem(error);
      again(Math.min(LONGEST_PAUSE_MS, usualMs * 2 ** failures));
    }
  };
  void round();

  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
