import { useCallback, useRef, useState } from 'react';
import { copy } from '../copy';
import { ApiError, type FailureCode } from '../services/api';
import { PlatformError } from '../services/platform';

/** What went wrong, for the person who sees it. */
export interface Problem {
  message: string;
  code: FailureCode | 'PHONE' | 'FAULT';
  isNetwork: boolean;
  requestId: string;
  error: unknown;
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) {
    const { message, code, requestId } = error;
    return { message, code, requestId, isNetwork: code === 'NO_NETWORK', error };
  }
  if (error instanceof PlatformError) {
    return { message: error.message, code: 'PHONE', isNetwork: false, requestId: '', error };
  }
  console.error(error);
  return { message: copy.errors.fault, code: 'FAULT', isNetwork: false, requestId: '', error };
}

/**
 * One thing at a time: while it runs, further taps do nothing; when it fails, the problem is there to be shown and
 * the form stays as it was.
 */
export function useTask() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const running = useRef(false);

  const run = useCallback(async (work: () => Promise<void>): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);

  const clear = useCallback(() => setProblem(null), []);
  return { run, busy, problem, clear };
}
