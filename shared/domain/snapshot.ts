import { decodeBase64, encodeBase64 } from './base64';
import type { Attendance, Payment, Place } from './booking-state';
import type { VerifyingKeys } from './booking-token';
import { phoneVerifier } from './ed25519';
import type { ShanghaiDay } from './time';

/**
 * What a staff phone knows of the bookings of its rooms while the network is down: the least that lets it judge a
 * code. Names are masked; there is no document number, no phone number and no key that could make a code.
 *
 * Written as JSON in columns with every character beyond ASCII escaped: 6,000 bookings stay below 600 KB, and a phone
 * without TextDecoder reads it.
 */
export interface SnapshotFacts {
  campaignId: string;
  takenAt: Date;
  /** Afterwards the phone throws it away. */
  expiresAt: Date;
  /** 32 bytes each, by key id */
  publicKeys: Readonly<Record<number, Uint8Array>>;
  collectionDays: readonly ShanghaiDay[];
  collectionClosed: boolean;
  lineUpLeadMinutes: number;
  sessions: readonly SnapshotSession[];
  bookings: readonly SnapshotBooking[];
}

export interface SnapshotSession {
  day: ShanghaiDay;
  room: string;
  startsAt: Date;
  endsAt: Date;
  /** After the collection; absent for one of the timetable */
  isMakeUp?: boolean;
}

export interface SnapshotBooking {
  /** 24 lower-case hexadecimal digits */
  bookingId: string;
  studentNo: string;
  /** Masked */
  name: string;
  className: string;
  /** Index into `sessions`; null for a walk-in, who has none. */
  session: number | null;
  place: SnapshotPlace;
  payment: Payment;
  attendance: Attendance;
  seeOriginal: boolean;
  refunded: boolean;
  arrival: { at: Date; room: string; shotNumber: number } | null;
}

type SnapshotPlace = Extract<Place, 'booked' | 'cancelled' | 'no_show'>;

export interface Snapshot extends Omit<SnapshotFacts, 'bookings' | 'publicKeys'> {
  keys: VerifyingKeys;
  count: number;
  byBooking(bookingId: string): SnapshotBooking | undefined;
  byStudentNo(studentNo: string): SnapshotBooking | undefined;
}

