import { equalValues } from '../bson/compare';
import { decode } from '../bson/decode';
import type { Document, Value } from '../bson/values';
import { badValue, MongoError } from '../errors';
import { conjuncts } from '../planner/bounds';
import { holdsEveryMatch } from '../planner/implication';
import { choosePlan, type Plan, planWith } from '../planner/plan';
import { Scan } from '../planner/scan';
import type { Collection } from '../storage/catalogue';
import type { Environment, RecordId } from '../storage/environment';
import type { Records } from '../storage/records';
import type { Filter } from './filter';
import { type CompileExpression, compileMatcher, type MatchDetails, type Matcher } from './matcher';
import { Sorter, type SortField, sortKey } from './sort';

export interface Found {
  readonly id: RecordId;
  readonly bytes: Buffer;
  /** Decoded on demand, and only once. */
  readonly document: () => Document;
  /** The array position the filter matched, for the positional `$`. */
  readonly position: number | undefined;
}

export interface SearchOptions {
  readonly filter: Filter;
  readonly sort?: readonly SortField[];
  readonly hint?: Value | undefined;
  readonly skip?: number;
  readonly limit?: number;
  readonly compileExpression?: CompileExpression;
  /** In ms since the epoch, on the machine's clock. */
  readonly deadline?: number;
  /** Find out which array position matched. */
  readonly positions?: boolean;
}

interface Store {
  readonly environment: Environment;
  readonly records: Records;
}

/** One query carried out: planned at once, run piece by piece. */
export class Search {
  readonly scan: Scan;
  readonly plan: Plan;
  returned = 0;
  private readonly matches: Matcher;
  private readonly needsSort: boolean;
  private readonly certain: boolean;
  private sorted: (Found | undefined)[] | undefined;
  private given = 0;
  private skipped = 0;
  private checks = 0;

  constructor(
    store: Store,
    collection: Collection,
    private readonly options: SearchOptions,
  ) {
    const sort = options.sort ?? [];
    this.plan = planFor(collection, options.filter, sort, options.hint);
    this.scan = new Scan(store.environment, store.records, collection, this.plan);
    this.matches = compileMatcher(options.filter, options.compileExpression);
    this.certain = this.plan.kind === 'index' && this.plan.exact && options.positions !== true;
    this.needsSort = sort.length > 0 && !isSorted(this.plan, sort);
  }

  get sortsInMemory(): boolean {
    return this.needsSort;
  }

  /** Yields matches in order, after the skip and up to the limit; goes on where it was left. */
  *run(): Generator<Found> {
    const { limit = Number.POSITIVE_INFINITY, skip = 0 } = this.options;
    if (this.returned >= limit) return;
    for (const found of this.needsSort ? this.runSorted() : this.matching()) {
      if (this.skipped < skip) {
        this.skipped++;
        continue;
      }
      this.returned++;
      yield found;
      if (this.returned >= limit) return;
    }
  }

  /** How many match, before skip and limit; of the index keys alone where those decide. */
  countAll(): number {
    if (this.certain && this.plan.kind === 'index') return this.scan.countKeys(this.plan);
    let count = 0;
    for (const _ of this.matching()) count++;
    return count;
  }

  private *runSorted(): Generator<Found> {
    this.sorted ??= this.sortAll();
    for (; this.given < this.sorted.length; ) {
      const next = this.sorted[this.given];
      this.sorted[this.given++] = undefined;
      if (next) yield next;
    }
  }

  private sortAll(): Found[] {
    const { sort = [], limit = Number.POSITIVE_INFINITY, skip = 0 } = this.options;
    const sorter = new Sorter<Found>(limit + skip);
    for (const found of this.matching())
      sorter.add(sortKey(found.document(), sort), found, found.bytes.length);
    return sorter.sorted();
  }

  private *matching(): Generator<Found> {
    for (const { id, bytes } of this.scan.run()) {
      this.checkDeadline();
      let decoded: Document | undefined;
      const document = () => {
        decoded ??= decode(bytes);
        return decoded;
      };
      if (this.certain) {
        yield { id, bytes, document, position: undefined };
        continue;
      }
      const details: MatchDetails | undefined = this.options.positions ? {} : undefined;
      if (this.matches(document(), details)) yield { id, bytes, document, position: details?.position };
    }
  }

  private checkDeadline(): void {
    const { deadline } = this.options;
    if (deadline === undefined || ++this.checks % 256 !== 0) return;
    if (Date.now() > deadline) throw new MongoError(50, 'operation exceeded time limit');
  }
}

function isSorted(plan: Plan, sort: readonly SortField[]): boolean {
  if (plan.kind === 'collection') return sort[0]?.name === '$natural';
  return plan.kind === 'index' && plan.providesSort;
}

function planFor(
  collection: Collection,
  filter: Filter,
  sort: readonly SortField[],
  hint: Value | undefined,
): Plan {
  const [first] = sort;
  if (first?.name === '$natural') return { kind: 'collection', reverse: first.descending };
  if (hint === undefined || (hint instanceof Map && hint.size === 0))
    return choosePlan(collection.indexes, filter, sort);
  if (hint instanceof Map && hint.has('$natural')) {
    return { kind: 'collection', reverse: equalValues(hint.get('$natural'), -1) };
  }
  const index = collection.indexes.find((one) =>
    typeof hint === 'string' ? one.name === hint : equalValues(one.keyPattern, hint),
  );
  if (!index)
    throw badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  if (!index.sparse && !holdsEveryMatch(index, conjuncts(filter))) {
    throw new MongoError(291, 'error processing query: the hinted partial index does not hold every match');
  }
  return planWith(index, filter, sort);
}
