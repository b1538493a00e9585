import { isMultikey } from '../index/definition';
import type { Collection } from '../storage/catalogue';
import { asBuffer, type Environment, type RecordId, readRecordId } from '../storage/environment';
import type { Records, StoredDocument } from '../storage/records';
import type { IndexPlan, KeyRange, Plan } from './plan';

/**
 * Carries a plan out, piece by piece: `run` may be left at any time and goes on, when called again, after the
 * last document it gave, with the data as it is then. It holds no transaction open in between.
 */
export class Scan {
  keysExamined = 0;
  docsExamined = 0;
  private readonly sources: readonly Source[];
  private readonly seen: Set<RecordId> | undefined;
  private at = 0;

  constructor(
    private readonly environment: Environment,
    private readonly records: Records,
    private readonly collection: Collection,
    readonly plan: Plan,
  ) {
    this.sources = this.sourcesOf(plan);
    const repeats = plan.kind === 'or' || (plan.kind === 'index' && isMultikey(plan.index));
    this.seen = repeats ? new Set() : undefined;
  }

  *run(): Generator<StoredDocument> {
    for (; this.at < this.sources.length; this.at++) {
      for (const found of this.sources[this.at]?.run() ?? []) {
        if (this.seen?.has(found.id)) continue;
        this.seen?.add(found.id);
        yield found;
      }
    }
  }

  /** Only for an exact plan, where every key stands for one match. */
  countKeys(plan: IndexPlan): number {
    return plan.ranges.reduce((total, range) => total + this.environment.entries.getKeysCount(range), 0);
  }

  private sourcesOf(plan: Plan): Source[] {
    if (plan.kind === 'or') return plan.branches.flatMap((branch) => this.sourcesOf(branch));
    if (plan.kind === 'collection')
      return [new CollectionSource(this, this.records, this.collection, plan.reverse)];
    return [new IndexSource(this, this.environment, this.records, this.collection, plan)];
  }
}

interface Source {
  run(): Generator<StoredDocument>;
}

class CollectionSource implements Source {
  private last: RecordId | undefined;

  constructor(
    private readonly counters: Scan,
    private readonly records: Records,
    private readonly collection: Collection,
    private readonly reverse: boolean,
  ) {}

  *run(): Generator<StoredDocument> {
    for (const found of this.records.scan(this.collection, this.reverse, this.last)) {
      this.last = found.id;
      this.counters.docsExamined++;
      yield found;
    }
  }
}

class IndexSource implements Source {
  private readonly ranges: readonly KeyRange[];
  private at = 0;
  private last: Buffer | undefined;

  constructor(
    private readonly counters: Scan,
    private readonly environment: Environment,
    private readonly records: Records,
    private readonly collection: Collection,
    private readonly plan: IndexPlan,
  ) {
    this.ranges = plan.reverse ? [...plan.ranges].reverse() : plan.ranges;
  }

  *run(): Generator<StoredDocument> {
    for (; this.at < this.ranges.length; this.at++) {
      const range = this.ranges[this.at];
      if (!range) return;
      for (const { key, value } of this.entriesIn(range)) {
        this.last = asBuffer(key);
        this.counters.keysExamined++;
        const id = readRecordId(asBuffer(value), 0);
        const bytes = this.records.read(this.collection, id);
        if (!bytes) continue;
        this.counters.docsExamined++;
        yield { id, bytes };
      }
      this.last = undefined;
    }
  }

  /** One key is looked up: much less work than a cursor for it. */
  private entriesIn(range: KeyRange): Iterable<{ key: Uint8Array; value: Uint8Array }> {
    if (!range.single) return this.environment.entries.getRange(this.options(range));
    const value = this.last === undefined ? this.environment.entries.get(range.start) : undefined;
    return value ? [{ key: range.start, value }] : [];
  }

  private options({ start, end }: KeyRange) {
    if (this.plan.reverse) {
      return { start: this.last ?? end, end: start, exclusiveStart: true, inclusiveEnd: true, reverse: true };
    }
    return { start: this.last ?? start, end, exclusiveStart: this.last !== undefined };
  }
}