/** ASCII text, to be sealed. */
export function packSnapshot({ bookings, sessions, publicKeys, ...facts }: SnapshotFacts): string {
  const classNames = [...new Set(bookings.map(({ className }) => className))];
  const classNo = new Map(classNames.map((className, index) => [className, index]));
  const rooms = [...new Set(bookings.flatMap(({ arrival }) => arrival?.room ?? []))];
  const packed: Packed = {
    v: VERSION,
    campaignId: facts.campaignId,
    takenAt: facts.takenAt.getTime(),
    expiresAt: facts.expiresAt.getTime(),
    keys: Object.entries(publicKeys).map(([id, key]) => [Number(id), encodeBase64(key)]),
    days: [...facts.collectionDays],
    closed: facts.collectionClosed,
    lead: facts.lineUpLeadMinutes,
    sessions: sessions.map(packSession),
    classNames,
    ids: bookings.map(({ bookingId }) => packId(bookingId)).join(''),
    studentNos: bookings.map(({ studentNo }) => studentNo),
    names: bookings.map(({ name }) => name),
    classes: bookings.map(({ className }) => classNo.get(className) ?? 0),
    at: bookings.map(({ session }) => session ?? -1),
    flags: bookings.map(packFlags),
    rooms,
    arrived: packArrivals(bookings, rooms, facts.takenAt),
  };
  return JSON.stringify(packed).replace(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** @returns undefined for a text of another version */
export function unpackSnapshot(text: string): Snapshot | undefined {
  const packed: Packed = JSON.parse(text);
  if (packed.v !== VERSION) return undefined;
  const rowOfId = new Map<string, number>();
  const rowOfStudentNo = new Map<string, number>();
  packed.studentNos.forEach((studentNo, row) => {
    rowOfId.set(packed.ids.slice(row * ID_LENGTH, (row + 1) * ID_LENGTH), row);
    // Whoever cancelled and booked again has two: the one that counts is found by number.
    const counts = PLACES[(packed.flags[row] ?? 0) & 3] === 'booked';
    if (counts || !rowOfStudentNo.has(studentNo)) rowOfStudentNo.set(studentNo, row);
  });
  const arrivals = unpackArrivals(packed);
  const bookingAt = (row: number | undefined) =>
    row === undefined ? undefined : unpackBooking(packed, arrivals, row);
  return {
    campaignId: packed.campaignId,
    takenAt: new Date(packed.takenAt),
    expiresAt: new Date(packed.expiresAt),
    keys: Object.fromEntries(
      packed.keys.map(([id, key]) => [id, phoneVerifier(decodeBase64(key) ?? NO_KEY)]),
    ),
    collectionDays: packed.days,
    collectionClosed: packed.closed,
    lineUpLeadMinutes: packed.lead,
    sessions: packed.sessions.map(([day, room, startsAt, endsAt, isMakeUp]) => ({
      day,
      room,
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
      ...(isMakeUp ? { isMakeUp: true } : {}),
    })),
    count: packed.studentNos.length,
    byBooking: (bookingId) => bookingAt(rowOfId.get(packId(bookingId))),
    byStudentNo: (studentNo) => bookingAt(rowOfStudentNo.get(studentNo)),
  };
}

const VERSION = 1;
const NO_KEY = new Uint8Array(32);
/** 12 bytes in base64 */
const ID_LENGTH = 16;
const PLACES = ['booked', 'cancelled', 'no_show'] as const satisfies readonly SnapshotPlace[];
const PAYMENTS = ['paid', 'unpaid', 'owed', 'waived'] as const satisfies readonly Payment[];
const ATTENDANCES = ['expected', 'arrived', 'shot'] as const satisfies readonly Attendance[];
const SEE_ORIGINAL = 64;
const REFUNDED = 128;

interface Packed {
  v: number;
  campaignId: string;
  takenAt: number;
  expiresAt: number;
  keys: [id: number, key: string][];
  days: ShanghaiDay[];
  closed: boolean;
  lead: number;
  sessions: [day: ShanghaiDay, room: string, startsAt: number, endsAt: number, isMakeUp?: 1][];
  classNames: string[];
  ids: string;
  studentNos: string[];
  names: string[];
  classes: number[];
  at: number[];
  flags: number[];
  rooms: string[];
  /** Of those who have arrived, in four columns; the times in seconds from `takenAt`. */
  arrived: { rows: number[]; at: number[]; rooms: number[]; numbers: number[] };
}

function packSession({ day, room, startsAt, endsAt, isMakeUp }: SnapshotSession): Packed['sessions'][number] {
  const [from, to] = [startsAt.getTime(), endsAt.getTime()];
  return isMakeUp ? [day, room, from, to, 1] : [day, room, from, to];
}

function packArrivals(
  bookings: readonly SnapshotBooking[],
  rooms: readonly string[],
  takenAt: Date,
): Packed['arrived'] {
  const arrived: Packed['arrived'] = { rows: [], at: [], rooms: [], numbers: [] };
  bookings.forEach(({ arrival }, row) => {
    if (!arrival) return;
    arrived.rows.push(row);
    arrived.at.push(Math.round((arrival.at.getTime() - takenAt.getTime()) / 1000));
    arrived.rooms.push(rooms.indexOf(arrival.room));
    arrived.numbers.push(arrival.shotNumber);
  });
  return arrived;
}

function unpackArrivals({ arrived, rooms, takenAt }: Packed): Map<number, SnapshotBooking['arrival']> {
  return new Map(
    arrived.rows.map((row, index) => [
      row,
      {
        at: new Date(takenAt + (arrived.at[index] ?? 0) * 1000),
        room: rooms[arrived.rooms[index] ?? 0] ?? '',
        shotNumber: arrived.numbers[index] ?? 0,
      },
    ]),
  );
}

function unpackBooking(
  packed: Packed,
  arrivals: ReadonlyMap<number, SnapshotBooking['arrival']>,
  row: number,
): SnapshotBooking {
  const flags = packed.flags[row] ?? 0;
  const session = packed.at[row] ?? -1;
  return {
    bookingId: unpackId(packed.ids.slice(row * ID_LENGTH, (row + 1) * ID_LENGTH)),
    studentNo: packed.studentNos[row] ?? '',
    name: packed.names[row] ?? '',
    className: packed.classNames[packed.classes[row] ?? 0] ?? '',
    session: session < 0 ? null : session,
    place: PLACES[flags & 3] ?? 'booked',
    payment: PAYMENTS[(flags >> 2) & 3] ?? 'paid',
    attendance: ATTENDANCES[(flags >> 4) & 3] ?? 'expected',
    seeOriginal: (flags & SEE_ORIGINAL) !== 0,
    refunded: (flags & REFUNDED) !== 0,
    arrival: arrivals.get(row) ?? null,
  };
}

const packFlags = ({ place, payment, attendance, seeOriginal, refunded }: SnapshotBooking): number =>
  PLACES.indexOf(place) |
  (PAYMENTS.indexOf(payment) << 2) |
  (ATTENDANCES.indexOf(attendance) << 4) |
  (seeOriginal ? SEE_ORIGINAL : 0) |
  (refunded ? REFUNDED : 0);

const packId = (id: string): string =>
  encodeBase64(
    Uint8Array.from({ length: id.length / 2 }, (_, byte) =>
      Number.parseInt(id.slice(byte * 2, byte * 2 + 2), 16),
    ),
  );

const unpackId = (text: string): string =>
  Array.from(decodeBase64(text) ?? [], (byte) => byte.toString(16).padStart(2, '0')).join('');
