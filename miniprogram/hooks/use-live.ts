import { useCallback, useEffect, useRef, useState } from 'react';
import type { ContractKey } from '../../shared/contract';
import { type Answer, type Parts, poll } from '../services/api';
import { startPolling } from '../services/poller';
import { useNetwork } from './use-network';
import { useShown } from './use-shown';
import { type Problem, problemOf } from './use-task';

/**
 * An answer that keeps itself fresh while the page is shown.
 *
 * @param parts null while they are not known yet
 */
export function useLive<K extends ContractKey & `GET ${string}`>(
  key: K,
  parts: Parts<K> | null,
  everyMs: number,
) {
  const [data, setData] = useState<Answer<K>>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);
  const shown = useShown();
  const isConnected = useNetwork();
  const latest = useRef(parts);
  latest.current = parts;
  const question = JSON.stringify(parts);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `question` stands for parts; `round` and the network ask anew
  useEffect(() => {
    const asked = latest.current;
    if (!shown || asked === null) return undefined;
    return startPolling({
      ask: () => poll(key, asked),
      pauseMs: () => everyMs,
      onAnswer(answer) {
        setData(answer);
        setProblem(null);
      },
      onProblem: (error) => setProblem(problemOf(error)),
    });
  }, [key, question, everyMs, shown, round, isConnected]);

  const refresh = useCallback(() => setRound((before) => before + 1), []);
  return { data, problem, refresh };
}
