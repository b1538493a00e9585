import { stageOf } from '../aggregate/pipeline';
import { type Document, document, isDocument, type Value } from '../bson/values';
import { MongoError } from '../errors';
import { isMultikey } from '../index/definition';
import type { IndexPlan, Plan } from '../planner/plan';
import { parseFilter } from '../query/parse-filter';
import { Search } from '../query/search';
import { parseSort } from '../query/sort';
import type { Reply } from '../wire/reply';
import { searchHead } from './aggregate';
import { Arguments } from './arguments';
import type { Command, Commands, Database } from './command';
import { SERVER_VERSION } from './diagnostics';
import { contextOf, expressionsIn } from './reading';

interface Explained {
  readonly filter: Document;
  readonly sort?: Value | undefined;
  readonly skip?: number | undefined;
  readonly limit?: number | undefined;
}

/** Tells how a command would find its documents: the plan, and what running it really reads. */
const explain: Command = {
  fields: ['verbosity'],
  run(database, args) {
    const inner = args.document('explain');
    if (!inner) throw new MongoError(14, "BSON field 'explain' takes a command");
    const verbosity = args.text('verbosity') ?? 'allPlansExecution';
    const body = new Map(inner).set('$db', args.database);
    const command = new Arguments({ body, sequences: new Map(), connectionId: 0 }, [...inner.keys()]);
    return explainSearch(database, command, explained(command), verbosity !== 'queryPlanner', inner);
  },
};

function explained(args: Arguments): Explained {
  switch (args.command) {
    case 'find':
      return {
        filter: args.document('filter') ?? new Map(),
        sort: args.get('sort'),
        skip: args.count('skip'),
        limit: args.count('limit'),
      };
    case 'count':
    case 'distinct':
      return { filter: args.document('query') ?? new Map() };
    case 'findAndModify':
    case 'findandmodify':
      return { filter: args.document('query') ?? new Map(), sort: args.get('sort'), limit: 1 };
    case 'aggregate':
      return aggregated(args.required('pipeline', args.list('pipeline')));
    case 'update':
      return first(args, 'updates');
    case 'delete':
      return first(args, 'deletes');
    default:
      throw new MongoError(59, `Explain failed due to unknown command: ${args.command}`);
  }
}

function first(args: Arguments, name: string): Explained {
  const [statement] = args.documents(name) ?? [];
  const query = statement?.get('q');
  return { filter: isDocument(query) ? query : new Map() };
}

function aggregated(stages: readonly Value[]): Explained {
  const { used } = searchHead(stages);
  const head = stages.slice(0, used).map(stageOf);
  const matches = head.flatMap(([name, specification]) => (name === '$match' ? [specification] : []));
  const sort = head.find(([name]) => name === '$sort')?.[1];
  return { filter: matches.length > 0 ? document({ $and: matches }) : new Map(), sort };
}

function explainSearch(
  database: Database,
  args: Arguments,
  query: Explained,
  execute: boolean,
  command: Document,
): Reply {
  const context = contextOf(database, args, 'committed');
  const collection = database.catalogue.find(args.namespace);
  const parsed = parseFilter(query.filter);
  const common = {
    explainVersion: '1',
    command,
    serverInfo: document({ version: SERVER_VERSION, process: 'embedded-mongo' }),
  };
  const planner = (winningPlan: Document) =>
    document({ namespace: args.namespace, parsedQuery: query.filter, winningPlan, rejectedPlans: [] });
  if (!collection) return { ...common, queryPlanner: planner(document({ stage: 'EOF' })) };
  const search = new Search(database, collection, {
    filter: parsed,
    sort: parseSort(query.sort),
    hint: args.get('hint'),
    skip: query.skip ?? 0,
    limit: query.limit || Number.POSITIVE_INFINITY,
    compileExpression: expressionsIn(context),
  });
  const stages = describePlan(search);
  if (!execute) return { ...common, queryPlanner: planner(stages) };
  const started = process.hrtime.bigint();
  for (const _ of search.run());
  const millis = Number((process.hrtime.bigint() - started) / 1_000_000n);
  return {
    ...common,
    queryPlanner: planner(stages),
    executionStats: document({
      executionSuccess: true,
      nReturned: search.returned,
      executionTimeMillis: millis,
      totalKeysExamined: search.scan.keysExamined,
      totalDocsExamined: search.scan.docsExamined,
      executionStages: stages,
    }),
  };
}

function describePlan(search: Search): Document {
  const access = accessPath(search.plan);
  return search.sortsInMemory ? document({ stage: 'SORT', inputStage: access }) : access;
}

function accessPath(plan: Plan): Document {
  switch (plan.kind) {
    case 'collection':
      return document({ stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' });
    case 'or':
      return document({
        stage: 'FETCH',
        inputStage: document({ stage: 'OR', inputStages: plan.branches.map(indexScan) }),
      });
    case 'index':
      return document({ stage: 'FETCH', inputStage: indexScan(plan) });
  }
}

function indexScan({ index, ranges, reverse }: IndexPlan): Document {
  return document({
    stage: 'IXSCAN',
    keyPattern: index.keyPattern,
    indexName: index.name,
    isMultiKey: isMultikey(index),
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial.kind !== 'always',
    direction: reverse ? 'backward' : 'forward',
    ranges: ranges.length,
  });
}

export const explaining: Commands = { explain };
