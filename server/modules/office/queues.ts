import type {
  ConflictRow,
  OwedRow,
  ReviewFile,
  ReviewRow,
  UnmatchedGroup,
} from '../../../shared/contract/office';
import { actorName, type UserActor } from '../../http/actor';
import { dataUrl } from '../../platform/blobs/data-url';
import type { World } from '../../world';
import { namesOf } from '../accounts/names-of';
import { currentBooking } from '../bookings/find-booking';
import { activeBookingsOf, owedBookings } from '../bookings/thin-bookings';
import { openCorrections, presentRequest } from '../roster/answer-correction';
import { openConflicts } from '../roster/binding-conflicts';
import type { BindingConflict } from '../roster/conflict-model';
import { findStudent, findStudents, searchStudents, studentsByDocument } from '../roster/find-student';
import type { Student } from '../roster/model';
import { nameFor } from '../roster/name-for';
import { unmatchedStudents } from '../roster/place-students';
import { presentEnrolment } from '../roster/presenter';
import { findIdentity } from '../verification/find-identity';
import type { Identity } from '../verification/model';
import { lookAtReview, reviewAskedAt } from '../verification/review';

export const presentReview = (identity: Identity): ReviewRow => ({
  accountId: identity._id,
  name: identity.name ?? '',
  documentType: identity.documentType ?? 'passport',
  documentMasked: identity.documentMasked ?? '',
  askedAt: reviewAskedAt(identity).toISOString(),
  version: identity.version,
});

/** One review with the photos, the full number and who on the roster it may be. */
export async function openReview(
  world: World,
  by: UserActor,
  { identity, campaignId }: { identity: Identity; campaignId: string },
): Promise<ReviewFile> {
  const { documentNumber, photos } = await lookAtReview(world, by, identity);
  const indexes = identity.documentIndex ? [identity.documentIndex] : [];
  const [sameDocument, sameName] = await Promise.all([
    studentsByDocument(campaignId, indexes),
    searchStudents(campaignId, identity.name ?? ''),
  ]);
  const known = new Set(sameDocument.map(({ _id }) => _id));
  const others = sameName.students.filter(({ _id, name }) => name === identity.name && !known.has(_id));
  return {
    ...presentReview(identity),
    documentNumber,
    photos: photos.map((photo) => ({
      side: photo.side,
      dataUrl: dataUrl(photo),
    })),
    candidates: [...sameDocument, ...others].map((student) => ({
      ...presentEnrolment(student),
      sameDocument: known.has(student._id),
    })),
  };
}

export async function presentConflicts(campaignId: string): Promise<ConflictRow[]> {
  const rows = (await openConflicts(campaignId)).map(async (conflict): Promise<ConflictRow | null> => {
    const student = await findStudent(conflict.studentId);
    return student && presentConflict(conflict, student);
  });
  return (await Promise.all(rows)).filter((row) => row !== null);
}

async function presentConflict(conflict: BindingConflict, student: Student): Promise<ConflictRow> {
  const holderId = student.binding?.accountId ?? null;
  const [holder, claimant, booking] = await Promise.all([
    holderId ? findIdentity(holderId) : null,
    findIdentity(conflict.claimantAccountId),
    currentBooking(conflict.campaignId, student._id),
  ]);
  return {
    id: conflict._id,
    at: conflict.at.toISOString(),
    student: presentEnrolment(student),
    holder: holderId
      ? { ...presentClaimant(holderId, holder), boundAt: student.binding?.at.toISOString() ?? null }
      : null,
    claimant: { ...presentClaimant(conflict.claimantAccountId, claimant), boundAt: null },
    booking: booking && {
      id: booking._id,
      place: booking.place,
      payment: booking.payment,
      attendance: booking.attendance,
    },
    version: conflict.version,
  };
}

const presentClaimant = (accountId: string, identity: Identity | null) => ({
  accountId,
  name: identity?.name ?? null,
  documentMasked: identity?.documentMasked ?? null,
  status: identity?.status ?? ('none' as const),
});

export async function presentCorrections(world: World, campaignId: string) {
  const students = await openCorrections(campaignId);
  const bookings = await activeBookingsOf(
    campaignId,
    students.map(({ _id }) => _id),
  );
  const shot = new Set(
    bookings.filter(({ attendance }) => attendance === 'shot').map(({ studentId }) => studentId),
  );
  return students.flatMap((student) => {
    const request = presentRequest(world, student);
    if (!request) return [];
    const enrolment = presentEnrolment(student);
    const current =
      request.field === 'documentNumber' ? (enrolment.documentMasked ?? '') : enrolment[request.field];
    const hasPhoto = student.correction?.photoId !== undefined;
    return [{ student: enrolment, current, isShot: shot.has(student._id), hasPhoto, ...request }];
  });
}

export async function presentOwed(by: UserActor, campaignId: string) {
  const bookings = await owedBookings(campaignId);
  const [students, names] = await Promise.all([
    findStudents(bookings.map(({ studentId }) => studentId)),
    namesOf(
      by.schoolId,
      bookings.flatMap(({ waiver }) => (waiver ? [waiver.askedBy] : [])),
    ),
  ]);
  const byId = new Map(students.map((student) => [student._id, student]));
  const owed = bookings.flatMap((booking): OwedRow[] => {
    const student = byId.get(booking.studentId);
    if (!student) return [];
    const { waiver } = booking;
    return [
      {
        bookingId: booking._id,
        version: booking.version,
        student: { ...presentEnrolment(student), name: nameFor(by, student.name) },
        amountFen: booking.amountFen,
        attendance: booking.attendance,
        since: booking.createdAt.toISOString(),
        waiver: waiver
          ? {
              reason: waiver.reason,
              askedBy: names[waiver.askedBy] ?? waiver.askedBy,
              isMine: waiver.askedBy === actorName(by),
              at: waiver.at.toISOString(),
            }
          : null,
      },
    ];
  });
  return { owed, amountFen: owed.reduce((sum, { amountFen }) => sum + amountFen, 0) };
}

export async function presentUnmatched(by: UserActor, campaignId: string): Promise<UnmatchedGroup[]> {
  const groups = new Map<string, UnmatchedGroup>();
  for (const student of await unmatchedStudents(campaignId)) {
    const { major, training, unmatchedBecause } = student;
    const key = `${major} ${training}`;
    const group = groups.get(key) ?? { major, training, because: unmatchedBecause ?? '', students: [] };
    group.students.push({ ...presentEnrolment(student), name: nameFor(by, student.name) });
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.students.length - a.students.length);
}
