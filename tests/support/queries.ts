import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EJSON } from 'bson';
import { type Document, MongoClient } from 'mongodb';

/** Collections that stay small however many students there are, and why. */
const SMALL: Readonly<Record<string, string>> = {
  merchants: 'one or two a school',
  bill_progress: 'one a merchant account',
  campaigns: 'one a school and year; the public list shows the newest of all',
};

const PROOF =
  'the independent proof reads all of a school, and of the orders all that WeChat’s books tell of; once an hour, in one pass';
/** Queries that may read everything, and why. */
const WHOLE: Readonly<Record<string, string>> = {
  'find collection_sessions {"schoolId":"?"}': PROOF,
  'find orders {}': PROOF,
  'find refund_batches {"schoolId":"?"}': PROOF,
  'find bill_days {"schoolId":"?","theirs":{"$ne":null},"moved":{"$ne":null}}': PROOF,
  'find orphan_notifications {"kind":"payment","transactionId":"?"}': PROOF,
};

/** A kind of query that reads a whole collection. */
export interface UnindexedQuery {
  /** `find students {"schoolId":"?"}`: values left out. */
  what: string;
  /** The request that sent it first, or a job. */
  by: string;
}

export interface QueryWatch {
  /** What the API processes are started with. */
  env: Record<string, string>;
  /** What they have sent so far that the database answers by reading a whole collection, unless it may. */
  unindexed(mongodbUri: string): Promise<UnindexedQuery[]>;
  /** How many kinds of queries they have sent so far. */
  kinds(): number;
  forget(): void;
}

const PRELOAD = path.resolve(__dirname, 'seams/watch-queries.cjs');

interface Noted {
  by: string;
  shape: string;
  search: Document;
}

/** Has API processes write down what they ask of the database, and the database explain how it finds it. */
export function watchQueries(): QueryWatch {
  const file = path.join(os.tmpdir(), `tucai-queries-${randomUUID()}.log`);
  const noted = (): Noted[] => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    const known = new Map(lines.map((line): [string, Noted] => [line, EJSON.parse(line)]));
    return [...new Map([...known.values()].map((query) => [query.shape, query])).values()];
  };
  return {
    env: { QUERY_LOG: file, NODE_OPTIONS: `--require "${PRELOAD}"` },
    kinds: () => noted().length,
    async unindexed(mongodbUri) {
      const client = await new MongoClient(mongodbUri).connect();
      try {
        const found: UnindexedQuery[] = [];
        for (const { by, shape, search } of noted()) {
          const [collection = ''] = Object.values(search).map(String);
          const what = nameOf(shape);
          if (collection in SMALL || what in WHOLE) continue;
          const explained = await client.db().command({ explain: search, verbosity: 'queryPlanner' });
          if (readsAll(explained.queryPlanner?.winningPlan ?? explained.stages, search))
            found.push({ what, by });
        }
        return found;
      } finally {
        await client.close();
      }
    },
    forget: () => rmSync(file, { force: true }),
  };
}

function nameOf(shape: string): string {
  const [[command = '', collection] = [], ...rest] = Object.entries(JSON.parse(shape));
  const [condition] = rest.filter(([name]) => name !== 'key').map(([, value]) => value);
  return `${command} ${collection} ${JSON.stringify(condition)}`;
}

/** Every document, or every key of an index that holds every document. */
function readsAll(plan: unknown, search: Document): boolean {
  if (Array.isArray(plan)) return plan.some((part) => readsAll(part, search));
  if (typeof plan !== 'object' || plan === null) return false;
  if ('stage' in plan && plan.stage === 'COLLSCAN') return true;
  if ('stage' in plan && plan.stage === 'IXSCAN' && 'keyPattern' in plan && 'isPartial' in plan) {
    const [first = ''] = Object.keys(Object(plan.keyPattern));
    return plan.isPartial !== true && !conditionsOf(search).has(first);
  }
  return Object.values(plan).some((part) => readsAll(part, search));
}

/** Every field that a condition of the search is about, as a path. */
function conditionsOf(value: unknown, path = '', into = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return into;
  for (const [name, part] of Object.entries(value)) {
    if (name === 'sort' || name === '$sort') continue;
    const isField = !name.startsWith('$') && !Array.isArray(value) && !COMMAND_PARTS.has(name);
    const below = isField ? [path, name].filter((each) => each !== '').join('.') : path;
    if (isField) into.add(below);
    conditionsOf(part, below, into);
  }
  return into;
}

/** Where a command's conditions stand. */
const COMMAND_PARTS = new Set(['filter', 'query', 'q', 'updates', 'deletes', 'pipeline']);
