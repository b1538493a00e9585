import { Bookings } from '../../server/modules/bookings/model';
import { openTable } from '../../server/platform/tables/open-table';
import type { PaymentWorld } from './payment-world';
import { twoPeople } from './two-people';

/** Two days of money with everything that a report has to count, over HTTP as students and finance would. */
export interface ReportScene {
  /** Paid on the 15th, the web page given back. */
  partly: string;
  /** Paid on the 15th with 29 yuan instead of 30: aside. */
  aside: string;
  /** Paid on the 15th, all of it given back on the 16th. */
  returned: string;
  /** Paid on the 16th. */
  whole: string;
}

export const FIRST = '2022-11-15';
export const SECOND = '2022-11-16';
export const SHOT_DAY = '2022-11-19';

export async function layReportScene(w: PaymentWorld): Promise<ReportScene> {
  const session = await w.session();
  const partly = await w.paid(session);
  const returned = await w.paid(session);
  await refund(w, partly.orderNo, { items: ['web_page'] });
  const odd = await w.paying(session);
  await w.payAnyhow(odd.orderNo, { wrongAmount: 2900 });
  await w.called(odd.orderNo);
  await w.control('POST', '/clock', { now: `${SECOND}T11:00:00+08:00` });
  const whole = await w.paid(session);
  await refund(w, returned.orderNo, { endsPlace: true });
  await w.settle();
  // On-site scanning has tests of its own: here it only matters that the camera clicked.
  await photograph([partly.id, whole.id]);
  return { partly: partly.orderNo, aside: odd.orderNo, returned: returned.orderNo, whole: whole.orderNo };
}

async function refund(
  w: PaymentWorld,
  orderNo: string,
  wish: { items?: string[]; endsPlace?: boolean },
): Promise<void> {
  await twoPeople(() => w).byTwo(orderNo, { kind: 'refund', reason: '=未制作网页', ...wish });
  await w.advance(2_000);
  await w.called(orderNo, 2);
  await w.settle();
}

async function photograph(bookingIds: readonly string[]): Promise<void> {
  for (const [at, _id] of bookingIds.entries()) {
    await Bookings.updateOne(
      { _id },
      {
        $set: {
          attendance: 'shot',
          shotAt: new Date(`${SHOT_DAY}T09:0${at}:00+08:00`),
          arrival: {
            at: new Date(`${SHOT_DAY}T09:00:00+08:00`),
            day: SHOT_DAY,
            room: 'C区202',
            shotNumber: at + 1,
            deviceId: 'test',
            device: 'test',
            reason: 'ok',
          },
        },
      },
    );
  }
}

/** The first sheet as rows by heading; the lines above the heading are left out. */
export async function readSheet(
  bytes: Buffer,
  heading: string,
  sheet = 0,
): Promise<Record<string, string>[]> {
  const table = await openTable(bytes, () => true);
  let names: string[] = [];
  const rows: Record<string, string>[] = [];
  for await (const { cells } of table.rows(sheet)) {
    if (names.length > 0) rows.push(Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])));
    else if (cells[0] === heading) names = cells;
  }
  return rows;
}

/** "1,234.50" → 123450 */
export const fenOf = (yuan: string | undefined): number =>
  Math.round(Number((yuan ?? '').replace(/,/g, '')) * 100);
