import {
  type BookingDoc,
  type billDayDoc,
  bookingDoc,
  CAMPAIGN,
  effect,
  type FlowDoc,
  MERCHANT,
  NOW,
  type OrderDoc,
  orderDoc,
  PRICE,
  post,
  type RefundDoc,
  ROOM,
  SCHOOL,
  sessionDoc,
  studentDoc,
  type TheirOrderDoc,
  type TheirRefundDoc,
} from './records';

const EARLIER_MS = NOW.getTime() - 3_600_000;
const feeOf = (fen: number) => Math.floor((fen * 60 + 5_000) / 10_000);

/** A small campaign, our records of it and WeChat's, built by the same steps that the service takes. */
export class World {
  readonly schools = [{ _id: SCHOOL }];
  readonly campaigns = [{ _id: CAMPAIGN, schoolId: SCHOOL, timetable: 'timetable-2' }];
  readonly sessions = [
    sessionDoc('session-1', 8),
    sessionDoc('session-2', 2),
    sessionDoc('session-old', 9, 'timetable-1'),
  ];
  readonly merchants = [{ _id: 'merchant-a', schoolId: SCHOOL, mchid: MERCHANT }];
  readonly students: ReturnType<typeof studentDoc>[] = [];
  readonly bookings: BookingDoc[] = [];
  readonly orders: OrderDoc[] = [];
  readonly batches: {
    _id: string;
    campaignId: string;
    state: string;
    lineCount: number;
    amountFen: number;
  }[] = [];
  readonly lines: {
    _id: string;
    batchId: string;
    bookingId: string;
    orderNo: string;
    amountFen: number;
    state: string;
  }[] = [];
  readonly notices: {
    _id: string;
    mchid: string;
    kind: string;
    outTradeNo: string;
    transactionId: string;
    amountFen: number;
    resolvedAt: Date | null;
  }[] = [];

  readonly billDays: ReturnType<typeof billDayDoc>[] = [];
  readonly differences: { _id: string }[] = [];

  readonly theirMerchants = [MERCHANT, '1900000002'];
  readonly theirOrders: TheirOrderDoc[] = [];
  readonly theirRefunds: TheirRefundDoc[] = [];
  readonly flow: FlowDoc[] = [];

  booking(name: string): BookingDoc {
    return known(
      this.bookings.find(({ _id }) => _id === `booking-${name}`),
      name,
    );
  }

  order(name: string): OrderDoc {
    return known(
      this.orders.find(({ _id }) => _id === `order-${name}`),
      name,
    );
  }

  theirOrder(name: string): TheirOrderDoc & Required<Pick<TheirOrderDoc, 'payment'>> {
    const found = known(
      this.theirOrders.find(({ outTradeNo }) => outTradeNo === `order-${name}`),
      name,
    );
    return Object.assign(found, { payment: known(found.payment, name) });
  }

  refund(name: string): RefundDoc {
    return known(this.order(name).refunds.at(-1), name);
  }

  theirRefund(name: string): TheirRefundDoc {
    const { refundNo } = this.refund(name);
    return known(
      this.theirRefunds.find(({ outRefundNo }) => outRefundNo === refundNo),
      name,
    );
  }

  /** A hold with half of its time left. */
  hold(name: string, seatNo: number, sessionId = 'session-1'): BookingDoc {
    this.students.push(studentDoc(`student-${name}`));
    const booking = bookingDoc(`booking-${name}`, `student-${name}`);
    Object.assign(booking, { place: 'held', seatNo, sessionId });
    booking.holdExpiresAt = new Date(NOW.getTime() + 450_000);
    booking.effects = [effect('release-hold')];
    this.bookings.push(booking);
    return booking;
  }

  /** Its next order, open, at WeChat. */
  openOrder(name: string, booking = this.booking(name)): OrderDoc {
    const order = orderDoc(`order-${name}`, booking);
    booking.orderNo = order._id;
    booking.orderNos.push(order._id);
    this.orders.push(order);
    this.theirOrders.push({ mchid: order.mchid, outTradeNo: order._id, refunds: [] });
    return order;
  }

  closeOrder(name: string): OrderDoc {
    return Object.assign(this.order(name), { state: 'closed', closedAt: NOW, effects: [] });
  }

