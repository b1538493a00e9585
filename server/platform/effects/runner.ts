import type { UpdateFilter } from 'mongodb';
import type { Collection, Connection } from 'mongoose';
import type { Clock } from '../clock';
import { inParallel } from '../in-parallel';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import type { Effect, RecordDocument } from '../mongo/record';
import { whichHave } from '../mongo/which-have';
import { createFinisher } from './finisher';

/**
 * done: forget it, and those that are settled with it · more: it ended only so as not to outlive its lease, and goes on at
 * once · a date: again then, with what went wrong, if anything did
 */
export type EffectOutcome =
  | 'done'
  | 'more'
  | { doneWith: readonly string[] }
  | { againAt: Date; error?: string };
export type EffectHandler = (recordId: string, effect: Effect) => Promise<EffectOutcome>;

/** What the runner needs of a mongoose model: all records look alike to it. */
export interface RecordModel {
  modelName: string;
  collection: { name: string };
  db: Connection;
}

export interface EffectRunner {
  /** Declares who runs the effects of a kind on a model's records. */
  on(model: RecordModel, kind: string, handler: EffectHandler): void;
  /**
   * An effect for a change that is about to be written by this process, which then runs it at once with `runNow`.
   * Until its lease ends no sweep takes it; after a crash the next one does.
   */
  planned(key: string, kind: string, payload?: Effect['payload']): Effect;
  /** An effect for later. */
  scheduled(key: string, kind: string, dueAt: Date, payload?: Effect['payload']): Effect;
  /** Runs a just written effect in this process. Failures stay recorded and are repeated by the sweep. */
  runNow(model: RecordModel, recordId: string, effect: Effect): Promise<void>;
  /**
   * Takes and runs everything that is due, until nothing is; and what goes on, unless it should come to an end.
   *
   * @returns how many effects ran
   */
  sweep(isStopped?: () => boolean): Promise<number>;
  /** Strikes off what has run; before the database is closed. */
  settle(): Promise<void>;
  /** By how much the oldest due effect of each kind of record is late; 0 when none is. */
  overdueSeconds(): Promise<ReadonlyMap<string, number>>;
}

const LEASE_MS = 20_000;
const CONCURRENCY = 8;
const LONGEST_BACK_OFF_MS = 10 * 60_000;

interface Registered {
  modelName: string;
  records: Collection<RecordDocument>;
  handlers: Map<string, EffectHandler>;
}

