import { ApiError } from '../../../../server/demo/api-client';
import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import { bookedBooking } from './steps';

/** A paid order, and the number on the paper that finance has in its hands. */
interface Paid {
  orderNo: string;
  number: string;
}

let papers = 0;

async function paid(world: CrashWorld): Promise<Paid> {
  const { student } = await bookedBooking(world);
  const { orders } = await student.api.call('GET /api/me/orders');
  papers += 1;
  return { orderNo: orders[0]?.orderNo ?? '', number: `0117${String(papers).padStart(6, '0')}` };
}

const issueOnce = ({ maker }: CrashWorld, { orderNo, number }: Paid) =>
  maker.call('POST /api/console/orders/:orderNo/receipt', {
    params: { orderNo },
    body: { kind: 'e_receipt', number },
  });

const receiptOf = async ({ maker }: CrashWorld, { orderNo }: Paid) =>
  (await maker.call('GET /api/console/orders/:orderNo/receipt', { params: { orderNo } })).receipt;

const issue: UseCase<Paid> = {
  name: 'receipt: issued',
  arrange: paid,
  scope: ({ orderNo }) => `POST /api/console/orders/${orderNo}/receipt`,
  act: issueOnce,
  async goOn(world, subject) {
    const { receipt } = await issueOnce(world, subject);
    expect(receipt).toMatchObject({ kind: 'e_receipt', number: subject.number, version: 1 });
    expect((await issueOnce(world, subject)).receipt).toEqual(receipt);
  },
};

const voidOnce: UseCase<Paid> = {
  name: 'receipt: voided',
  async arrange(world) {
    const subject = await paid(world);
    await issueOnce(world, subject);
    return subject;
  },
  scope: ({ orderNo }) => `POST /api/console/orders/${orderNo}/receipt/void`,
  act: ({ maker }, { orderNo }) =>
    maker.call('POST /api/console/orders/:orderNo/receipt/void', {
      params: { orderNo },
      body: { version: 1, reason: '抬头写错' },
    }),
  async goOn(world, subject) {
    try {
      await voidOnce.act(world, subject);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'CHANGED_MEANWHILE') throw error;
    }
    expect(await receiptOf(world, subject)).toBeNull();
    // The void one's number is never used again; the order gets another.
    await expect(issueOnce(world, subject)).rejects.toMatchObject({ code: 'RECEIPT_NUMBER_TAKEN' });
    const another = { ...subject, number: `${subject.number}-2` };
    expect((await issueOnce(world, another)).receipt).toMatchObject({ number: another.number });
  },
};

export const RECEIPT_CASES = [issue, voidOnce] as UseCase[];
