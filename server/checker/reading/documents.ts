import { type Fields, type Raw, type Read, read } from './fields';

/** What the checker reads of the database, in its own words: it shares no type with the service. Amounts are fen. */
export interface Booking {
  id: string;
  campaignId: string;
  schoolId: string;
  studentId: string;
  channel: 'online' | 'walk_in';
  sessionId: string | null;
  seatNo: number | null;
  makeUpDay: string | null;
  active: boolean;
  place: 'held' | 'booked' | 'released' | 'cancelled' | 'no_show';
  payment: 'unpaid' | 'paid' | 'waived' | 'owed';
  attendance: 'expected' | 'arrived' | 'shot';
  items: FeeItem[];
  amountFen: number;
  holdExpiresAt: Date | null;
  orderNos: string[];
  paidOrderNo: string | null;
  arrival: { day: string; room: string; shotNumber: number } | null;
  /** "day|room|number", numbers of taken-back arrivals too. */
  shotKeys: string[];
  effects: Effect[];
}

export interface FeeItem {
  code: string;
  amountFen: number;
}

/** Something the service has promised itself to do. */
export interface Effect {
  kind: string;
  refundNo: string | null;
}

export interface Refund {
  refundNo: string;
  refundId: string | null;
  state: 'requested' | 'accepted' | 'succeeded' | 'abnormal' | 'closed';
  amountFen: number;
  items: FeeItem[];
  requestedBy: string;
}

export interface LedgerEntry {
  id: string;
  kind: string;
  reference: string;
  lines: { account: string; fen: number }[];
}

export interface Order {
  id: string;
  schoolId: string;
  campaignId: string;
  bookingId: string;
  studentId: string;
  /** Empty for an order that was never sent to WeChat. */
  mchid: string;
  state: 'created' | 'prepaid' | 'paid' | 'closed' | 'quarantined';
  items: FeeItem[];
  totalFen: number;
  prepayId: string | null;
  transactionId: string | null;
  paidAt: Date | null;
  payerTotalFen: number | null;
  closedAt: Date | null;
  /** What came instead of what was asked for. */
  receivedInstead: number | null;
  /** A bill brought it to light: it is of no booking. */
  isFound: boolean;
  /** The payment that two people took back, WeChat having none. */
  reversedTransactionId: string | null;
  refunds: Refund[];
  ledger: LedgerEntry[];
  effects: Effect[];
}

export interface Session {
  id: string;
  campaignId: string;
  timetable: string;
  capacity: number;
  /** Of a make-up slot, which belongs to no timetable */
  makeUpDay: string | null;
}

export interface Student {
  id: string;
  campaignId: string;
}

/** For the database: only these fields leave it, nothing of the trail and nothing personal. */
export const BOOKING_FIELDS = fieldsOf(
  'campaignId schoolId studentId channel sessionId seatNo makeUpDay active place payment attendance feeItems.code feeItems.amountFen amountFen holdExpiresAt orderNos paidOrderNo arrival.day arrival.room arrival.shotNumber shotKeys effects.kind effects.payload.refundNo',
);
export const ORDER_FIELDS = fieldsOf(
  'schoolId campaignId bookingId studentId mchid state feeItems.code feeItems.amountFen totalFen prepayId transactionId paidAt payerTotalFen closedAt quarantine.receivedFen foundBy reversed.transactionId refunds.refundNo refunds.refundId refunds.state refunds.amountFen refunds.items refunds.requestedBy ledger.id ledger.kind ledger.reference ledger.lines effects.kind effects.payload.refundNo',
);
export const SESSION_FIELDS = fieldsOf('campaignId timetable capacity kind day');

