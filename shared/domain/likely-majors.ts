/** The majors that a misspelt one most likely means, the likeliest first; none when nothing looks alike. */
export function likelyMajors(written: string, majors: readonly string[], most = 3): string[] {
  return majors
    .map((major) => ({ major, likeness: likeness(written, major) }))
    .filter(({ likeness }) => likeness >= LEAST)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, most)
    .map(({ major }) => major);
}

const LEAST = 0.5;

/** 0 … 1: how many pairs of neighbouring characters both have (Dice), so that a lost character costs little. */
function likeness(one: string, other: string): number {
  const pairs = pairsOf(one);
  const others = pairsOf(other);
  let common = 0;
  for (const [pair, count] of pairs) common += Math.min(count, others.get(pair) ?? 0);
  const total = sizeOf(pairs) + sizeOf(others);
  return total === 0 ? 0 : (2 * common) / total;
}

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  const characters = Array.from(text);
  for (let index = 1; index < characters.length; index += 1) {
    const pair = `${characters[index - 1]}${characters[index]}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

const sizeOf = (pairs: ReadonlyMap<string, number>): number =>
  [...pairs.values()].reduce((sum, count) => sum + count, 0);
