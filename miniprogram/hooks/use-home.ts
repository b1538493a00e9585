import { useEffect, useState, useSyncExternalStore } from 'react';
import { homePauseMs, homeState, onHomeChange, refreshHome } from '../services/home';
import { startPolling } from '../services/poller';
import { useNetwork } from './use-network';
import { useShown } from './use-shown';
import { type Problem, problemOf } from './use-task';

/** The home answer, kept fresh while the page is shown; asked anew as soon as the network comes back. */
export function useHome() {
  const { home, isFresh } = useSyncExternalStore(onHomeChange, homeState, homeState);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);
  const shown = useShown();
  const isConnected = useNetwork();

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks anew, and so does a network that comes or goes
  useEffect(() => {
    if (!shown) return undefined;
    return startPolling({
      ask: refreshHome,
      pauseMs: homePauseMs,
      onAnswer: () => setProblem(null),
      onProblem: (error) => setProblem(problemOf(error)),
    });
  }, [shown, round, isConnected]);

  return {
    home,
    isFresh,
    /** No network, or no answer to the last question. */
    isOffline: !isConnected || problem?.isNetwork === true,
    problem,
    refresh: () => setRound((before) => before + 1),
  };
}
