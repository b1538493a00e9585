import nacl from 'tweetnacl';
import { maskName } from '../../../shared/domain/person-name';
import { sealSnapshot } from '../../../shared/domain/sealed-snapshot';
import type { SnapshotBooking, SnapshotFacts } from '../../../shared/domain/snapshot';
import { type ShanghaiDay, shanghaiDay } from '../../../shared/domain/time';
import type { StaffActor } from '../../http/actor';
import { secureRandom } from '../../platform/crypto/random';
import { createRemembered } from '../../platform/remembered';
import type { World } from '../../world';
import { noteSnapshot } from '../accounts/device-uploads';
import { bookingsOfSessions, type ListedBooking } from '../bookings/attendance-lists';
import { findCampaign } from '../campaigns/find-campaign';
import { allSessionsOf } from '../campaigns/find-session';
import type { CollectionSession } from '../campaigns/session-model';
import { studentNames } from '../roster/find-student';

/** A working day: a phone that was lost in the evening says nothing the next morning. */
const VALID_HOURS = 12;
/** Forty phones of one campaign ask for much the same. */
const SHARED_FOR_MS = 15_000;

type Contents = Omit<SnapshotFacts, 'takenAt' | 'expiresAt' | 'publicKeys'>;
const recent = createRemembered<Contents>({ max: 50, ttlMs: SHARED_FOR_MS });

export interface TakenSnapshot {
  takenAt: Date;
  expiresAt: Date;
  bookings: number;
  sealed: string;
}

/**
 * What this phone needs to go on without network: the bookings of its rooms, sealed for its own token. That it has
 * one is noted, because from now on it may keep scans that nobody else knows of.
 */
export async function takeSnapshot(world: World, by: StaffActor, token: string): Promise<TakenSnapshot> {
  const takenAt = world.clock.now();
  const expiresAt = new Date(takenAt.getTime() + VALID_HOURS * 3_600_000);
  const contents = await contentsFor(by, shanghaiDay(takenAt));
  await noteSnapshot(by.deviceId, takenAt);
  const facts = { ...contents, takenAt, expiresAt, publicKeys: world.codeKeys.publicKeys };
  const sealed = sealSnapshot(facts, token, secureRandom(nacl.secretbox.nonceLength));
  return { takenAt, expiresAt, bookings: contents.bookings.length, sealed };
}

const contentsFor = (by: StaffActor, today: ShanghaiDay): Promise<Contents> =>
  recent.get(`${by.campaignId}|${by.rooms.join('|')}|${today}`, () => readContents(by, today));

async function readContents({ campaignId, rooms }: StaffActor, today: ShanghaiDay): Promise<Contents> {
  const [campaign, all] = await Promise.all([findCampaign(campaignId), allSessionsOf(campaignId)]);
  const sessions = all
    .filter(({ room }) => rooms.length === 0 || rooms.includes(room))
    // Of the make-up days only this one: there are weeks of them.
    .filter(({ kind, day }) => kind !== 'make_up' || day === today)
    .map((session) => ({ ...session, isMakeUp: session.kind === 'make_up' }));
  return {
    campaignId,
    collectionDays: campaign.collectionDays.map(({ day }) => day),
    collectionClosed: campaign.collectionClosedAt !== null,
    lineUpLeadMinutes: campaign.rules.lineUpLeadMinutes,
    sessions,
    bookings: await listBookings(campaignId, sessions),
  };
}

async function listBookings(
  campaignId: string,
  sessions: readonly CollectionSession[],
): Promise<SnapshotBooking[]> {
  const bookings = await bookingsOfSessions(
    campaignId,
    sessions.map(({ _id }) => _id),
  );
  const students = await studentNames(bookings.map(({ studentId }) => studentId));
  const studentOf = new Map(students.map((student) => [student._id, student]));
  const indexOf = new Map(sessions.map(({ _id }, index) => [_id, index]));
  return bookings.flatMap((booking) => {
    const student = studentOf.get(booking.studentId);
    if (!student) return [];
    const { studentNo, className } = student;
    const session = booking.channel === 'online' ? indexOf.get(booking.sessionId ?? '') : undefined;
    return [
      {
        ...stateOf(booking),
        studentNo,
        className,
        name: maskName(student.name),
        session: session ?? null,
      },
    ];
  });
}

const stateOf = (booking: ListedBooking) => ({
  bookingId: booking._id,
  place: booking.place === 'cancelled' || booking.place === 'no_show' ? booking.place : ('booked' as const),
  payment: booking.payment,
  attendance: booking.attendance,
  seeOriginal: booking.seeOriginalId,
  refunded: booking.place === 'cancelled' && booking.paidOrderNo !== null,
  arrival: booking.arrival && {
    at: booking.arrival.at,
    room: booking.arrival.room,
    shotNumber: booking.arrival.shotNumber,
  },
});
