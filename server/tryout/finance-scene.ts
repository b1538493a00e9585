import { randomUUID } from 'node:crypto';
import { addDays, atShanghai } from '../../shared/domain/time';
import { type ApiClient, createApiClient } from '../demo/api-client';
import { phoneOf } from '../demo/booked-student';
import { DEMO_DAY } from '../demo/notice-2023';
import { DEMO_PHASES, type Demo, type DemoStudentPerson, firstApi, phase, seedDemo } from '../demo/seed';
import type { Stack } from '../demo/stack';
import type { StudentPhone } from '../demo/student-phone';

/** The demo's roster lies in the order of the sessions; a few more than the scene has parts. */
const STUDENTS = 24;
const SHOT = 6;
const ABSENT = 4;

const WALK_INS = 5;
const MORNING_AFTER = atShanghai(addDays(DEMO_DAY, 1), '10:30');
const THIRD_MORNING = atShanghai(addDays(DEMO_DAY, 2), '10:30');

const ROOM = 'C区202';

interface Visitor {
  student: DemoStudentPerson;
  bookingId: string;
}

interface Booked extends Visitor {
  phone: StudentPhone;
}

/** Who paid, came and was photographed, or not, and what WeChat makes of the collection day. */
export interface FinanceScene {
  demo: Demo;
  /** Paid on the first day of booking, and was photographed. */
  shot: Booked[];
  /** Checked in, and nobody marked a shot. */
  arrived: Booked;
  /** Paid and never came. */
  absent: Booked[];
  /** Photographed without having paid, and still owes. */
  owing: Visitor;
  /** The label of the staff phone that has not uploaded. */
  phone: string;
  /** The order numbers that the five differences are about; two of them only WeChat has. */
  planted: { surplus: string; shortage: string; amount: string; duplicate: string; crossDay: string };
}

/**
 * The morning after the collection day. The bill of that day has five differences, because WeChat's books were bent:
 * money that nobody knows (长款), a payment lost (短款), one of another amount (金额不符), one twice (重复支付), and one that
 * WeChat books after midnight (跨日). Our database is written by the service alone.
 */
export async function layFinanceScene(stack: Stack): Promise<FinanceScene> {
  const demo = await seedDemo(stack, STUDENTS);
  await stack.sandbox.setPhases([
    ...DEMO_PHASES.filter(({ key }) => key === 'before' || key === 'open' || key === 'day'),
    { key: 'next', label: '次日 10:30', at: MORNING_AFTER.toISOString() },
    { key: 'third', label: '第三天 10:30', at: THIRD_MORNING.toISOString() },
  ]);
  await stack.sandbox.setClock(phase('open'));
  const booked: Booked[] = [];
  for (const student of demo.students.slice(0, 1 + SHOT + ABSENT))
    booked.push(await book(stack, demo, student));
  const [arrived, ...others] = booked;
  const shot = others.slice(0, SHOT);
  const absent = others.slice(SHOT);

  await stack.sandbox.setClock(phase('day'));
  const phone = '一号机';
  const desk = await staffPhone(stack, demo, phone);
  // From here on the phone may keep scans that nobody else has.
  await desk.call('GET /api/onsite/snapshot');
  const walkIns: Visitor[] = [];
  for (const student of demo.students.slice(booked.length, booked.length + WALK_INS))
    walkIns.push(await letInOwing(desk, student));
  const owing = walkIns.at(-1);
  if (!arrived || !owing) throw new Error(`the scene needs ${STUDENTS} students`);
  for (const visitor of [arrived, ...shot]) await admit(stack, desk, visitor);
  for (const { bookingId } of [...shot, ...walkIns])
    await desk.call('POST /api/onsite/bookings/:id/shot', {
      params: { id: bookingId },
      body: { nonce: randomUUID() },
    });
  const planted = await bendTheBooks(stack, desk, { walkIns, payer: arrived });

  await stack.sandbox.setClock(MORNING_AFTER);
  const { id } = demo.campaign;
  const { version } = await demo.office.call('GET /api/console/campaigns/:id', { params: { id } });
  await demo.office.call('POST /api/console/campaigns/:id/close-collection', {
    params: { id },
    body: { version },
  });
  return { demo, shot, arrived, absent, owing, phone, planted };
}

async function book(stack: Stack, demo: Demo, student: DemoStudentPerson): Promise<Booked> {
  const phone = phoneOf(stack, demo, student);
  await phone.login();
  await phone.consent();
  await phone.verify();
  await phone.findAndConfirm();
  const { id } = await phone.pay((await phone.hold()).id);
  return { student, phone, bookingId: id };
}

