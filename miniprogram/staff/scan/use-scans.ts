import { useCallback, useRef, useState } from 'react';
import { useTask } from '../../hooks/use-task';
import { announce } from '../services/feedback';
import { judge as judgeScan, type Scan, type ShownVerdict } from '../services/verdicts';

/** A code stays in the camera's view for a while; the same student is not judged twice for it. */
const SAME_CODE_MS = 4_000;
/** Staff look back at the last few, not at the day. */
const RECENT = 5;

export interface Judged {
  scan: Scan;
  verdict: ShownVerdict;
  /** When it was judged: names it in the list of the last few. */
  at: number;
}

/** One scan after the other, each with its verdict. */
export function useScans() {
  const [judged, setJudged] = useState<Judged | null>(null);
  const [recent, setRecent] = useState<readonly Judged[]>([]);
  const last = useRef({ text: '', at: 0 });
  const shown = useRef(judged);
  shown.current = judged;
  const { run, busy, problem, clear } = useTask();

  const tell = useCallback((scan: Scan, verdict: ShownVerdict) => {
    const now: Judged = { scan, verdict, at: Date.now() };
    setJudged(now);
    setRecent((before) => [now, ...before].slice(0, RECENT));
    // The verdict is on the screen first: beginning to play costs an old phone longer than judging did.
    setTimeout(() => announce(verdict));
  }, []);
  const judge = useCallback(
    (scan: Scan) => void run(async () => tell(scan, await judgeScan(scan))),
    [run, tell],
  );
  const takeHere = useCallback(
    (scan: Scan, take: () => Promise<void>) =>
      void run(async () => {
        await take();
        tell(scan, await judgeScan(scan));
      }),
    [run, tell],
  );
  const seeCode = useCallback(
    (text: string) => {
      // The camera sees whoever comes next: the button under the thumb stays that of the student it was shown for.
      if (shown.current && isQuestion(shown.current.verdict)) return;
      const now = Date.now();
      const isSame = text === last.current.text && now - last.current.at < SAME_CODE_MS;
      last.current = { text, at: now };
      if (!isSame) judge({ by: { kind: 'code', text } });
    },
    [judge],
  );
  const enterCode = useCallback((text: string) => judge({ by: { kind: 'code', text } }), [judge]);
  const undo = useCallback(
    (takeBack: () => Promise<void>) =>
      void run(async () => {
        await takeBack();
        setRecent((before) => before.filter(({ verdict }) => verdict.undo !== takeBack));
        last.current = { text: '', at: 0 };
        setJudged(null);
      }),
    [run],
  );
  const dismiss = useCallback(() => {
    setJudged(null);
    clear();
  }, [clear]);

  return {
    judged,
    recent,
    show: setJudged,
    busy,
    problem,
    judge,
    seeCode,
    enterCode,
    undo,
    takeHere,
    dismiss,
  };
}

/** Waits for a tap of staff. */
const isQuestion = ({ canAdmit, needsOriginal, candidates, takeHere }: ShownVerdict) =>
  canAdmit || needsOriginal || candidates.length > 0 || takeHere !== null;
