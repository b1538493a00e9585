import { model, Schema } from 'mongoose';
import type { Attendance, Payment, Place } from '../../../shared/domain/booking-state';
import type { ShanghaiDay } from '../../../shared/domain/time';
import type { Placement } from '../../../shared/domain/timetable-change';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

export interface FeeItem {
  code: string;
  name: string;
  amountFen: number;
}

export interface Arrival {
  at: Date;
  day: string;
  room: string;
  /** 拍摄序号 of that room and day */
  shotNumber: number;
  deviceId: string;
  device: string;
  /** ok, late_same_day … what the scan said */
  reason: string;
}

/** What the student has to know: the session is no longer where it was when the student last looked. */
export interface MovedPlace {
  changeId: string;
  changeNo: number;
  at: Date;
  reason: string;
  from: Placement;
  to: Placement;
  acknowledgedAt: Date | null;
}

/** A booking (预约): the authority for the place. */
export interface Booking extends RecordDocument {
  schoolId: string;
  campaignId: string;
  studentId: string;
  /** The WeChat account that booked; null for a walk-in made by staff. */
  accountId: string | null;
  channel: 'online' | 'walk_in';
  sessionId: string | null;
  /** Absent for a walk-in that takes no seat (late on the same day). */
  seatNo?: number;
  /** The day of a make-up place (补拍); absent for one of the collection. Its money is due for refund after that day. */
  makeUpDay?: ShanghaiDay;
  /** True exactly while the place occupies seat and student: the unique indexes cover these bookings only. */
  active: boolean;
  place: Place;
  payment: Payment;
  attendance: Attendance;
  /** Copied from the campaign when the booking was made. */
  feeItems: FeeItem[];
  amountFen: number;
  holdExpiresAt: Date | null;
  /** The order to pay now, if paying has begun. */
  orderNo: string | null;
  /** All orders ever made for this booking. */
  orderNos: string[];
  /** The order whose money keeps this place. */
  paidOrderNo: string | null;
  /** Booked without the bank check: staff look at the original document. */
  seeOriginalId: boolean;
  arrival: Arrival | null;
  shotAt: Date | null;
  /** Every shot number this booking ever had, void ones too: numbers are never reused. See `shot-numbers.ts`. */
  shotKeys: string[];
  /** Whoever knows it may pay for this walk-in; it is in the code that staff show. See `payments/pay-ticket.ts`. */
  payTicket?: string;
  /** The student's own word on the portrait at the register (学信网), from the 40th day after the shot. */
  photoCheck?: { result: 'right' | 'wrong'; at: Date; note: string | null };
  /** The office has seen to a portrait that is wrong or was not checked; the student's next answer ends it. */
  photoHandled?: { by: string; at: Date; note: string };
  /** Absent for a place that never moved. */
  moved?: MovedPlace;
  /** Somebody asked that the owed amount need not be paid; another person decides. */
  waiver?: { reason: string; askedBy: string; at: Date } | null;
  createdAt: Date;
}

const schema = new Schema<Booking>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    studentId: { type: String, required: true },
    accountId: { type: String, default: null },
    channel: { type: String, required: true },
    sessionId: { type: String, default: null },
    seatNo: Number,
    makeUpDay: String,
    active: { type: Boolean, required: true },
    place: { type: String, required: true },
    payment: { type: String, required: true },
    attendance: { type: String, required: true },
    feeItems: { type: [{ _id: false, code: String, name: String, amountFen: Number }], required: true },
    amountFen: { type: Number, required: true },
    holdExpiresAt: { type: Date, default: null },
    orderNo: { type: String, default: null },
    orderNos: { type: [String], required: true },
    paidOrderNo: { type: String, default: null },
    seeOriginalId: { type: Boolean, required: true },
    arrival: { type: Schema.Types.Mixed, default: null },
    shotAt: { type: Date, default: null },
    shotKeys: { type: [String], required: true },
    payTicket: String,
    photoCheck: Schema.Types.Mixed,
    photoHandled: Schema.Types.Mixed,
    moved: Schema.Types.Mixed,
    waiver: { type: Schema.Types.Mixed, default: null },
    createdAt: { type: Date, required: true },
  },
  recordOptions,
);

schema.index(
  { campaignId: 1, sessionId: 1, seatNo: 1 },
  {
    name: 'one_booking_a_seat',
    unique: true,
    partialFilterExpression: { active: true, seatNo: { $exists: true } },
  },
);
schema.index(
  { campaignId: 1, studentId: 1 },
  { name: 'one_booking_a_student', unique: true, partialFilterExpression: { active: true } },
);
schema.index(
  { campaignId: 1, shotKeys: 1 },
  {
    name: 'one_booking_a_shot_number',
    unique: true,
    partialFilterExpression: { 'shotKeys.0': { $exists: true } },
  },
);
schema.index({ payTicket: 1 }, { unique: true, partialFilterExpression: { payTicket: { $exists: true } } });
schema.index({ campaignId: 1, sessionId: 1, active: 1 });
schema.index({ studentId: 1, createdAt: -1 });
// The hourly proof of one school passes over its bookings and orders in step, and over nobody else's.
schema.index({ schoolId: 1, _id: 1 });
schema.index({ accountId: 1, campaignId: 1, createdAt: -1 });
schema.index(
  { campaignId: 1, 'moved.changeId': 1 },
  { partialFilterExpression: { 'moved.changeId': { $exists: true } } },
);
schema.index({ campaignId: 1, 'arrival.day': 1, 'arrival.room': 1, 'arrival.shotNumber': 1 });
indexRecords(schema);

export const Bookings = model<Booking>('Booking', schema, 'bookings');
