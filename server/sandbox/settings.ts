import type Router from '@koa/router';
import { z } from 'zod';
import { bodyOf } from './control/requests';
import type { Store } from './store';

const settings = z.strictObject({
  /** How long a refund stays PROCESSING, ms of the demo clock. */
  refundSettleMs: z.number().int().nonnegative(),
  /** What is_trade_managed answers. */
  tradeManaged: z.boolean(),
  /** How bills print counts: 45 or 45.0. */
  billCounts: z.enum(['integer', 'decimal']),
});
type Settings = z.infer<typeof settings>;

const USUAL: Settings = { refundSettleMs: 1_000, tradeManaged: false, billCounts: 'integer' };

export interface SettingsBook {
  read(): Settings;
  addRoutes(router: Router): void;
}

/** The few habits of the stand-ins that a test or a demo may change. */
export function openSettings(store: Store): SettingsBook {
  const table = store.table<Settings>('settings');
  const read = () => ({ ...USUAL, ...table.get('all') });
  return {
    read,
    addRoutes(router) {
      router.get('/settings', (context) => {
        context.body = read();
      });
      router.put('/settings', (context) => {
        const changed = { ...read(), ...bodyOf(context, settings.partial()) };
        store.write(() => table.put('all', changed));
        context.body = changed;
      });
    },
  };
}