  /** The customer pays, of which we do not know yet. */
  payAtWeChat(name: string, totalFen = PRICE, payerTotalFen = totalFen): void {
    const theirs = known(
      this.theirOrders.find(({ outTradeNo }) => outTradeNo === `order-${name}`),
      name,
    );
    const payment = {
      transactionId: `transaction-${name}`,
      successMs: EARLIER_MS,
      totalFen,
      payerTotalFen,
      feeFen: feeOf(totalFen),
    };
    theirs.payment = payment;
    this.move(payment.transactionId, '交易', '收入', totalFen);
    this.move(payment.transactionId, '扣除交易手续费', '支出', payment.feeFen);
  }

  /** The callback: the order is paid, its place is to follow. */
  learnPayment(name: string): OrderDoc {
    const { payment } = this.theirOrder(name);
    const order = this.order(name);
    order.state = 'paid';
    order.transactionId = payment.transactionId;
    order.paidAt = NOW;
    order.payerTotalFen = payment.payerTotalFen;
    order.effects = [effect('query-order'), effect('settle-booking')];
    post(order, 'payment', payment.transactionId, [
      ['channel', order.totalFen],
      ['income:photo', -2000],
      ['income:web', -1000],
    ]);
    return order;
  }

  /** WeChat does not have the payment after all: it is taken back (冲正), its booking is to follow. */
  reverse(name: string): void {
    const { transactionId } = this.theirOrder(name).payment;
    Object.assign(this.theirOrder(name), { payment: undefined });
    const moved = this.flow.filter(({ businessNo }) => businessNo === transactionId);
    for (const one of moved) this.flow.splice(this.flow.indexOf(one), 1);
    const order = this.closeOrder(name);
    order.effects = [effect('unpay-booking')];
    Object.assign(order, { transactionId: undefined, paidAt: null, payerTotalFen: null });
    Object.assign(order, { reversed: { transactionId } });
    post(order, 'payment-reversed', transactionId, [
      ['channel', -order.totalFen],
      ['income:photo', 2000],
      ['income:web', 1000],
    ]);
  }

  settle(name: string, booking = this.booking(name)): void {
    const order = this.order(name);
    order.effects = [];
    Object.assign(booking, { place: 'booked', payment: 'paid', active: true, holdExpiresAt: null });
    booking.paidOrderNo = order._id;
    booking.effects = [];
  }

  /** From the seat to the paid booking. */
  book(name: string, seatNo: number, sessionId = 'session-1'): BookingDoc {
    const booking = this.hold(name, seatNo, sessionId);
    this.openOrder(name);
    this.payAtWeChat(name);
    this.learnPayment(name);
    this.settle(name);
    return booking;
  }

  /** The money came in a way that does not fit. */
  quarantine(name: string, receivedFen: number): OrderDoc {
    this.payAtWeChat(name, receivedFen);
    const order = this.order(name);
    Object.assign(order, { state: 'quarantined', paidAt: NOW, payerTotalFen: receivedFen, effects: [] });
    order.transactionId = `transaction-${name}`;
    order.quarantine = { reason: 'amount', receivedFen, currency: 'CNY' };
    post(order, 'quarantined', order.transactionId, [
      ['channel', receivedFen],
      ['suspense', -receivedFen],
    ]);
    this.booking(name).effects = [];
    return order;
  }

  arrive(name: string, shotNumber: number, attendance = 'shot'): BookingDoc {
    const booking = this.booking(name);
    booking.attendance = attendance;
    booking.arrival = { at: NOW, day: '2022-11-18', room: '701', shotNumber };
    booking.shotKeys.push(`${ROOM}|${String(shotNumber).padStart(6, '0')}`);
    return booking;
  }

  end(name: string, place: 'released' | 'cancelled' | 'no_show'): BookingDoc {
    return Object.assign(this.booking(name), { place, active: false, holdExpiresAt: null, effects: [] });
  }

  /** Asked for, and not yet sent. */
  requestRefund(name: string, codes = ['photo', 'web'], requestedBy = 'system'): RefundDoc {
    const order = this.order(name);
    const items = order.feeItems.filter(({ code }) => codes.includes(code));
    const aside = order.state === 'quarantined' ? (order.quarantine?.receivedFen ?? 0) : null;
    const amountFen = aside ?? items.reduce((sum, item) => sum + item.amountFen, 0);
    const refund = {
      refundNo: `refund-${name}-${order.refunds.length + 1}`,
      cause: 'cause',
      state: 'requested',
      amountFen,
      items: aside === null ? items.map(({ code, amountFen: fen }) => ({ code, amountFen: fen })) : [],
      requestedBy,
      refundId: null,
    };
    order.refunds.push(refund);
    order.effects.push(effect('send-refund', { refundNo: refund.refundNo }));
    post(order, 'refund-requested', refund.refundNo, [
      ...(aside === null ? refund.items : [{ code: '', amountFen: aside }]).map(
        ({ code, amountFen: fen }): [string, number] => [code === '' ? 'suspense' : `income:${code}`, fen],
      ),
      ['refund_payable', -amountFen],
    ]);
    return refund;
  }

