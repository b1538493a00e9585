/** What two ordered streams have under one key. */
export interface Group<L, R> {
  key: string;
  left: L[];
  right: R[];
}

interface Side<T> {
  stream: AsyncIterable<T>;
  keyOf: (item: T) => string;
}

/**
 * Walks two streams that are each ordered by a key, side by side, and gives every key that either of them has with
 * what both have under it. Only one group is in memory at a time, whatever the streams' lengths.
 *
 * @throws Error when a stream is not in order, since then the join would be silently wrong
 */
export async function* mergeJoin<L, R>(
  leftSide: Side<L>,
  rightSide: Side<R>,
): AsyncGenerator<Group<L, R>, void, undefined> {
  const left = groupsOf(leftSide);
  const right = groupsOf(rightSide);
  try {
    let l = await left.next();
    let r = await right.next();
    while (!l.done || !r.done) {
      const key = lower(l.done ? undefined : l.value.key, r.done ? undefined : r.value.key);
      const group: Group<L, R> = { key, left: [], right: [] };
      if (!l.done && l.value.key === key) {
        group.left = l.value.items;
        l = await left.next();
      }
      if (!r.done && r.value.key === key) {
        group.right = r.value.items;
        r = await right.next();
      }
      yield group;
    }
  } finally {
    await left.return(undefined);
    await right.return(undefined);
  }
}

interface Run<T> {
  key: string;
  items: T[];
}

async function* groupsOf<T>({ stream, keyOf }: Side<T>): AsyncGenerator<Run<T>, undefined, undefined> {
  let run: Run<T> | undefined;
  for await (const item of stream) {
    const key = keyOf(item);
    if (run && key < run.key) throw new Error(`a stream is out of order: ${key} after ${run.key}`);
    if (run?.key === key) {
      run.items.push(item);
      continue;
    }
    if (run) yield run;
    run = { key, items: [item] };
  }
  if (run) yield run;
}

function lower(a: string | undefined, b: string | undefined): string {
  if (a === undefined) return b ?? '';
  return b === undefined || a < b ? a : b;
}

/** A stream in pieces of up to `size`. */
export async function* inPieces<T>(stream: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let piece: T[] = [];
  for await (const item of stream) {
    piece.push(item);
    if (piece.length < size) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
