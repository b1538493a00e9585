import { shanghaiDay } from '../../shared/domain/time';
import type { StaffActor } from '../http/actor';
import { recordArrival } from '../modules/bookings/record-attendance';
import { bookWalkIn } from '../modules/bookings/walk-in';
import { findStudent } from '../modules/roster/find-student';
import { createApiClient } from './api-client';
import { phoneOf } from './booked-student';
import { demoRosterCsv } from './roster';
import { type Demo, type DemoStudentPerson, firstApi, phase } from './seed';
import type { Stack } from './stack';
import type { StudentPhone } from './student-phone';
import { withWorld } from './with-world';

/** Who stands where after `layTodoScene`, by what the office will see of them. */
export interface TodoScene {
  booked: DemoStudentPerson[];
  /** Held, not paid. */
  holding: DemoStudentPerson;
  /** All bank-check attempts used up. */
  stuck: DemoStudentPerson;
  /** Waits for somebody to look at the document. */
  review: DemoStudentPerson;
  /** Bound to one WeChat user, claimed by another. */
  contested: DemoStudentPerson;
  /** Asks for another class. */
  correction: DemoStudentPerson;
  /** Let in on site without having paid. */
  owed: DemoStudentPerson;
  /** On the roster with a major that the timetable does not have. */
  unmatched: { name: string; studentNo: string; major: string };
}

/** On no timetable: what a new major looks like. */
export const UNMATCHED = { name: '欧阳明月', studentNo: '2019990101', major: '量子信息科学' };
const NEEDED = 20;

/**
 * Lays one item into each queue of the office, over HTTP as students and staff would: the queue's own person each, and
 * some who have simply booked and paid.
 *
 * @param demo with at least 20 students; ends with the clock at "预约开放"
 */
export async function layTodoScene(stack: Stack, demo: Demo): Promise<TodoScene> {
  await addUnmatched(demo);
  await stack.sandbox.setClock(phase('open'));
  return { ...(await layTodoItems(stack, demo)), unmatched: UNMATCHED };
}

/** The same without the student who has no session: booking is open already. @param demo with at least 20 students */
export async function layTodoItems(stack: Stack, demo: Demo): Promise<Omit<TodoScene, 'unmatched'>> {
  const people = demo.students.slice(0, NEEDED);
  const [stuck, review, contested, correction, owed, holding, stranger, ...booked] = people;
  if (!stuck || !review || !contested || !correction || !owed || !holding || !stranger || booked.length < 5) {
    throw new Error(`the scene needs ${NEEDED} students`);
  }
  const phone = (student: DemoStudentPerson, openid = student.person.openid): StudentPhone =>
    phoneOf(stack, demo, { person: { ...student.person, openid } });

  for (const student of booked) await bookAndPay(phone(student));
  await book(phone(holding));
  await exhaustAttempts(phone(stuck), stranger.person.bankCard);
  await askForReview(phone(review), demo.campaign.id);
  await bookAndPay(phone(contested));
  const other = phone(contested, stranger.person.openid);
  await begin(other);
  await other.verify();
  await askForCorrection(phone(correction), demo.campaign.id);
  await letInOwing(stack, demo, owed);
  return { booked, holding, stuck, review, contested, correction, owed };
}

async function begin(phone: StudentPhone): Promise<void> {
  await phone.login();
  await phone.consent();
}

async function book(phone: StudentPhone): Promise<string> {
  await begin(phone);
  await phone.verify();
  await phone.findAndConfirm();
  return (await phone.hold()).id;
}

async function bookAndPay(phone: StudentPhone): Promise<void> {
  await phone.pay(await book(phone));
}

async function exhaustAttempts(phone: StudentPhone, otherCard: string): Promise<void> {
  await begin(phone);
  const wrong = ['13800000001', '13800000002', '13800000003'];
  for (const [index, reserved] of wrong.entries()) {
    // A third try with the same card would be refused to protect it.
    const bankCard = index < 2 ? phone.person.bankCard : otherCard;
    await phone.verify({ phone: reserved, bankCard }).catch(() => undefined);
  }
}

async function askForReview(phone: StudentPhone, campaignId: string): Promise<void> {
  await begin(phone);
  const photoIds: string[] = [];
  for (const side of ['front', 'back'] as const) {
    const photo = await phone.api.upload(
      'POST /api/me/id-photos',
      { side },
      await phone.sandbox.idPhoto(phone.person.id, side),
    );
    photoIds.push(photo.photoId);
  }
  await phone.api.call('POST /api/me/verification/manual', {
    body: {
      campaignId,
      name: phone.person.name,
      documentType: 'resident_id',
      documentNumber: phone.person.idNumber,
      photoIds,
    },
  });
}

async function askForCorrection(phone: StudentPhone, campaignId: string): Promise<void> {
  await begin(phone);
  await phone.verify();
  const { id } = await phone.api.call('GET /api/me/enrolment', { query: { campaignId } });
  const { photoId } = await phone.api.upload(
    'POST /api/me/evidence-photos',
    { purpose: 'correction' },
    await phone.sandbox.idPhoto(phone.person.id, 'front'),
  );
  await phone.api.call('POST /api/me/enrolment/:id/corrections', {
    params: { id },
    body: { field: 'className', proposed: '二班', reason: '大三转到了二班', photoId },
  });
}

/** As left over from an earlier day: now, before the collection, no desk would let anybody in, so it is not asked. */
async function letInOwing(stack: Stack, demo: Demo, student: DemoStudentPerson): Promise<void> {
  const { id, schoolId, rooms } = demo.campaign;
  const { code, device } = await demo.office.call('POST /api/console/campaigns/:id/devices', {
    params: { id },
    body: { label: '一号机', rooms: [] },
  });
  const staff = createApiClient(firstApi(stack));
  staff.carryToken((await staff.call('POST /api/staff/enrol', { body: { code, label: '一号机' } })).token);
  const { people } = await staff.call('POST /api/onsite/search', { body: { q: student.studentNo } });
  const [found] = people;
  if (!found) throw new Error('the owing student is not on the roster');
  const by: StaffActor = {
    kind: 'device',
    role: 'staff',
    deviceId: device.id,
    label: device.label,
    schoolId,
    campaignId: id,
    rooms: [],
  };
  const nonce = `walk-in-${student.studentNo}`;
  await withWorld(stack, async (world) => {
    const onRoster = await findStudent(found.studentId);
    if (!onRoster) throw new Error('the owing student is not on the roster');
    const terms = { evidence: 'id_card', payment: 'owed', nonce, makeUpDay: null } as const;
    const booking = await bookWalkIn(world, by, { student: onRoster, ...terms });
    const at = world.clock.now();
    await recordArrival(world, by, booking, {
      at,
      day: shanghaiDay(at),
      room: rooms[0] ?? '',
      reason: 'ok',
      flags: ['owed'],
      by: 'walk-in',
      originalSeen: true,
      nonce,
    });
  });
}

/** The students' roster with one student more, whose major the timetable does not have. */
export function rosterWithUnmatched(students: readonly DemoStudentPerson[]): string {
  const { name, studentNo, major } = UNMATCHED;
  return `${demoRosterCsv(students)}\n${name},${studentNo},女,,理学院,${major},${major}1901,本科,应届`;
}

async function addUnmatched(demo: Demo): Promise<void> {
  const csv = rosterWithUnmatched(demo.students);
  await demo.office.call('POST /api/console/campaigns/:id/roster', {
    params: { id: demo.campaign.id },
    body: { csv },
  });
}