/** The only repair job: whatever a crash left undone stands as an effect on its record and is done here. */
export function createEffectRunner({
  clock,
  log,
  metrics,
}: {
  clock: Clock;
  log: Log;
  metrics: Metrics;
}): EffectRunner {
  const registered = new Map<string, Registered>();
  const finisher = createFinisher(log);
  const later = (ms: number) => new Date(clock.now().getTime() + ms);

  async function run(
    { modelName, records, handlers }: Registered,
    recordId: string,
    effect: Effect,
  ): Promise<void> {
    const handler = handlers.get(effect.kind);
    if (!handler) throw new Error(`no handler for effect ${effect.kind} of ${modelName}`);
    const outcome = await handler(recordId, effect).catch((cause: unknown): EffectOutcome => {
      log.error(
        { err: cause, record: recordId, kind: effect.kind, attempts: effect.attempts },
        'effect failed',
      );
      const wait = Math.min(1000 * 2 ** Math.min(effect.attempts, 20), LONGEST_BACK_OFF_MS);
      return { againAt: later(wait), error: cause instanceof Error ? cause.name : 'Error' };
    });
    metrics.effect({ model: modelName, kind: effect.kind, outcome: nameOf(outcome) });
    // When the lease ran out meanwhile, the one who took it over decides; and the same key recorded anew while this one
    // ran is another wish, which stays.
    const { key, attempts, dueAt } = effect;
    const me = { key, attempts, dueAt };
    const mine = { _id: recordId, effects: { $elemMatch: me } };
    const finish = (update: UpdateFilter<RecordDocument>) =>
      finisher.add(records, { updateOne: { filter: mine, update } });
    if (outcome === 'done') return finish({ $pull: { effects: me } });
    if (outcome === 'more')
      return finish({ $set: { 'effects.$.dueAt': clock.now(), 'effects.$.attempts': 0 } });
    if ('doneWith' in outcome)
      return finish({ $pull: { effects: { key: { $in: [key, ...outcome.doneWith] } } } });
    return finish({
      $set: { 'effects.$.dueAt': outcome.againAt, 'effects.$.error': outcome.error ?? '' },
    });
  }

  async function takeOne(
    records: Collection<RecordDocument>,
  ): Promise<{ recordId: string; effect: Effect } | null> {
    const now = clock.now();
    const leasedUntil = later(LEASE_MS);
    const before = await records.findOneAndUpdate(
      { effects: { $elemMatch: { dueAt: { $lte: now } } } },
      { $set: { 'effects.$.dueAt': leasedUntil }, $inc: { 'effects.$.attempts': 1 } },
      { returnDocument: 'before', projection: { effects: 1 } },
    );
    if (!before) return null;
    const effect = before.effects.find(({ dueAt }) => dueAt <= now);
    if (!effect) return null;
    return { recordId: before._id, effect: { ...effect, attempts: effect.attempts + 1, dueAt: leasedUntil } };
  }

  async function* dueEffects(records: Collection<RecordDocument>) {
    for (let taken = await takeOne(records); taken; taken = await takeOne(records)) yield taken;
  }

  async function drain(entry: Registered): Promise<number> {
    let ran = 0;
    await inParallel(dueEffects(entry.records), CONCURRENCY, async ({ recordId, effect }) => {
      await run(entry, recordId, effect);
      ran += 1;
    });
    return ran;
  }

  return {
    on(model, kind, handler) {
      const entry = registered.get(model.modelName) ?? {
        modelName: model.modelName,
        records: model.db.collection<RecordDocument>(model.collection.name),
        handlers: new Map(),
      };
      entry.handlers.set(kind, handler);
      registered.set(model.modelName, entry);
    },
    planned: (key, kind, payload = {}) => ({ key, kind, dueAt: later(LEASE_MS), attempts: 0, payload }),
    scheduled: (key, kind, dueAt, payload = {}) => ({ key, kind, dueAt, attempts: 0, payload }),
    async runNow(model, recordId, effect) {
      const entry = registered.get(model.modelName);
      if (!entry) throw new Error(`no effects registered for ${model.modelName}`);
      await run(entry, recordId, effect);
    },
    async sweep(isStopped = () => false) {
      const entries = [...registered.values()];
      let ran = 0;
      let before: number;
      do {
        before = ran;
        const due = await whichHave(entries, { 'effects.dueAt': { $lte: clock.now() } });
        for (const entry of due) ran += await drain(entry);
        await finisher.flush();
      } while (ran > before && !isStopped());
      return ran;
    },
    settle: () => finisher.flush(),
    async overdueSeconds() {
      const now = clock.now();
      const late = new Map<string, number>();
      for (const { modelName, records } of registered.values())
        late.set(modelName, await lateness(records, now));
      return late;
    },
  };
}

function nameOf(outcome: EffectOutcome): 'done' | 'again' | 'failed' {
  if (outcome === 'more') return 'again';
  if (outcome === 'done' || 'doneWith' in outcome) return 'done';
  return outcome.error === undefined ? 'again' : 'failed';
}

async function lateness(records: Collection<RecordDocument>, now: Date): Promise<number> {
  const first = await records.findOne(
    { 'effects.dueAt': { $lte: now } },
    { sort: { 'effects.dueAt': 1 }, projection: { 'effects.dueAt': 1 } },
  );
  const due = first?.effects.map(({ dueAt }) => dueAt.getTime()) ?? [];
  return due.length === 0 ? 0 : Math.max(0, (now.getTime() - Math.min(...due)) / 1000);
}
