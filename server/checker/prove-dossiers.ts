import type { Findings, Violation } from './findings';
import { checkLedger } from './money/check-ledger';
import { checkOrder } from './money/check-order';
import { checkPayment, type Whereabouts } from './money/check-payment';
import { checkRefunds } from './money/check-refunds';
import { MoneyMap, type MoneyPlace } from './money/money-map';
import { checkPlace, type PlaceRules } from './places/check-place';
import { OccupiedSeats } from './places/occupied-seats';
import { ShotNumbers } from './places/shot-numbers';
import type { Dossier, Records } from './reading/records';

export interface DossierRules extends PlaceRules {
  /** School of each merchant account, by mchid. */
  merchants: ReadonlyMap<string, string>;
}

/**
 * Judges every booking with its orders, one after another. Whatever looks wrong is read again, as it stands at one
 * moment, before it counts: the proof may run while the service works.
 *
 * @returns seats taken, where the money is, and in which places in detail
 */
export async function proveDossiers(
  records: Records,
  rules: DossierRules,
  findings: Findings,
): Promise<{ taken: number; money: Whereabouts; places: MoneyPlace[] }> {
  const seats = new OccupiedSeats(records, rules.sessions, findings);
  const shots = new ShotNumbers(records, findings);
  const total: Whereabouts = { paid: 0, refunded: 0, refunding: 0, quarantined: 0, inTransit: 0 };
  const places = new MoneyMap();
  for await (const piece of records.dossiers()) {
    for (const seen of piece) {
      const { dossier, violations, money } = await judgeTwice(records, seen, rules);
      for (const violation of violations) findings.add(violation);
      addTo(total, money);
      for (const order of dossier.orders) places.add(order);
      if (!dossier.booking) continue;
      await seats.take(dossier.booking);
      await shots.take(dossier.booking);
    }
  }
  await seats.checkTotals();
  return { taken: seats.taken, money: total, places: places.all() };
}

interface Judged {
  dossier: Dossier;
  violations: Violation[];
  money: Whereabouts;
}

async function judgeTwice(records: Records, seen: Dossier, rules: DossierRules): Promise<Judged> {
  const first = judge(seen, rules);
  if (first.violations.length === 0) return first;
  return judge(await records.dossierNow(seen.bookingId), rules);
}

function judge(dossier: Dossier, rules: DossierRules): Judged {
  const { violations, money } = checkPayment(dossier, rules.settled);
  const ofOrders = dossier.orders.flatMap((order) => [
    ...checkOrder(order, rules.merchants),
    ...checkLedger(order),
    ...checkRefunds(order),
  ]);
  return { dossier, violations: [...checkPlace(dossier, rules), ...violations, ...ofOrders], money };
}

function addTo(total: Whereabouts, part: Whereabouts): void {
  total.paid += part.paid;
  total.refunded += part.refunded;
  total.refunding += part.refunding;
  total.quarantined += part.quarantined;
  total.inTransit += part.inTransit;
}
