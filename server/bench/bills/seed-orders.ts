import type { Ground, Row } from '../../demo/ground';
import { record } from '../../demo/ground';
import { DEMO_CAMPAIGN } from '../../demo/notice-2023';
import type { Sale } from './sales';

const AT_ONCE = 2_000;

/** Our side of the day: an order a sale, as a callback leaves it. Without a campaign it is of none that there is. */
export async function seedOrders(
  ground: Ground & { campaignId?: string },
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

const paidOrder = (
  { schoolId, campaignId = schoolId }: Ground & { campaignId?: string },
  { orderNo, wechatNo, at, ourFen, ...whose }: Sale,
): Row => ({
  ...record(orderNo),
  schoolId,
  campaignId,
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
      lines: [{ account: 'channel_receivable', fen: ourFen }, ...incomeOf(ourFen)],
    },
  ],
  callbackIds: [orderNo],
});

/** Over the fee items; what is not the price of them all is the first one's. */
function incomeOf(fen: number): { account: string; fen: number }[] {
  const [first, ...others] = DEMO_CAMPAIGN.feeItems;
  const rest = others.map(({ code, amountFen }) => ({ account: `income:${code}`, fen: -amountFen }));
  const left = others.reduce((sum, { amountFen }) => sum - amountFen, fen);
  return [{ account: `income:${first?.code}`, fen: -left }, ...rest];
}
