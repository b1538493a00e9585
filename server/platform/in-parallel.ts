/**
 * Does `work` on item after item, so many at once and never waiting for a slow one before the next.
 *
 * @throws the first failure, after what was under way has ended; nothing more is begun
 */
export async function inParallel<T>(
  items: AsyncGenerator<T>,
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const worker = async () => {
    for await (const item of items) await work(item);
  };
  // A worker that fails ends the items for all: leaving the loop closes the generator.
  const ends = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
