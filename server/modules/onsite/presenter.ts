import type { z } from 'zod';
import type { PersonOnSite, Verdict } from '../../../shared/contract/onsite';
import { spokenTime } from '../../../shared/domain/time';
import { sessionFacts, verdictWords } from '../../../shared/domain/verdicts';
import type { Booking } from '../bookings/model';
import type { Student } from '../roster/model';
import type { Judged } from './scan';

/** Staff see the full name; of a document number only the masked form. */
export const presentPerson = (student: Student, booking: Booking | null): z.infer<typeof PersonOnSite> => ({
  bookingId: booking?._id ?? null,
  studentId: student._id,
  name: student.name,
  documentMasked: student.documentMasked ?? null,
  studentNo: student.studentNo,
  college: student.college,
  major: student.major,
  className: student.className,
  training: student.training,
  graduationType: student.graduationType,
  version: student.version,
});

export function presentVerdict(judged: Judged, lineUpLeadMinutes: number): Verdict {
  const { reason, admitted, booking, student, session } = judged;
  const arrival = booking?.arrival ?? null;
  const words = verdictWords(reason, {
    ...(session ? sessionFacts(session, lineUpLeadMinutes) : {}),
    ...(arrival ? { arrival: { time: spokenTime(arrival.at), room: arrival.room } } : {}),
  });
  return {
    reason,
    // Whoever has been let in is green, whatever had to be confirmed for it.
    tone: admitted ? 'green' : words.tone,
    title: words.title,
    say: admitted ? `签到成功，拍摄序号 ${arrival?.shotNumber ?? ''}，请排队等候。` : words.say,
    admitted,
    person: student ? presentPerson(student, booking) : null,
    session: session && {
      room: session.room,
      day: session.day,
      startsAt: session.startsAt.toISOString(),
      endsAt: session.endsAt.toISOString(),
    },
    arrival: arrival && {
      at: arrival.at.toISOString(),
      room: arrival.room,
      shotNumber: arrival.shotNumber,
      device: arrival.device,
    },
    bookingVersion: booking?.version ?? null,
    candidates: judged.candidates.map((candidate) => presentPerson(candidate, null)),
  };
}