export const readBooking = (raw: Raw): Read<Booking> =>
  read(raw, (fields) => ({
    id: fields.text('_id'),
    campaignId: fields.text('campaignId'),
    schoolId: fields.text('schoolId'),
    studentId: fields.text('studentId'),
    channel: fields.oneOf('channel', ['online', 'walk_in']),
    sessionId: fields.textOrNull('sessionId'),
    seatNo: fields.countOrNull('seatNo'),
    makeUpDay: fields.textOrNull('makeUpDay'),
    active: fields.flag('active'),
    place: fields.oneOf('place', ['held', 'booked', 'released', 'cancelled', 'no_show']),
    payment: fields.oneOf('payment', ['unpaid', 'paid', 'waived', 'owed']),
    attendance: fields.oneOf('attendance', ['expected', 'arrived', 'shot']),
    items: fields.list('feeItems', feeItem),
    amountFen: fields.count('amountFen'),
    holdExpiresAt: fields.instantOrNull('holdExpiresAt'),
    orderNos: fields.texts('orderNos'),
    paidOrderNo: fields.textOrNull('paidOrderNo'),
    arrival: fields.partOrNull('arrival', (arrival) => ({
      day: arrival.text('day'),
      room: arrival.text('room'),
      shotNumber: arrival.count('shotNumber'),
    })),
    shotKeys: fields.texts('shotKeys'),
    effects: fields.list('effects', effect),
  }));

export const readOrder = (raw: Raw): Read<Order> =>
  read(raw, (fields) => ({
    id: fields.text('_id'),
    schoolId: fields.text('schoolId'),
    campaignId: fields.textOrEmpty('campaignId'),
    bookingId: fields.textOrEmpty('bookingId'),
    studentId: fields.textOrEmpty('studentId'),
    mchid: fields.textOrEmpty('mchid'),
    state: fields.oneOf('state', ['created', 'prepaid', 'paid', 'closed', 'quarantined']),
    items: fields.list('feeItems', feeItem),
    totalFen: fields.count('totalFen'),
    prepayId: fields.textOrNull('prepayId'),
    transactionId: fields.textOrNull('transactionId'),
    paidAt: fields.instantOrNull('paidAt'),
    payerTotalFen: fields.countOrNull('payerTotalFen'),
    closedAt: fields.instantOrNull('closedAt'),
    receivedInstead: fields.partOrNull('quarantine', (aside) => aside.count('receivedFen')),
    isFound: fields.textOrNull('foundBy') !== null,
    reversedTransactionId: fields.partOrNull('reversed', (reversed) => reversed.text('transactionId')),
    refunds: fields.list('refunds', refund),
    ledger: fields.list('ledger', (entry) => ({
      id: entry.text('id'),
      kind: entry.text('kind'),
      reference: entry.textOrEmpty('reference'),
      lines: entry.list('lines', (line) => ({ account: line.text('account'), fen: line.integer('fen') })),
    })),
    effects: fields.list('effects', effect),
  }));

export const readSession = (raw: Raw): Read<Session> =>
  read(raw, (fields) => ({
    id: fields.text('_id'),
    campaignId: fields.text('campaignId'),
    timetable: fields.text('timetable'),
    capacity: fields.count('capacity'),
    makeUpDay: fields.textOrNull('kind') === 'make_up' ? fields.text('day') : null,
  }));

const feeItem = (fields: Fields): FeeItem => ({
  code: fields.text('code'),
  amountFen: fields.count('amountFen'),
});

const refund = (fields: Fields): Refund => ({
  refundNo: fields.text('refundNo'),
  refundId: fields.textOrNull('refundId'),
  state: fields.oneOf('state', ['requested', 'accepted', 'succeeded', 'abnormal', 'closed']),
  amountFen: fields.count('amountFen'),
  items: fields.list('items', feeItem),
  requestedBy: fields.textOrEmpty('requestedBy'),
});

const effect = (fields: Fields): Effect => ({
  kind: fields.text('kind'),
  refundNo: fields.partOrNull('payload', (payload) => payload.textOrNull('refundNo')),
});

function fieldsOf(names: string): Record<string, 1> {
  return Object.fromEntries(names.split(' ').map((name) => [name, 1]));
}
