import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Db } from 'mongodb';
import {
  BOOKING_FIELDS,
  type Booking,
  ORDER_FIELDS,
  type Order,
  readBooking,
  readOrder,
  readSession,
  SESSION_FIELDS,
  type Session,
  type Student,
} from './documents';
import type { Raw, Read } from './fields';
import { inPieces, mergeJoin } from './merge-join';

/** A booking, all its orders, and its student: what can be judged by itself. */
export interface Dossier {
  bookingId: string;
  booking: Booking | null;
  orders: Order[];
  student: Student | null;
}

/** One campaign, or one school with all that is its own. */
export type Scope = { campaignId: string } | { schoolId: string };

export type RecordKind = 'booking' | 'order' | 'session';
/** Told of every record that cannot be read; it takes no further part. */
export type OnUnreadable = (kind: RecordKind, id: string, complaint: string) => void;

const PIECE = 500;
const LOOKS = 20;
const BETWEEN_LOOKS_MS = 25;
/**
 * For every long reading: the database may sort on disk where an index is missing, and sends a few hundred documents
 * at a time rather than the 16 MB that it would.
 */
export const STREAMED = { allowDiskUse: true, batchSize: PIECE } as const;

/** The service's records, read and never written. */
export class Records {
  constructor(
    readonly db: Db,
    /** Only what is of this; null for all. */
    private readonly only: Scope | null,
    private readonly onUnreadable: OnUnreadable,
  ) {}

  /** Selects what is proved. */
  get scope(): Raw {
    return { ...this.only };
  }

  /** Selects what belongs to no campaign by itself: one campaign's proof takes in all of it. */
  get schoolScope(): Raw {
    return this.only !== null && 'schoolId' in this.only ? { ...this.only } : {};
  }

  isInScope(record: { campaignId: string; schoolId: string }): boolean {
    if (this.only === null) return true;
    return 'schoolId' in this.only
      ? record.schoolId === this.only.schoolId
      : record.campaignId === this.only.campaignId;
  }

  collection(name: string) {
    return this.db.collection<Raw & { _id: string }>(name);
  }

  /** Sessions that count: those of each campaign's current timetable, and its make-up slots. */
  async sessions(): Promise<Map<string, Session>> {
    const campaigns =
      this.only !== null && 'campaignId' in this.only ? { _id: this.only.campaignId } : this.schoolScope;
    const timetables = new Set<unknown>();
    for await (const { timetable } of this.collection('campaigns').find(campaigns, only('timetable')))
      timetables.add(timetable);
    const current = new Map<string, Session>();
    const all = this.collection('collection_sessions').find(this.scope, { projection: SESSION_FIELDS });
    for await (const session of this.reported(all, 'session', readSession)) {
      if (session.makeUpDay !== null || timetables.has(session.timetable)) current.set(session.id, session);
    }
    return current;
  }

  /** Which school each merchant account belongs to. */
  async merchants(): Promise<Map<string, string>> {
    const schools = new Map<string, string>();
    for await (const { mchid, schoolId } of this.collection('merchants').find({}, only('mchid', 'schoolId')))
      schools.set(String(mchid), String(schoolId));
    return schools;
  }

  /** Every booking with its orders, and every order without a booking, a few hundred at a time. */
  async *dossiers(): AsyncGenerator<Dossier[]> {
    const bookings = this.collection('bookings').find(this.scope, {
      projection: BOOKING_FIELDS,
      ...STREAMED,
    });
    const orders = this.collection('orders').find(this.scope, { projection: ORDER_FIELDS, ...STREAMED });
    const joined = mergeJoin(
      { stream: this.reported(bookings.sort({ _id: 1 }), 'booking', readBooking), keyOf: ({ id }) => id },
      {
        stream: this.reported(orders.sort({ bookingId: 1 }), 'order', readOrder),
        keyOf: ({ bookingId }) => bookingId,
      },
    );
    for await (const piece of inPieces(joined, PIECE)) {
      const students = await this.students(piece.flatMap(({ left }) => left));
      yield piece.map(({ key, left: [booking = null], right }) => ({
        bookingId: key,
        booking,
        orders: right,
        student: booking && (students.get(booking.studentId) ?? null),
      }));
    }
  }

  /**
   * Reads one dossier anew, as it stood at one moment: booking and orders are separate documents, and the service
   * may be at work. What looked wrong because one was read before a change and the other after it is right then.
   */
  async dossierNow(bookingId: string): Promise<Dossier> {
    let before = await this.readDossier(bookingId);
    for (let look = 0; look < LOOKS; look += 1) {
      const after = await this.readDossier(bookingId);
      if (isDeepStrictEqual(before, after)) return after;
      before = after;
      await pause(BETWEEN_LOOKS_MS);
    }
    return before;
  }

  /** Orders in the order of their numbers, of all campaigns: WeChat's books know no campaigns. */
  async *ordersByNumber(): AsyncGenerator<Order> {
    const orders = this.collection('orders').find({}, { projection: ORDER_FIELDS, ...STREAMED });
    yield* readable(orders.sort({ _id: 1 }), readOrder);
  }

  async orders(numbers: readonly string[]): Promise<Map<string, Order>> {
    const found = this.collection('orders').find(
      { _id: { $in: [...numbers] } },
      { projection: ORDER_FIELDS },
    );
    const orders = new Map<string, Order>();
    for await (const order of readable(found, readOrder)) orders.set(order.id, order);
    return orders;
  }

  /** Whether WeChat's word of a payment that belonged to no order was kept for a person to look at. */
  async hasNoticeOf(transactionId: string): Promise<boolean> {
    const notice = await this.collection('orphan_notifications').findOne({ kind: 'payment', transactionId });
    return notice !== null;
  }

  private async readDossier(bookingId: string): Promise<Dossier> {
    const bookings = this.collection('bookings').find({ _id: bookingId }, { projection: BOOKING_FIELDS });
    const [booking = null] = await all(readable(bookings, readBooking));
    const orders = this.collection('orders').find({ bookingId }, { projection: ORDER_FIELDS });
    const students = await this.students(booking ? [booking] : []);
    return {
      bookingId,
      booking,
      orders: await all(readable(orders.sort({ _id: 1 }), readOrder)),
      student: booking && (students.get(booking.studentId) ?? null),
    };
  }

  private async students(bookings: readonly Booking[]): Promise<Map<string, Student>> {
    const ids = [...new Set(bookings.map(({ studentId }) => studentId))];
    const students = new Map<string, Student>();
    if (ids.length === 0) return students;
    const found = this.collection('students').find({ _id: { $in: ids } }, only('campaignId'));
    for await (const { _id, campaignId } of found)
      students.set(String(_id), { id: String(_id), campaignId: String(campaignId) });
    return students;
  }

  /** The first reading of a record: what cannot be read is told of, once. */
  private reported<T>(
    raws: AsyncIterable<Raw>,
    kind: RecordKind,
    readOne: (raw: Raw) => Read<T>,
  ): AsyncGenerator<T> {
    return readable(raws, readOne, (id, complaint) => this.onUnreadable(kind, id, complaint));
  }
}

async function* readable<T>(
  raws: AsyncIterable<Raw>,
  readOne: (raw: Raw) => Read<T>,
  otherwise: (id: string, complaint: string) => void = () => undefined,
): AsyncGenerator<T> {
  for await (const raw of raws) {
    const reading = readOne(raw);
    if (reading.ok) yield reading.value;
    else otherwise(reading.id, reading.complaint);
  }
}

const only = (...names: string[]) => ({ projection: Object.fromEntries(names.map((name) => [name, 1])) });

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
