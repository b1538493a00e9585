import type { LocalPayment, LocalRefund } from '../../../../server/modules/payments/money-of-day';
import type { DifferenceType } from '../../../../server/modules/reconciliation/difference';
import type { FlowRow } from '../../../../server/modules/reconciliation/fund-flow-bill';
import type { TradeRow } from '../../../../server/modules/reconciliation/trade-bill';

/** What happened to one order: our records, WeChat's bills, and the differences that a match must find, no others. */
export interface Story {
  ours: (LocalPayment | LocalRefund)[];
  trade: TradeRow[];
  flows: FlowRow[];
  /** In the bills of the day before, which are in. */
  tradeBefore: TradeRow[];
  flowsBefore: FlowRow[];
  /** Bookings that a payment of ours has paid. */
  paidBookings: string[];
  expected: { type: DifferenceType; about: string }[];
}

export interface Draw {
  /** Makes its numbers its own. */
  number: number;
  fen: number;
  /** Of the day, away from midnight. */
  at: Date;
  /** Within the first ten minutes of the day. */
  earlyAt: Date;
  /** Within the last ten minutes of the day. */
  lateAt: Date;
  /** On the day after, which is not reconciled yet. */
  afterwards: Date;
  /** On the day before. */
  before: Date;
  /** During the next morning's making of bills. */
  settledAt: Date;
}

const RATE = '0.60%';
/** In another way than the code under test: halves are rounded up in tenths of a fen. */
const feeOf = (fen: number) => Math.trunc((fen * 6 + 500) / 1000);

function sale({ number, fen, at }: Draw) {
  const orderNo = `T${number}`;
  const wechatNo = `4200${number}`;
  const ours: LocalPayment = {
    kind: 'payment',
    orderNo,
    refundNo: null,
    wechatNo,
    fen,
    at,
    state: 'paid',
    quarantine: null,
  };
  const row: TradeRow = {
    kind: 'payment',
    orderNo,
    refundNo: null,
    bookingId: `B${number}`,
    wechatNo,
    at,
    fen,
    settledFen: fen,
    feeFen: feeOf(fen),
    rate: RATE,
    status: 'SUCCESS',
  };
  return { orderNo, ours, row };
}

function giveBack(draw: Draw) {
  const { number, fen, at, settledAt } = draw;
  const refundNo = `R${number}`;
  const { orderNo } = sale(draw);
  const wechatNo = `5030${number}`;
  const ours: LocalRefund = {
    kind: 'refund',
    orderNo,
    refundNo,
    wechatNo,
    fen,
    at,
    state: 'succeeded',
    succeededAt: settledAt,
  };
  const row: TradeRow = {
    kind: 'refund',
    orderNo,
    refundNo,
    bookingId: `B${number}`,
    wechatNo,
    at,
    fen,
    settledFen: fen,
    feeFen: -feeOf(fen) || 0,
    rate: RATE,
    status: 'PROCESSING',
  };
  return { orderNo, refundNo, ours, row };
}

/** What moves for a row: the money, and the fee the other way. */
function flowsOf({ wechatNo, kind, at, settledFen, feeFen }: TradeRow): FlowRow[] {
  const isPayment = kind === 'payment';
  const money = { flowNo: `F${wechatNo}-0`, wechatNo, type: isPayment ? '交易' : '退款', at };
  const fee = {
    flowNo: `F${wechatNo}-1`,
    wechatNo,
    type: isPayment ? '扣除交易手续费' : '退还交易手续费',
    at,
  };
  return [
    { ...money, fen: isPayment ? settledFen : -settledFen },
    ...(feeFen === 0 ? [] : [{ ...fee, fen: -feeFen }]),
  ];
}

const story = (parts: Partial<Story>): Story => ({
  ours: [],
  trade: [],
  flows: [],
  tradeBefore: [],
  flowsBefore: [],
  paidBookings: [],
  expected: [],
  ...parts,
});

