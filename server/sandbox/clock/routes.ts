import type Router from '@koa/router';
import { z } from 'zod';
import { bodyOf, refuse } from '../control/requests';
import type { Store } from '../store';
import type { DemoClock } from './demo-clock';
import { openFollowers } from './followers';
import type { Timers } from './timers';

const PATIENCE_MS = 2_000;

const move = z.union([
  z.strictObject({ now: z.iso.datetime({ offset: true }), allowBackwards: z.boolean().optional() }),
  z.strictObject({ advanceMs: z.number().int(), allowBackwards: z.boolean().optional() }),
  z.strictObject({ offsetMs: z.number().int(), allowBackwards: z.boolean().optional() }),
]);
const acknowledgement = z.strictObject({ follower: z.string().min(1), seq: z.number().int() });
const phases = z.array(
  z.strictObject({ key: z.string().min(1), label: z.string(), at: z.iso.datetime({ offset: true }) }),
);
type Phases = z.infer<typeof phases>;

/** The demo clock: read it, move it, follow it, and name its instants. */
export function clockRoutes(router: Router, clock: DemoClock, timers: Timers, store: Store): void {
  const followers = openFollowers(clock);
  const named = store.table<Phases>('clock-phases');
  const present = () => ({ now: clock.now().toISOString(), ...clock.reading() });

  router.get('/clock', (context) => {
    context.body = present();
  });

  router.post('/clock', async (context) => {
    const wanted = bodyOf(context, move);
    const offsetMs = Math.round(offsetFor(wanted, clock));
    // A return to the machine's own time is the end of a demo, not a mistake.
    const backwards = offsetMs < clock.reading().offsetMs && !('offsetMs' in wanted && offsetMs === 0);
    if (backwards && !wanted.allowBackwards) {
      refuse(409, 'the clock only moves forward; send allowBackwards: true to move it back');
    }
    const silent = await timers.standStill(() => followers.haveSeen(clock.moveTo(offsetMs).seq, PATIENCE_MS));
    context.body = { ...present(), silent };
  });

  router.get('/clock/stream', (context) => {
    const name = context.query.follower;
    if (typeof name !== 'string' || name === '') refuse(400, 'follower is required');
    context.respond = false;
    followers.connect(name, context.res);
  });

  router.post('/clock/ack', (context) => {
    const { follower, seq } = bodyOf(context, acknowledgement);
    followers.acknowledge(follower, seq);
    context.status = 204;
  });

  router.get('/clock/phases', (context) => {
    context.body = named.get('all') ?? [];
  });

  router.put('/clock/phases', (context) => {
    const all = bodyOf(context, phases);
    store.write(() => named.put('all', all));
    context.body = all;
  });
}

function offsetFor(wanted: z.infer<typeof move>, clock: DemoClock): number {
  if ('now' in wanted) return Date.parse(wanted.now) - Date.now();
  if ('advanceMs' in wanted) return clock.reading().offsetMs + wanted.advanceMs;
  return wanted.offsetMs;
}
