import type { BookingTokenFields } from '../../../shared/domain/booking-token';
import { guessDocumentType, normaliseDocumentNumber } from '../../../shared/domain/documents';
import { judgeArrival } from '../../../shared/domain/judge-arrival';
import { readScannedText } from '../../../shared/domain/scanned-text';
import { shanghaiDay } from '../../../shared/domain/time';
import type { ScanReason } from '../../../shared/domain/verdicts';
import type { StaffActor } from '../../http/actor';
import type { World } from '../../world';
import { currentBooking, findBooking } from '../bookings/find-booking';
import type { Booking } from '../bookings/model';
import { refuseForeignRoom } from '../bookings/own-rooms';
import { isDoneAlready, recordArrival } from '../bookings/record-attendance';
import { findCampaign } from '../campaigns/find-campaign';
import { sessionOfBooking } from '../campaigns/find-session';
import type { CollectionSession } from '../campaigns/session-model';
import { findStudent, studentByNumber, studentsByDocument } from '../roster/find-student';
import type { Student } from '../roster/model';
import { recordFailedScan } from './failed-scans';
import type { Judged, Scan } from './scan';

const NOBODY = { booking: null, student: null, session: null, candidates: [] };

/**
 * Judges a scan and, where the rules admit the student, records the arrival in one write. The same nonce gives the
 * same answer; two phones on one code give one arrival and one "already arrived".
 *
 * @throws AppError NOT_ALLOWED when the phone is not enrolled for the room
 */
export async function redeem(world: World, by: StaffActor, scan: Scan): Promise<Judged> {
  refuseForeignRoom(by, scan.room);
  const found = await find(world, by, scan);
  const judged = 'reason' in found ? found : await judge(world, by, scan, found);
  if (!judged.admitted && !scan.kept) await recordFailedScan(by, scan, judged);
  return judged;
}

interface Found {
  booking: Booking | null;
  student: Student;
}

/** Who is meant: by the code's own booking, by document, or as picked from a list. */
async function find(world: World, by: StaffActor, scan: Scan): Promise<Found | Judged> {
  if (scan.by.kind === 'student') return ofStudent(by, await findStudent(scan.by.studentId));
  if (scan.by.kind === 'document') return byDocument(world, by, scan.by.number);
  const read = readScannedText(scan.by.text, world.codeKeys.verifying, scan.scannedAt);
  switch (read.kind) {
    case 'booking':
      return byCode(by, read.fields);
    case 'document_number':
      return byDocument(world, by, read.number);
    case 'student_no':
      return ofStudent(by, await studentByNumber(by.campaignId, read.studentNo));
    case 'refused':
      return read.fields ? byExpiredCode(by, scan, read.fields) : refused(read.reason);
  }
}

async function byCode(
  by: StaffActor,
  { campaignId, bookingId }: BookingTokenFields,
): Promise<Found | Judged> {
  if (campaignId !== by.campaignId) return refused('other_campaign');
  const booking = await findBooking(bookingId);
  const student = booking && (await findStudent(booking.studentId));
  return booking && student ? { booking, student } : refused('unknown');
}

/** Staff see whose code it is. A phone without network may have shown and scanned one with two clocks that differ. */
async function byExpiredCode(
  by: StaffActor,
  scan: Scan,
  fields: BookingTokenFields,
): Promise<Found | Judged> {
  const found = await byCode(by, fields);
  if ('reason' in found || scan.kept) return found;
  const session = found.booking && (await sessionOfBooking(found.booking));
  return { reason: 'expired_code', admitted: false, ...found, session, candidates: [] };
}

async function byDocument(world: World, by: StaffActor, text: string): Promise<Found | Judged> {
  const number = normaliseDocumentNumber(text);
  const indexes = world.blindIndex.candidates(guessDocumentType(number) ?? 'passport', number);
  const students = await studentsByDocument(by.campaignId, indexes);
  if (students.length > 1) return { ...refused('unknown'), candidates: students };
  return ofStudent(by, students[0] ?? null);
}

async function ofStudent(by: StaffActor, student: Student | null): Promise<Found | Judged> {
  if (student?.campaignId !== by.campaignId) return refused('unknown');
  return { student, booking: await currentBooking(by.campaignId, student._id) };
}

const refused = (reason: ScanReason): Judged => ({ reason, admitted: false, ...NOBODY });

async function judge(world: World, by: StaffActor, scan: Scan, { booking, student }: Found): Promise<Judged> {
  const session = booking && (await sessionOfBooking(booking));
  const seen = { booking, student, session, candidates: [] };
  if (booking && isDoneAlready(booking, scan.nonce) && booking.arrival) {
    return { reason: asReason(booking.arrival.reason), admitted: true, ...seen };
  }
  const judgement = await judgeBooking(by, scan, booking, session);
  const isAdmitted = judgement.outcome === 'admit' || (scan.kept && judgement.outcome === 'confirm');
  if (!booking || !isAdmitted) return { reason: judgement.reason, admitted: false, ...seen };

  const arrived = await recordArrival(world, by, booking, {
    at: scan.scannedAt,
    day: shanghaiDay(scan.scannedAt),
    room: scan.room,
    reason: judgement.reason,
    flags: judgement.flags,
    by: scan.by.kind,
    originalSeen: scan.originalSeen,
    nonce: scan.nonce,
  });
  if (arrived) return { reason: judgement.reason, admitted: true, ...seen, booking: arrived };
  // The same scan sent twice, another phone, an undo or a refund was quicker: judge what is there now.
  const now = await findBooking(booking._id);
  if (now && isDoneAlready(now, scan.nonce) && now.arrival) {
    return { reason: asReason(now.arrival.reason), admitted: true, ...seen, booking: now };
  }
  const again = await judgeBooking(by, scan, now, session);
  return {
    reason: again.outcome === 'admit' ? 'unknown' : again.reason,
    admitted: false,
    ...seen,
    booking: now,
  };
}

async function judgeBooking(
  by: StaffActor,
  scan: Scan,
  booking: Booking | null,
  session: CollectionSession | null,
) {
  const campaign = await findCampaign(by.campaignId);
  return judgeArrival({
    now: scan.scannedAt,
    device: { campaignId: by.campaignId, room: scan.room },
    campaign: {
      collectionDays: campaign.collectionDays.map(({ day }) => day),
      collectionClosed: campaign.collectionClosedAt !== null && campaign.collectionClosedAt <= scan.scannedAt,
      lineUpLeadMinutes: campaign.rules.lineUpLeadMinutes,
    },
    ...(booking
      ? {
          booking: {
            campaignId: booking.campaignId,
            place: booking.place,
            payment: booking.payment,
            attendance: booking.attendance,
            refunded: booking.place === 'cancelled' && booking.paidOrderNo !== null,
            seeOriginal: booking.seeOriginalId,
            makeUpDay: booking.makeUpDay ?? null,
          },
        }
      : {}),
    ...(session && booking?.channel === 'online' ? { session } : {}),
    confirmed: { originalSeen: scan.originalSeen, admitAnyway: scan.admitAnyway || scan.kept },
  });
}

function asReason(reason: string): ScanReason {
  return reason === 'late_same_day' || reason === 'early' || reason === 'wrong_room' ? reason : 'ok';
}
