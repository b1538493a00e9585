/** Until `look` gives something other than null; then that. @throws when time is over, with what was awaited */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null>,
  { withinMs = 15_000, everyMs = 50 } = {},
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (Date.now() > deadline) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