async function staffPhone(stack: Stack, demo: Demo, label: string): Promise<ApiClient> {
  const { code } = await demo.office.call('POST /api/console/campaigns/:id/devices', {
    params: { id: demo.campaign.id },
    body: { label, rooms: [] },
  });
  const desk = createApiClient(firstApi(stack));
  desk.carryToken((await desk.call('POST /api/staff/enrol', { body: { code, label } })).token);
  return desk;
}

async function letInOwing(desk: ApiClient, student: DemoStudentPerson): Promise<Visitor> {
  const { people } = await desk.call('POST /api/onsite/search', { body: { q: student.studentNo } });
  const [found] = people;
  if (!found) throw new Error(`student ${student.studentNo} is not on the roster`);
  const { person } = await desk.call('POST /api/onsite/walk-ins', {
    body: {
      nonce: randomUUID(),
      room: ROOM,
      studentId: found.studentId,
      evidence: 'id_card',
      payment: 'owed',
    },
  });
  if (!person?.bookingId) throw new Error(`student ${student.studentNo} was not let in`);
  return { student, bookingId: person.bookingId };
}

async function admit(stack: Stack, desk: ApiClient, { student }: Visitor): Promise<void> {
  await desk.call('POST /api/onsite/redeem', {
    body: {
      nonce: randomUUID(),
      room: ROOM,
      scannedAt: (await stack.sandbox.now()).toISOString(),
      by: { kind: 'document', number: student.idNumber },
      originalSeen: true,
      admitAnyway: true,
    },
  });
}

interface Order {
  mchid: string;
  outTradeNo: string;
  attach?: string;
}

async function bendTheBooks(
  { sandbox }: Stack,
  desk: ApiClient,
  { walkIns, payer }: { walkIns: readonly Visitor[]; payer: Booked },
): Promise<FinanceScene['planted']> {
  const [lost, wrong, twice, late] = walkIns;
  if (!lost || !wrong || !twice || !late) throw new Error('too few walk-ins');
  const begin = async ({ bookingId }: Visitor) => {
    const params = { id: bookingId };
    const { ticket } = await desk.call('GET /api/onsite/bookings/:id/pay-code', { params });
    const { payment } = await payer.phone.api.call('POST /api/me/pay-tickets/:ticket/pay', {
      params: { ticket },
    });
    const { items } = await sandbox.ask<{ items: Order[] }>('GET', '/books/orders?limit=1000');
    const order = items.find(({ attach }) => attach?.startsWith(bookingId));
    if (!payment || !order) throw new Error(`booking ${bookingId} cannot be paid`);
    const known = () =>
      payer.phone.api.call('POST /api/me/pay-tickets/:ticket/payment-check', { params: { ticket } });
    return { ...order, payment, known };
  };
  const pay = async (visitor: Visitor) => {
    const order = await begin(visitor);
    await sandbox.cashier({ ...order.payment, openid: payer.phone.person.openid, outcome: 'pay' });
    await order.known();
    return order;
  };
  const at = (time: string) => atShanghai(DEMO_DAY, time).toISOString();

  await sandbox.setClock(atShanghai(DEMO_DAY, '17:10'));
  const shortage = await pay(lost);
  await sandbox.ask('DELETE', `/books/entries/${shortage.mchid}/${shortage.outTradeNo}`);

  const amount = await begin(wrong);
  await sandbox.ask('POST', `/pay/orders/${amount.mchid}/${amount.outTradeNo}/pay`, { wrongAmount: 1000 });
  await amount.known();

  const paid = await pay(twice);
  const plant = (facts: object) =>
    sandbox.ask<Order>('POST', '/books/entries', { kind: 'payment', mchid: paid.mchid, ...facts });
  const duplicate = await plant({ at: at('17:20'), totalFen: 3000, attach: paid.attach });
  const surplus = await plant({ at: at('15:00'), totalFen: 4500 });

  await sandbox.setClock(atShanghai(DEMO_DAY, '23:58'));
  const crossDay = await pay(late);
  await sandbox.ask('POST', `/books/entries/${crossDay.mchid}/${crossDay.outTradeNo}/rebook`, {
    at: atShanghai(addDays(DEMO_DAY, 1), '00:00:09').toISOString(),
  });
  return {
    surplus: surplus.outTradeNo,
    shortage: shortage.outTradeNo,
    amount: amount.outTradeNo,
    duplicate: duplicate.outTradeNo,
    crossDay: crossDay.outTradeNo,
  };
}