  acceptRefund(name: string): void {
    const order = this.order(name);
    const refund = this.refund(name);
    Object.assign(refund, { state: 'accepted', refundId: `id-${refund.refundNo}` });
    order.effects = [effect('poll-refund', { refundNo: refund.refundNo })];
    const feeFen = feeOf(refund.amountFen);
    this.theirRefunds.push({
      mchid: order.mchid,
      outRefundNo: refund.refundNo,
      refundId: `id-${refund.refundNo}`,
      outTradeNo: order._id,
      refundFen: refund.amountFen,
      feeFen,
      status: 'PROCESSING',
      createdMs: EARLIER_MS,
      history: [{ status: 'PROCESSING', atMs: EARLIER_MS }],
    });
    this.theirOrder(name).refunds.push(refund.refundNo);
    this.move(`id-${refund.refundNo}`, '退款', '支出', refund.amountFen);
    this.move(`id-${refund.refundNo}`, '退还交易手续费', '收入', feeFen);
  }

  /** WeChat is through with it. */
  finishRefund(name: string, status: 'SUCCESS' | 'ABNORMAL' | 'CLOSED'): void {
    const theirs = this.theirRefund(name);
    theirs.status = status;
    theirs.history.push({ status, atMs: EARLIER_MS });
    if (status !== 'CLOSED') return;
    this.move(theirs.refundId, '退款关闭', '收入', theirs.refundFen);
    this.move(theirs.refundId, '扣除交易手续费', '支出', theirs.feeFen);
  }

  /** And now we know. */
  learnRefund(name: string): void {
    const { status } = this.theirRefund(name);
    const order = this.order(name);
    const refund = this.refund(name);
    order.effects = [];
    refund.state = { SUCCESS: 'succeeded', ABNORMAL: 'abnormal', CLOSED: 'closed' }[status] ?? status;
    if (status === 'SUCCESS')
      post(order, 'refund-succeeded', refund.refundNo, [
        ['refund_payable', refund.amountFen],
        ['channel', -refund.amountFen],
      ]);
    if (status === 'CLOSED')
      post(order, 'refund-reversed', refund.refundNo, [
        ['refund_payable', refund.amountFen],
        ...refund.items.map(({ code, amountFen }): [string, number] => [`income:${code}`, -amountFen]),
      ]);
  }

  giveBack(name: string): void {
    this.requestRefund(name);
    this.acceptRefund(name);
    this.finishRefund(name, 'SUCCESS');
    this.learnRefund(name);
  }

  move(businessNo: string, type: string, direction: string, amountFen: number): void {
    this.flow.push({ mchid: MERCHANT, atMs: EARLIER_MS, businessNo, type, direction, amountFen });
  }
}

/** A campaign at rest with one of everything that may be. */
export function cleanWorld(): World {
  const world = new World();
  world.hold('held', 1);
  world.openOrder('held');
  world.book('booked', 2);
  world.book('shot', 3);
  world.arrive('shot', 1);

  world.hold('released', 1, 'session-2');
  world.openOrder('released');
  world.closeOrder('released');
  world.end('released', 'released');

  world.book('cancelled', 3);
  world.end('cancelled', 'cancelled');
  world.giveBack('cancelled');

  world.book('absent', 4);
  world.end('absent', 'no_show');
  world.giveBack('absent');
  world.batches.push({ _id: 'batch', campaignId: CAMPAIGN, state: 'done', lineCount: 1, amountFen: PRICE });
  const line = { batchId: 'batch', bookingId: 'booking-absent', orderNo: 'order-absent', amountFen: PRICE };
  world.lines.push({ ...line, _id: 'batch:booking-absent', state: 'refunded' });

  const walkIn = world.hold('walkin', 0);
  Object.assign(walkIn, { channel: 'walk_in', place: 'booked', payment: 'owed', seatNo: undefined });
  Object.assign(walkIn, { sessionId: null, holdExpiresAt: null, effects: [] });
  world.arrive('walkin', 2);

  world.hold('aside', 5);
  world.openOrder('aside');
  world.quarantine('aside', 2900);
  return world;
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`this world has no ${name}`);
  return value;
}
