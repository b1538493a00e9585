/**
 * The same items, each one asked for while the one before is still being worked on: two who wait for each other in turn
 * work at the same time instead. What breaks is told where its item would have come.
 */
export async function* ahead<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = iterator.next();
      // It is awaited above; should its reader leave before, nobody is left to be told.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}
