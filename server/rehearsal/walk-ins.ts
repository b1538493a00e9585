import type { EVIDENCE } from '../../shared/contract/onsite';
import { firstApi } from '../demo/seed';
import type { Stack } from '../demo/stack';
import type { StudentPhone } from '../demo/student-phone';
import { createStudentPhone } from '../demo/student-phone';
import type { Player } from './player';
import { expectVerdict, type Lane, photograph, scan } from './site';

/** Books at the door (现场预约), pays or owes, and is photographed. */
export async function playWalkIn(stack: Stack, lane: Lane, moment: Date, player: Player): Promise<void> {
  const studentId = await findAtTheDoor(lane, player);
  if (player.cohort === 'owes') {
    const verdict = await bookAtTheDoor(lane, studentId, 'id_card', 'owed');
    // In the evening every session is over.
    expectVerdict(verdict, { reason: 'late_same_day', admitted: true });
    player.bookingId = verdict.person?.bookingId ?? null;
    await photograph(lane, player);
    return;
  }
  const evidence = player.cohort === 'lost_id' ? 'student_card_and_counsellor' : 'id_card';
  const verdict = await bookAtTheDoor(lane, studentId, evidence, 'by_phone');
  expectVerdict(verdict, { reason: 'unpaid', admitted: false });
  player.bookingId = verdict.person?.bookingId ?? null;
  await payAtTheDoor(stack, lane, player);
  const admitted = await scan(lane, moment, { kind: 'student', studentId }, { admitAnyway: true });
  if (!admitted.admitted) throw new Error(`paid at the door, but the scan says ${admitted.reason}`);
  await photograph(lane, player);
}

async function findAtTheDoor({ scanner }: Lane, { student }: Player): Promise<string> {
  const { people } = await scanner.call('POST /api/onsite/search', { body: { q: student.studentNo } });
  const [person] = people;
  if (!person) throw new Error(`student ${student.studentNo} is not found at the door`);
  return person.studentId;
}

const bookAtTheDoor = (
  { scanner, room }: Lane,
  studentId: string,
  evidence: (typeof EVIDENCE)[number],
  payment: 'owed' | 'by_phone',
) =>
  scanner.call('POST /api/onsite/walk-ins', {
    body: { nonce: `rehearsal-walk-in-${studentId}`, room, studentId, evidence, payment },
  });

/** The desk shows a mini-program code; whoever holds the phone pays: nothing needs to be verified. */
async function payAtTheDoor(stack: Stack, { scanner }: Lane, player: Player): Promise<void> {
  if (!player.bookingId) throw new Error('nothing to pay for');
  const { ticket } = await scanner.call('GET /api/onsite/bookings/:id/pay-code', {
    params: { id: player.bookingId },
  });
  const payer = player.cohort === 'lost_id' ? player.phone : await friendsPhone(stack, player);
  const { payment } = await payer.api.call('POST /api/me/pay-tickets/:ticket/pay', { params: { ticket } });
  if (!payment) throw new Error('nothing to pay with');
  await stack.sandbox.cashier({ ...payment, openid: payer.person.openid, outcome: 'pay' });
  const after = await payer.api.call('POST /api/me/pay-tickets/:ticket/payment-check', {
    params: { ticket },
  });
  if (after.state !== 'paid') throw new Error(`paid at the door, but the ticket is ${after.state}`);
}

async function friendsPhone(stack: Stack, { friend, phone }: Player): Promise<StudentPhone> {
  const friendly = createStudentPhone({
    baseUrl: firstApi(stack),
    sandbox: stack.sandbox,
    person: friend,
    campaignId: phone.campaignId,
  });
  await friendly.login();
  return friendly;
}
