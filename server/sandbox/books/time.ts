const CHINA_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** RFC 3339 at +08:00 without fractions, as WeChat Pay writes instants. */
export function rfc3339(ms: number): string {
  return `${new Date(ms + CHINA_OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** yyyy-mm-dd HH:MM:SS at +08:00, as bills write instants. */
export function billTime(ms: number): string {
  return new Date(ms + CHINA_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** yyyy-mm-dd in China. */
export function dayOf(ms: number): string {
  return new Date(ms + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instants [from, to) of a day in China. */
export function daySpan(day: string): { fromMs: number; toMs: number } {
  const fromMs = Date.parse(`${day}T00:00:00+08:00`);
  return { fromMs, toMs: fromMs + DAY_MS };
}
