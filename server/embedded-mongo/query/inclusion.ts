import { endOfText, valueLength } from '../bson/value-length';
import { type Document, isNumber, toNumber, type Value } from '../bson/values';

/** Names to be kept, each whole or with some of what is below it. */
type Tree = Map<string, Tree | 'whole'>;

/** The same with names as they stand in a document's bytes. */
interface Named {
  readonly name: Buffer;
  readonly below: readonly Named[] | 'whole';
}

const DOCUMENT = 0x03;
const ARRAY = 0x04;

/**
 * A projection that only includes fields, carried out on a stored document's bytes: what is kept is copied, what is not
 * is passed over, and nothing is decoded.
 *
 * @param projection one that `compileProjection` accepts
 * @returns undefined for any other projection
 */
export function compileInclusion(projection: Document): ((bytes: Buffer) => Buffer) | undefined {
  const tree: Tree = new Map();
  if (projection.get('_id') === undefined) tree.set('_id', 'whole');
  for (const [name, value] of projection) {
    const keeps = isKept(value);
    if (name.includes('$') || (!keeps && !(name === '_id' && isDropped(value)))) return undefined;
    if (keeps) plant(tree, name.split('.'));
  }
  if (![...projection.keys()].some((name) => name !== '_id')) return undefined;
  const kept = namesOf(tree);
  return (bytes) => new Copier(bytes).document(kept);
}

const isKept = (value: Value) => value === true || (isNumber(value) && toNumber(value) !== 0);
const isDropped = (value: Value) => value === false || (isNumber(value) && toNumber(value) === 0);

function plant(tree: Tree, [name = '', ...rest]: readonly string[]): void {
  if (rest.length === 0) {
    tree.set(name, 'whole');
    return;
  }
  const there = tree.get(name);
  const below: Tree = there instanceof Map ? there : new Map();
  tree.set(name, below);
  plant(below, rest);
}

const namesOf = (tree: Tree): Named[] =>
  [...tree].map(([name, below]) => ({
    name: Buffer.from(name),
    below: below === 'whole' ? below : namesOf(below),
  }));

/** One result at a time is put together here; none is longer than its document, and no document than 16 MB. */
let scratch = Buffer.alloc(64 * 1024);

class Copier {
  private end = 0;

  constructor(private readonly bytes: Buffer) {
    if (scratch.length < bytes.length) scratch = Buffer.alloc(bytes.length);
  }

  document(kept: readonly Named[]): Buffer {
    this.fields(0, kept);
    return Buffer.from(scratch.subarray(0, this.end));
  }

  /** @param at where the document begins */
  private fields(at: number, kept: readonly Named[]): void {
    const begun = this.begin();
    const last = at + this.bytes.readInt32LE(at) - 1;
    for (let from = at + 4; from < last; ) {
      const type = this.bytes[from] ?? 0;
      const value = endOfText(this.bytes, from + 1);
      const next = value + valueLength(this.bytes, type, value);
      const below = this.wanted(from + 1, value - 1, kept);
      if (below === 'whole') this.copy(from, next);
      else if (below && (type === DOCUMENT || type === ARRAY)) {
        this.copy(from, value);
        this.inside(type, value, below);
      }
      from = next;
    }
    this.finish(begun);
  }

  private inside(type: number, at: number, kept: readonly Named[]): void {
    if (type === DOCUMENT) this.fields(at, kept);
    else this.items(at, kept);
  }

  /** Of an array only the documents and arrays have anything below them. */
  private items(at: number, kept: readonly Named[]): void {
    const begun = this.begin();
    const last = at + this.bytes.readInt32LE(at) - 1;
    let number = 0;
    for (let from = at + 4; from < last; ) {
      const type = this.bytes[from] ?? 0;
      const value = endOfText(this.bytes, from + 1);
      if (type === DOCUMENT || type === ARRAY) {
        this.end = scratch.writeUInt8(type, this.end);
        this.end += scratch.write(`${number}\0`, this.end, 'latin1');
        number += 1;
        this.inside(type, value, kept);
      }
      from = value + valueLength(this.bytes, type, value);
    }
    this.finish(begun);
  }

  private wanted(from: number, to: number, kept: readonly Named[]): Named['below'] | undefined {
    for (const { name, below } of kept) {
      if (name.length !== to - from) continue;
      let at = 0;
      while (at < name.length && name[at] === this.bytes[from + at]) at += 1;
      if (at === name.length) return below;
    }
    return undefined;
  }

  private copy(from: number, to: number): void {
    this.bytes.copy(scratch, this.end, from, to);
    this.end += to - from;
  }

  private begin(): number {
    const begun = this.end;
    this.end += 4;
    return begun;
  }

  private finish(begun: number): void {
    this.end = scratch.writeUInt8(0, this.end);
    scratch.writeInt32LE(this.end - begun, begun);
  }
}
