import { randomText, seededRandom } from '../random';
import type { Store } from '../store';

export const services = ['pay', 'wechat', 'tencent', 'callback'] as const;
type Service = (typeof services)[number];

/** Ways an answer can go wrong, for every service that answers. */
export const answerFaults = [
  'http-500',
  'http-429',
  'timeout-before-effect',
  'timeout-after-effect',
  'slow',
  'late-answer',
  'connection-reset',
  'error',
  'result',
  'refund-outcome',
  'tamper-signature',
  'signtest',
  'tamper-body',
  'stale-timestamp',
  'unknown-serial',
] as const;

/** Ways a callback can go wrong, beside the signature faults that it shares with answers. */
export const callbackFaults = [
  'drop',
  'duplicate',
  'reorder',
  'delay',
  'tamper',
  'tamper-aad',
  'wrong-key',
] as const;

type FaultKind = (typeof answerFaults)[number] | (typeof callbackFaults)[number];

/** What a request or callback is about, for rules that single one out. */
export interface FaultFacts {
  mchid?: string | undefined;
  outTradeNo?: string | undefined;
  outRefundNo?: string | undefined;
  openid?: string | undefined;
}

interface FaultOrder {
  service: Service;
  operation?: string | undefined;
  match?: FaultFacts | undefined;
  kind: FaultKind;
  /** How often it strikes; endless when absent. */
  times?: number | undefined;
  delayMs?: number | undefined;
  /** Extra copies for `duplicate`. */
  copies?: number | undefined;
  /** Chance that a matching request is struck, drawn from `seed`. */
  probability?: number | undefined;
  seed?: number | undefined;
  /** For `error`: the provider's own code; for `result`: the four-factor result; for `refund-outcome`: the state. */
  code?: string | undefined;
  message?: string | undefined;
  status?: number | undefined;
}

export interface Fault extends FaultOrder {
  id: string;
  hits: number;
  draws: number;
}

export interface Faults {
  order(order: FaultOrder): Fault;
  all(): Fault[];
  cancel(id?: string): void;
  /** The first fault meant for this request, counted as having struck. */
  strike(service: Service, operation: string, facts: FaultFacts): Fault | undefined;
  /** Strikes so far, by `service:kind`. */
  counts(): Record<string, number>;
}

export function openFaults(store: Store): Faults {
  const table = store.table<Fault>('faults');
  const countTable = store.table<number>('fault-counts');
  const faults = new Map([...table.getRange()].map(({ key, value }) => [key, value]));
  const dice = new Map<string, () => number>();

  const rolls = (fault: Fault) => {
    if (fault.probability === undefined) return true;
    let roll = dice.get(fault.id);
    if (!roll) {
      roll = seededRandom(fault.seed ?? 1);
      for (let drawn = 0; drawn < fault.draws; drawn += 1) roll();
      dice.set(fault.id, roll);
    }
    fault.draws += 1;
    return roll() < fault.probability;
  };

  const count = (fault: Fault) => {
    fault.hits += 1;
    const key = `${fault.service}:${fault.kind}`;
    store.write(() => {
      table.put(fault.id, fault);
      countTable.put(key, (countTable.get(key) ?? 0) + 1);
    });
  };

  return {
    order(order) {
      const fault = { ...order, id: randomText(10), hits: 0, draws: 0 };
      faults.set(fault.id, fault);
      store.write(() => table.put(fault.id, fault));
      return fault;
    },
    all: () => [...faults.values()],
    cancel(id) {
      for (const key of id === undefined ? [...faults.keys()] : [id]) {
        faults.delete(key);
        dice.delete(key);
        store.write(() => table.remove(key));
      }
    },
    strike(service, operation, facts) {
      for (const fault of faults.values()) {
        if (!isMeant(fault, service, operation, facts) || !rolls(fault)) continue;
        count(fault);
        return fault;
      }
      return undefined;
    },
    counts: () => Object.fromEntries([...countTable.getRange()].map(({ key, value }) => [key, value])),
  };
}

function isMeant(fault: Fault, service: Service, operation: string, facts: FaultFacts): boolean {
  if (fault.service !== service) return false;
  if (fault.operation !== undefined && fault.operation !== operation) return false;
  if (fault.times !== undefined && fault.hits >= fault.times) return false;
  const { mchid, outTradeNo, outRefundNo, openid } = fault.match ?? {};
  return (
    (mchid === undefined || mchid === facts.mchid) &&
    (outTradeNo === undefined || outTradeNo === facts.outTradeNo) &&
    (outRefundNo === undefined || outRefundNo === facts.outRefundNo) &&
    (openid === undefined || openid === facts.openid)
  );
}
