import { format } from '../bson/format';
import { type Document, isDocument, type Value } from '../bson/values';
import { MongoError } from '../errors';
import { arrayIndex } from '../query/path';

const MAX_BACKFILL = 1_500_000;

/** A place in a document that an operator reads, writes or empties; nothing is created before `set`. */
export interface Slot {
  readonly path: readonly string[];
  get(): Value | undefined;
  set(value: Value): void;
  /** An element of an array leaves a null behind, as with `$unset`. */
  remove(): void;
}

/**
 * Finds a concrete path (no positional parts).
 * @throws MongoError 28 when a scalar, or an array without that position, is in the way
 */
export function slotAt(root: Document, path: readonly string[]): Slot {
  const slot = findSlot(root, path);
  if (slot instanceof Blocked) throw slot.error();
  return slot;
}

/** Like `slotAt`, but undefined when the path cannot lead anywhere: for operators that only take away. */
export function slotIfReachable(root: Document, path: readonly string[]): Slot | undefined {
  const slot = findSlot(root, path);
  return slot instanceof Blocked ? undefined : slot;
}

class Blocked {
  constructor(
    private readonly component: string,
    private readonly holder: string,
    private readonly value: Value,
  ) {}

  error(): MongoError {
    const element = `{${this.holder}: ${format(this.value)}}`;
    return new MongoError(28, `Cannot create field '${this.component}' in element ${element}`);
  }
}

function findSlot(root: Document, path: readonly string[]): Slot | Blocked {
  let holder: Value = root;
  for (const [depth, component] of path.entries()) {
    const blocked = viability(holder, component, path[depth - 1] ?? '');
    if (blocked) return blocked;
    if (depth === path.length - 1) return slotIn(holder, component, path);
    const next = child(holder, component);
    if (next === undefined) return slotBelow(holder, path, depth);
    holder = next;
  }
  throw new Error('an empty path has no slot');
}

function viability(holder: Value, component: string, holderName: string): Blocked | undefined {
  if (isDocument(holder)) return undefined;
  if (Array.isArray(holder) && arrayIndex(component) !== undefined) return undefined;
  return new Blocked(component, holderName, holder);
}

function child(holder: Value, component: string): Value | undefined {
  if (isDocument(holder)) return holder.get(component);
  return Array.isArray(holder) ? holder[arrayIndex(component) ?? -1] : undefined;
}

function put(holder: Value, component: string, value: Value): void {
  if (isDocument(holder)) {
    holder.set(component, value);
    return;
  }
  const index = arrayIndex(component);
  if (!Array.isArray(holder) || index === undefined) throw new Error(`no place for ${component}`);
  if (index - holder.length > MAX_BACKFILL) {
    throw new MongoError(34, `can't backfill more than ${MAX_BACKFILL} elements`);
  }
  while (holder.length < index) holder.push(null);
  holder[index] = value;
}

function slotIn(holder: Value, component: string, path: readonly string[]): Slot {
  return {
    path,
    get: () => child(holder, component),
    set: (value) => put(holder, component, value),
    remove: () => {
      if (isDocument(holder)) holder.delete(component);
      else if (child(holder, component) !== undefined) put(holder, component, null);
    },
  };
}

/** The path breaks off at `depth`: setting a value builds the documents below. */
function slotBelow(holder: Value, path: readonly string[], depth: number): Slot {
  return {
    path,
    get: () => undefined,
    set: (value) => {
      const below = path
        .slice(depth + 1)
        .reduceRight<Value>((inner, name) => new Map([[name, inner]]), value);
      put(holder, path[depth] ?? '', below);
    },
    remove: () => undefined,
  };
}
