import type { Ground, Row } from '../../demo/ground';
import { record } from '../../demo/ground';
import { DEMO_CAMPAIGN } from '../../demo/notice-2023';
import type { Sale } from './sales';

const AT_ONCE = 2_000;

/** Our side of the day: an order a sale, as a callback leaves it. */
export async function seedOrders(
  ground: Ground,
  { mchid, appid }: { mchid: string; appid: string },
  sales: Iterable<Sale>,
): Promise<number> {
  const orders = ground.db.collection<Row>('orders');
  let seeded = 0;
  let part: Row[] = [];
  const insert = async () => {
    await orders.insertMany(part, { ordered: false });
    seeded += part.length;
    part = [];
  };
  for (const sale of sales) {
    part.push({ ...paidOrder(ground, sale), mchid, appid });
    if (part.length >= AT_ONCE) await insert();
  }
  if (part.length > 0) await insert();
  return seeded;
}

const paidOrder = ({ schoolId }: Ground, { orderNo, wechatNo, at, ourFen, ...whose }: Sale): Row => ({
  ...record(orderNo),
  schoolId,
  campaignId: schoolId,
  bookingId: whose.bookingId,
  studentId: whose.studentId,
  payerOpenid: whose.openid,
  description: '毕业生图像采集费',
  feeItems: DEMO_CAMPAIGN.feeItems,
  totalFen: ourFen,
  state: 'paid',
  createdAt: at,
  expiresAt: at,
  prepayId: `wx-${orderNo}`,
  transactionId: wechatNo,
  paidAt: at,
  payerTotalFen: ourFen,
  closedAt: null,
  quarantine: null,
  refunds: [],
  proposals: [],
  ledger: [
    {
      id: orderNo,
      at,
      kind: 'payment',
      reference: wechatNo,
      lines: [
        { account: 'channel_receivable', fen: ourFen },
        { account: 'income:shot', fen: -ourFen },
      ],
    },
  ],
  callbackIds: [orderNo],
});
