import { prove } from '../../server/checker/prove';
import type { Rule } from '../../server/checker/rules';
import { ApiError } from '../../server/demo/api-client';
import type { Stack } from '../../server/demo/stack';

export interface Outcome<T> {
  won: T[];
  /** How many were refused, by code. */
  lost: Record<string, number>;
}

/**
 * Runs all of them, `width` at any moment. A refusal is an outcome; whatever else goes wrong is thrown, the service's own
 * INTERNAL too.
 */
export async function atOnce<T>(
  attempts: readonly (() => Promise<T>)[],
  width = attempts.length,
): Promise<Outcome<T>> {
  const outcome: Outcome<T> = { won: [], lost: {} };
  const waiting = [...attempts];
  const runner = async () => {
    for (let attempt = waiting.shift(); attempt; attempt = waiting.shift()) {
      try {
        outcome.won.push(await attempt());
      } catch (error) {
        if (!(error instanceof ApiError) || error.code === 'INTERNAL') throw error;
        outcome.lost[error.code] = (outcome.lost[error.code] ?? 0) + 1;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, runner));
  return outcome;
}

/**
 * For a control: repeats a fight whose guard is off until it ends as no fight may.
 *
 * @throws Error when it never does: then the race that the guard is for was not there
 */
export async function untilSeen(fight: () => Promise<boolean>, rounds = 25): Promise<void> {
  for (let round = 0; round < rounds; round += 1) if (await fight()) return;
  throw new Error('the race was never seen');
}

/** The rules that the independent checker finds broken, each once. */
export async function brokenRules(
  { mongodbUri, sandboxUrls }: Stack,
  options: { settled?: boolean } = {},
): Promise<Rule[]> {
  const { problems } = await prove({ mongodbUri, sandboxControlUrl: sandboxUrls.control, ...options });
  return [...new Set(problems.map(({ rule }) => rule))].sort();
}
