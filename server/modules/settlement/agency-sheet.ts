import type { AgencyRow, AgencySheet } from '../../../shared/contract/settlement';
import type { World } from '../../world';
import { shotsOf } from '../bookings/shot-bookings';
import type { Campaign } from '../campaigns/model';
import { incomeOfCampaign, ledgerIncome } from '../payments/income-of-campaign';
import { collegesOf } from '../roster/colleges-of';

const NO_COLLEGE = '未填学院';

type Tally = Omit<AgencyRow, 'college' | 'items' | 'netFen'> & {
  items: Map<string, { receivedFen: number; refundedFen: number }>;
};

/**
 * What is settled with the photographer: everybody who was photographed, by college, with what their orders brought by
 * fee item, less what went back. Whether it ties to the ledger's own sums is said, not assumed.
 */
export async function agencySheet(
  world: Pick<World, 'clock'>,
  { _id, name, feeItems }: Pick<Campaign, '_id' | 'name' | 'feeItems'>,
): Promise<AgencySheet> {
  const [shots, colleges] = await Promise.all([shotsOf(_id), collegesOf(_id)]);
  const collegeOf = (studentId: string) => colleges.get(studentId) || NO_COLLEGE;
  const tallies = new Map<string, Tally>();
  const tallyOf = (college: string) => {
    const known = tallies.get(college) ?? { shots: 0, paid: 0, owed: 0, waived: 0, items: new Map() };
    tallies.set(college, known);
    return known;
  };
  for (const { studentId, payment } of shots) {
    const tally = tallyOf(collegeOf(studentId));
    tally.shots += 1;
    if (payment === 'paid' || payment === 'waived') tally[payment] += 1;
    else tally.owed += 1;
  }
  const shotBookings = new Set(shots.map((booking) => booking._id));
  const unshot = new Map<string, number>();
  const unshotBookings = new Set<string>();
  for await (const orders of incomeOfCampaign(_id)) {
    for (const { bookingId, studentId, items } of orders) {
      const isShot = shotBookings.has(bookingId);
      for (const { code, receivedFen, refundedFen } of items) {
        if (isShot) {
          const sums = tallyOf(collegeOf(studentId)).items;
          const sum = sums.get(code) ?? { receivedFen: 0, refundedFen: 0 };
          sums.set(code, {
            receivedFen: sum.receivedFen + receivedFen,
            refundedFen: sum.refundedFen + refundedFen,
          });
        } else {
          unshot.set(code, (unshot.get(code) ?? 0) + receivedFen - refundedFen);
          if (receivedFen !== refundedFen) unshotBookings.add(bookingId);
        }
      }
    }
  }
  const ledger = await ledgerIncome(_id);
  const codes = [...new Set([...feeItems.map(({ code }) => code), ...ledger.keys()])];
  const rows = [...tallies]
    .map(([college, tally]) => ({ college, ...rowOf(codes, tally) }))
    .sort((a, b) => a.college.localeCompare(b.college, 'zh'));
  const total = totalOf(codes, rows);
  return {
    campaign: name,
    at: world.clock.now().toISOString(),
    items: codes.map((code) => {
      const item = feeItems.find((one) => one.code === code);
      return { code, name: item?.name ?? code, amountFen: item?.amountFen ?? 0 };
    }),
    rows,
    total,
    unshot: { bookings: unshotBookings.size, netFen: sum([...unshot.values()]) },
    ledger: codes.map((code) => ({ code, netFen: ledger.get(code) ?? 0 })),
    ties: total.items.every(
      ({ code, netFen }) => netFen + (unshot.get(code) ?? 0) === (ledger.get(code) ?? 0),
    ),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function rowOf(codes: readonly string[], { items, ...counts }: Tally): Omit<AgencyRow, 'college'> {
  const money = codes.map((code) => {
    const { receivedFen, refundedFen } = items.get(code) ?? { receivedFen: 0, refundedFen: 0 };
    return { code, receivedFen, refundedFen, netFen: receivedFen - refundedFen };
  });
  return { ...counts, items: money, netFen: sum(money.map(({ netFen }) => netFen)) };
}

function totalOf(codes: readonly string[], rows: readonly AgencyRow[]): AgencySheet['total'] {
  const count = (key: 'shots' | 'paid' | 'owed' | 'waived' | 'netFen') => sum(rows.map((row) => row[key]));
  return {
    shots: count('shots'),
    paid: count('paid'),
    owed: count('owed'),
    waived: count('waived'),
    items: codes.map((code, index) => {
      const of = (key: 'receivedFen' | 'refundedFen' | 'netFen') =>
        sum(rows.map(({ items }) => items[index]?.[key] ?? 0));
      return { code, receivedFen: of('receivedFen'), refundedFen: of('refundedFen'), netFen: of('netFen') };
    }),
    netFen: count('netFen'),
  };
}
