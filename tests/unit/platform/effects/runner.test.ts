import { createEffectRunner } from '../../../../server/platform/effects/runner';
import { createLog } from '../../../../server/platform/log';
import { createMetrics } from '../../../../server/platform/metrics';
import {
  changeRecord,
  type Effect,
  insertRecord,
  newRecord,
  type RecordDocument,
} from '../../../../server/platform/mongo/record';
import { openTestDatabase, type TestDatabase } from '../support/database';
import { Things, thingLine } from '../support/things';

let now = new Date('2022-11-15T01:00:00Z');
const clock = { now: () => now };
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(clock);
});
afterAll(() => database?.close());

const line = (id: string) => thingLine(id, now);

let things = 0;
async function thingWith(effect: Effect): Promise<string> {
  things += 1;
  await insertRecord(Things, newRecord(`thing-${things}`, line(`line-${things}`), [effect]));
  return `thing-${things}`;
}

const keysOf = async (id: string): Promise<string[]> =>
  ((await Things.findById(id).lean<RecordDocument>())?.effects ?? []).map(({ key }) => key);

it('strikes off what has run', async () => {
  const effects = createEffectRunner({ clock, log: createLog('silent'), metrics: createMetrics() });
  effects.on(Things, 'do', async () => 'done');
  const effect = effects.planned('once', 'do');
  const id = await thingWith(effect);
  await effects.runNow(Things, id, effect);
  await effects.settle();
  expect(await keysOf(id)).toEqual([]);
});

it('keeps a wish recorded under the same key while the first one runs', async () => {
  const effects = createEffectRunner({ clock, log: createLog('silent'), metrics: createMetrics() });
  const first = effects.planned('again', 'do');
  const id = await thingWith(first);
  effects.on(Things, 'do', async () => {
    now = new Date(now.getTime() + 1);
    const second = effects.planned('again', 'do');
    await changeRecord(Things, { _id: id }, {}, line('while it runs'), [second]);
    return 'done';
  });
  await effects.runNow(Things, id, first);
  await effects.settle();
  expect(await keysOf(id)).toEqual(['again']);
});

it('runs again what a crash cut off, when its lease is over and not before', async () => {
  const ran: string[] = [];
  const dying = createEffectRunner({ clock, log: createLog('silent'), metrics: createMetrics() });
  dying.on(Things, 'do', () => new Promise(() => undefined));
  const effect = dying.planned('twice', 'do');
  const id = await thingWith(effect);
  void dying.runNow(Things, id, effect);
  const next = createEffectRunner({ clock, log: createLog('silent'), metrics: createMetrics() });
  next.on(Things, 'do', async (recordId) => {
    ran.push(recordId);
    return 'done';
  });
  await next.sweep();
  expect(ran).not.toContain(id);
  now = new Date(now.getTime() + 21_000);
  await next.sweep();
  expect(ran).toContain(id);
  expect(await keysOf(id)).toEqual([]);
});

describe('an effect that goes on', () => {
  /** @returns how often it ran in one sweep */
  async function sweepOf(isStopped?: () => boolean): Promise<number> {
    const effects = createEffectRunner({ clock, log: createLog('silent'), metrics: createMetrics() });
    let pieces = 0;
    effects.on(Things, 'do', async () => {
      pieces += 1;
      return pieces % 3 === 0 ? 'done' : 'more';
    });
    await thingWith(effects.scheduled('in pieces', 'do', now));
    await effects.sweep(isStopped);
    return pieces;
  }

  it('is run until it is done', async () => {
    expect(await sweepOf()).toBe(3);
    expect(await sweepOf(() => false)).toBe(3);
  });

  it('is left to the next sweep when this one should end', async () => {
    expect(await sweepOf(() => true)).toBe(1);
    expect(await sweepOf()).toBeGreaterThan(3);
  });

  it('counts no attempts', async () => {
    const effects = createEffectRunner({ clock, log: createLog('silent'), metrics: createMetrics() });
    const attempts: number[] = [];
    effects.on(Things, 'do', async (_, effect) => (attempts.push(effect.attempts) < 3 ? 'more' : 'done'));
    await thingWith(effects.scheduled('in pieces', 'do', now));
    await effects.sweep();
    expect(attempts).toEqual([1, 1, 1]);
  });
});
