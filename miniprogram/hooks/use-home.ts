import { useEffect, useState, useSyncExternalStore } from 'react';
import { homePauseMs, homeState, onHomeChange, refreshHome } from '../services/home';
import { startPolling } from '../services/poller';
import { useShown } from './use-shown';
import { type Problem, problemOf } from './use-task';

/** The home answer, kept fresh while the page is shown. */
export function useHome() {
  const { home, isFresh } = useSyncExternalStore(onHomeChange, homeState, homeState);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);
  const shown = useShown();

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks anew
  useEffect(() => {
    if (!shown) return undefined;
    return startPolling({
      ask: refreshHome,
      pauseMs: homePauseMs,
      onAnswer: () => setProblem(null),
      onProblem: (error) => setProblem(problemOf(error)),
    });
  }, [shown, round]);

  return { home, isFresh, problem, refresh: () => setRound((before) => before + 1) };
}