/** What happens every day and is no difference. */
export const ordinary = {
  sold(draw: Draw) {
    const { ours, row } = sale(draw);
    return story({ ours: [ours], trade: [row], flows: flowsOf(row) });
  },
  soldWithCoupon(draw: Draw) {
    const { ours, row } = sale(draw);
    const settledFen = Math.ceil(row.fen / 2);
    const settled = { ...row, settledFen, feeFen: feeOf(settledFen) };
    return story({ ours: [ours], trade: [settled], flows: flowsOf(settled) });
  },
  soldAndRefunded(draw: Draw) {
    const [sold, back] = [sale(draw), giveBack(draw)];
    const trade = [sold.row, back.row];
    return story({ ours: [sold.ours, back.ours], trade, flows: trade.flatMap(flowsOf) });
  },
  refundedSinceTheBill(draw: Draw) {
    const { ours, row } = giveBack(draw);
    return story({
      ours: [{ ...ours, state: 'accepted', succeededAt: null }],
      trade: [row],
      flows: flowsOf(row),
    });
  },
  refundClosedTheSameDay(draw: Draw) {
    const { ours, row } = giveBack(draw);
    const closed: TradeRow = { ...row, status: 'CLOSED' };
    const flows = [...flowsOf(row), ...closing(row, draw.at)];
    return story({ ours: [{ ...ours, state: 'closed', succeededAt: null }], trade: [closed], flows });
  },
  refundOfYesterdayClosedToday(draw: Draw) {
    const { ours, row } = giveBack(draw);
    const before = { ...row, at: draw.before };
    return story({
      ours: [{ ...ours, at: draw.before, state: 'closed', succeededAt: null }],
      tradeBefore: [before],
      flowsBefore: flowsOf(before),
      flows: closing(row, draw.at),
    });
  },
  refundHeardOfTheNextDay(draw: Draw) {
    const { ours, row } = giveBack(draw);
    const before = { ...row, at: draw.before };
    return story({ ours: [ours], tradeBefore: [before], flowsBefore: flowsOf(before) });
  },
  moneyMovedAfterMidnight(draw: Draw) {
    const { ours, row } = sale(draw);
    const before = { ...row, at: draw.before };
    return story({ ours: [{ ...ours, at: draw.before }], tradeBefore: [before], flows: flowsOf(row) });
  },
  bookedTodayAndYesterdayWithUs(draw: Draw) {
    const { ours, row } = sale(draw);
    return story({ ours: [{ ...ours, at: draw.before }], trade: [row], flows: flowsOf(row) });
  },
  neverPaid(draw: Draw) {
    return story({ ours: [{ ...sale(draw).ours, at: null, wechatNo: null, state: 'closed' }] });
  },
};

