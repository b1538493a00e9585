/** Documents as the service leaves them, written down here once more: the checker is tried on data, not on our code. */
export const NOW = new Date('2022-11-18T02:00:00Z');
export const SCHOOL = 'school-a';
export const CAMPAIGN = 'campaign-a';
export const MERCHANT = '1900000001';
export const ROOM = '2022-11-18|701';

const ITEMS = [
  { code: 'photo', name: '拍摄费', amountFen: 2000 },
  { code: 'web', name: '网页制作费', amountFen: 1000 },
];
export const PRICE = 3000;

export interface EffectDoc {
  key: string;
  kind: string;
  dueAt: Date;
  attempts: number;
  payload: Record<string, string>;
}

export const effect = (kind: string, payload: Record<string, string> = {}): EffectDoc => ({
  key: `${kind} ${Object.values(payload).join()}`,
  kind,
  dueAt: NOW,
  attempts: 0,
  payload,
});

export function bookingDoc(id: string, studentId: string) {
  return {
    _id: id,
    version: 1,
    schoolId: SCHOOL,
    campaignId: CAMPAIGN,
    studentId,
    accountId: `account-${studentId}` as string | null,
    channel: 'online',
    sessionId: 'session-1' as string | null,
    seatNo: undefined as number | undefined,
    makeUpDay: undefined as string | undefined,
    active: true,
    place: 'booked',
    payment: 'unpaid',
    attendance: 'expected',
    feeItems: structuredClone(ITEMS),
    amountFen: PRICE,
    holdExpiresAt: null as Date | null,
    orderNo: null as string | null,
    orderNos: [] as string[],
    paidOrderNo: null as string | null,
    arrival: null as { at: Date; day: string; room: string; shotNumber: number } | null,
    shotKeys: [] as string[],
    effects: [] as EffectDoc[],
    trail: [{ id: 'line', facts: { name: '某人' } }],
  };
}
export type BookingDoc = ReturnType<typeof bookingDoc>;

export interface LedgerDoc {
  id: string;
  kind: string;
  reference: string;
  lines: { account: string; fen: number }[];
}

export interface RefundDoc {
  refundNo: string;
  cause: string;
  state: string;
  amountFen: number;
  items: { code: string; amountFen: number }[];
  requestedBy: string;
  refundId: string | null;
}

/** An order that WeChat knows and nobody has paid. */
export function orderDoc(id: string, booking: BookingDoc) {
  return {
    _id: id,
    version: 1,
    schoolId: booking.schoolId,
    campaignId: booking.campaignId,
    bookingId: booking._id,
    studentId: booking.studentId,
    mchid: MERCHANT,
    payerOpenid: 'openid',
    state: 'prepaid',
    feeItems: structuredClone(booking.feeItems),
    totalFen: booking.amountFen,
    prepayId: `prepay-${id}` as string | null,
    transactionId: undefined as string | undefined,
    paidAt: null as Date | null,
    payerTotalFen: null as number | null,
    closedAt: null as Date | null,
    quarantine: null as { reason: string; receivedFen: number; currency: string } | null,
    refunds: [] as RefundDoc[],
    ledger: [] as LedgerDoc[],
    effects: [effect('query-order')],
  };
}
export type OrderDoc = ReturnType<typeof orderDoc>;

let entries = 0;
export function post(order: OrderDoc, kind: string, reference: string, lines: [string, number][]): void {
  entries += 1;
  order.ledger.push({
    id: `entry-${entries}`,
    kind,
    reference,
    lines: lines.map(([account, fen]) => ({ account, fen })),
  });
}

export const sessionDoc = (id: string, capacity: number, timetable = 'timetable-2') => ({
  _id: id,
  schoolId: SCHOOL,
  campaignId: CAMPAIGN,
  timetable,
  capacity,
});

export const studentDoc = (id: string) => ({ _id: id, schoolId: SCHOOL, campaignId: CAMPAIGN, name: '某人' });

/** WeChat's side. */
export interface TheirOrderDoc {
  mchid: string;
  outTradeNo: string;
  payment?: {
    transactionId: string;
    successMs: number;
    totalFen: number;
    payerTotalFen: number;
    feeFen: number;
  };
  refunds: string[];
}

export interface TheirRefundDoc {
  mchid: string;
  outRefundNo: string;
  refundId: string;
  outTradeNo: string;
  refundFen: number;
  feeFen: number;
  status: string;
  createdMs: number;
  history: { status: string; atMs: number }[];
}

export interface FlowDoc {
  mchid: string;
  atMs: number;
  businessNo: string;
  type: string;
  direction: string;
  amountFen: number;
}

/** The day of NOW with both bills in, of payments alone. @param paidFen by WeChat's bills */
export function billDayDoc(state: string, payments: number, paidFen: number) {
  const feeFen = 90;
  return {
    _id: 'merchant-a:2022-11-18',
    schoolId: SCHOOL,
    merchantId: 'merchant-a',
    mchid: MERCHANT,
    day: '2022-11-18',
    state,
    theirs: {
      rows: payments,
      payments,
      paidFen,
      settledFen: paidFen,
      refunds: 0,
      refundedFen: 0,
      settledRefundFen: 0,
      feeFen,
    },
    moved: { rows: 2 * payments, inRows: payments, inFen: paidFen, outRows: payments, outFen: feeFen },
  };
}
