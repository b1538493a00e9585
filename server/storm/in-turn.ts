/** All of them, beginning with another one each turn. */
export const inTurn = <T>(all: readonly T[], turn: number): T[] => {
  const first = all.length === 0 ? 0 : turn % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
};