/** Each with the one difference that it must be told as. */
export const planted = {
  surplus(draw: Draw) {
    const { orderNo, row } = sale(draw);
    return story({ trade: [row], flows: flowsOf(row), expected: [{ type: 'surplus', about: orderNo }] });
  },
  surplusRefund(draw: Draw) {
    const { refundNo, row } = giveBack(draw);
    return story({ trade: [row], flows: flowsOf(row), expected: [{ type: 'surplus', about: refundNo }] });
  },
  shortage(draw: Draw) {
    const { orderNo, ours } = sale(draw);
    return story({ ours: [ours], expected: [{ type: 'shortage', about: orderNo }] });
  },
  shortageRefund(draw: Draw) {
    const { refundNo, ours } = giveBack(draw);
    return story({ ours: [ours], expected: [{ type: 'shortage', about: refundNo }] });
  },
  amount(draw: Draw) {
    const { orderNo, ours, row } = sale(draw);
    const expected = [{ type: 'amount' as const, about: orderNo }];
    return story({ ours: [{ ...ours, fen: ours.fen + 1 }], trade: [row], flows: flowsOf(row), expected });
  },
  amountInQuarantine(draw: Draw) {
    const { orderNo, ours, row } = sale(draw);
    const quarantine = { reason: 'amount' as const, orderFen: ours.fen + 100 };
    const expected = [{ type: 'amount' as const, about: orderNo }];
    return story({
      ours: [{ ...ours, state: 'quarantined', quarantine }],
      trade: [row],
      flows: flowsOf(row),
      expected,
    });
  },
  wrongPayerInQuarantine(draw: Draw) {
    const { orderNo, ours, row } = sale(draw);
    const quarantine = { reason: 'payer' as const, orderFen: ours.fen };
    const expected = [{ type: 'status' as const, about: orderNo }];
    return story({
      ours: [{ ...ours, state: 'quarantined', quarantine }],
      trade: [row],
      flows: flowsOf(row),
      expected,
    });
  },
  notHeardOf(draw: Draw) {
    const { orderNo, ours, row } = sale(draw);
    const expected = [{ type: 'status' as const, about: orderNo }];
    const unpaid = { ...ours, at: null, wechatNo: null, state: 'prepaid' as const };
    return story({ ours: [unpaid], trade: [row], flows: flowsOf(row), expected });
  },
  refundNotHeardOf(draw: Draw) {
    const { refundNo, ours, row } = giveBack(draw);
    const asked = { ...ours, at: null, wechatNo: null, state: 'requested' as const, succeededAt: null };
    const expected = [{ type: 'status' as const, about: refundNo }];
    return story({ ours: [asked], trade: [row], flows: flowsOf(row), expected });
  },
  refundArrivedUnheardOf(draw: Draw) {
    const { refundNo, ours, row } = giveBack(draw);
    const accepted = { ...ours, state: 'accepted' as const, succeededAt: null };
    const expected = [{ type: 'status' as const, about: refundNo }];
    return story({ ours: [accepted], trade: [{ ...row, status: 'SUCCESS' }], flows: flowsOf(row), expected });
  },
  fee(draw: Draw) {
    const { orderNo, ours, row } = sale(draw);
    const wrong = { ...row, feeFen: row.feeFen + 1 };
    const expected = [{ type: 'fee' as const, about: orderNo }];
    return story({ ours: [ours], trade: [wrong], flows: flowsOf(wrong), expected });
  },
  feeInTheTradeBillOnly(draw: Draw) {
    const { orderNo, ours, row } = sale({ ...draw, fen: draw.fen + 100 });
    const expected = [{ type: 'fee' as const, about: orderNo }];
    return story({
      ours: [ours],
      trade: [{ ...row, feeFen: row.feeFen + 1 }],
      flows: flowsOf(row),
      expected,
    });
  },
  feeTakenTwice(draw: Draw) {
    const { ours, row } = sale({ ...draw, fen: draw.fen + 100 });
    const flows = flowsOf(row).map((flow) => (flow.type === '交易' ? flow : { ...flow, fen: flow.fen * 2 }));
    const expected = [{ type: 'fee' as const, about: `F${row.wechatNo}-1` }];
    return story({ ours: [ours], trade: [row], flows, expected });
  },
  lessMoneyMoved(draw: Draw) {
    const { ours, row } = sale({ ...draw, fen: draw.fen + 100 });
    const flows = flowsOf(row).map((flow) => (flow.type === '交易' ? { ...flow, fen: flow.fen - 1 } : flow));
    const expected = [{ type: 'amount' as const, about: `F${row.wechatNo}-0` }];
    return story({ ours: [ours], trade: [row], flows, expected });
  },
  noMoneyMoved(draw: Draw) {
    const { orderNo, ours, row } = sale(draw);
    const flows = flowsOf(row).filter(({ type }) => type !== '交易');
    return story({ ours: [ours], trade: [row], flows, expected: [{ type: 'missing_flow', about: orderNo }] });
  },
  paidAgainByAnOrderWeLost(draw: Draw) {
    const { orderNo, row } = sale(draw);
    return story({
      trade: [row],
      flows: flowsOf(row),
      paidBookings: [row.bookingId ?? ''],
      expected: [{ type: 'duplicate_payment', about: orderNo }],
    });
  },
  paidTwice(draw: Draw) {
    const { orderNo, ours, row } = sale(draw);
    const second = { ...row, wechatNo: `${row.wechatNo}-2` };
    const trade = [row, second];
    const expected = [{ type: 'duplicate_payment' as const, about: orderNo }];
    return story({ ours: [ours], trade, flows: trade.flatMap(flowsOf), expected });
  },
  listedTwice(draw: Draw) {
    const { orderNo, ours, row } = sale(draw);
    const expected = [{ type: 'duplicate_payment' as const, about: orderNo }];
    return story({ ours: [ours], trade: [row, row], flows: flowsOf(row), expected });
  },
  nearMidnight(draw: Draw) {
    const { orderNo, ours } = sale({ ...draw, at: draw.lateAt });
    return story({ ours: [ours], expected: [{ type: 'cross_day', about: orderNo }] });
  },
  nearTheMidnightOfADayThatIsIn(draw: Draw) {
    const { orderNo, ours } = sale({ ...draw, at: draw.earlyAt });
    return story({ ours: [ours], expected: [{ type: 'shortage', about: orderNo }] });
  },
  heardOfTomorrow(draw: Draw) {
    const { refundNo, ours, row } = giveBack(draw);
    const expected = [{ type: 'cross_day' as const, about: refundNo }];
    return story({ ours: [{ ...ours, at: draw.afterwards }], trade: [row], flows: flowsOf(row), expected });
  },
  movesTomorrow(draw: Draw) {
    const { orderNo, ours, row } = sale({ ...draw, fen: 1, at: draw.lateAt });
    return story({ ours: [ours], trade: [row], expected: [{ type: 'cross_day', about: orderNo }] });
  },
  toppedUp({ number, fen, at }: Draw) {
    const flow = { flowNo: `F${number}`, wechatNo: `7000${number}`, type: '充值', fen, at };
    return story({ flows: [flow], expected: [{ type: 'unknown_flow', about: flow.flowNo }] });
  },
  tookTwice(draw: Draw) {
    const { ours, row } = sale(draw);
    const again = {
      flowNo: `G${draw.number}`,
      wechatNo: row.wechatNo,
      type: '交易',
      fen: row.fen,
      at: row.at,
    };
    const expected = [{ type: 'unknown_flow' as const, about: again.flowNo }];
    return story({ ours: [ours], trade: [row], flows: [...flowsOf(row), again], expected });
  },
};

function closing(row: TradeRow, at: Date): FlowRow[] {
  const common = { wechatNo: row.wechatNo, at };
  const back = { ...common, flowNo: `C${row.wechatNo}-0`, type: '退款关闭', fen: row.settledFen };
  if (row.feeFen === 0) return [back];
  return [back, { ...common, flowNo: `C${row.wechatNo}-1`, type: '扣除交易手续费', fen: row.feeFen }];
}
