/** Refund calls a second for a merchant, and failing ones. */
const CALLS = 150;
const FAILURES = 6;
const WINDOW_MS = 1_000;

/** Sliding one-second windows. */
export interface RefundRate {
  mayCall(mchid: string): boolean;
  failed(mchid: string): void;
}

export function openRefundRate(nowMs: () => number): RefundRate {
  const calls = new Map<string, number[]>();
  const failures = new Map<string, number[]>();
  const recent = (times: Map<string, number[]>, mchid: string) => {
    const kept = (times.get(mchid) ?? []).filter((at) => nowMs() - at < WINDOW_MS);
    times.set(mchid, kept);
    return kept;
  };
  return {
    mayCall(mchid) {
      const made = recent(calls, mchid);
      if (made.length >= CALLS || recent(failures, mchid).length >= FAILURES) return false;
      made.push(nowMs());
      return true;
    },
    failed: (mchid) => recent(failures, mchid).push(nowMs()),
  };
}
