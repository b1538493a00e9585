import type { ApiClient } from '../../server/demo/api-client';
import { type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { nonce, staffPhone, studentPhone } from '../support/site';
import { startTestStack } from '../support/stack';

jest.setTimeout(60_000);

let stack: Stack;
let demo: Demo;
let desk: ApiClient;

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 12);
  await stack.sandbox.setClock(phase('day'));
  desk = await staffPhone(stack, demo);
});
afterAll(() => stack?.stop());

const ROOM = 'C区202';

async function studentIdOf(index: number): Promise<string> {
  const { people } = await desk.call('GET /api/onsite/search', {
    query: { q: demo.students[index]?.studentNo ?? '' },
  });
  const [person] = people;
  if (!person) throw new Error(`no student ${index}`);
  return person.studentId;
}

async function walkIn(index: number, payment: 'by_phone' | 'owed') {
  const verdict = await desk.call('POST /api/onsite/walk-ins', {
    body: { nonce: nonce(), room: ROOM, studentId: await studentIdOf(index), evidence: 'id_card', payment },
  });
  const id = verdict.person?.bookingId;
  if (!id) throw new Error('a walk-in without booking');
  return { verdict, id, studentId: verdict.person?.studentId ?? '' };
}

describe('a walk-in paid by somebody else', () => {
  it('is paid on a phone that has verified nothing, and let in by the next look', async () => {
    const { verdict, id, studentId } = await walkIn(0, 'by_phone');
    expect(verdict).toMatchObject({ admitted: false, reason: 'unpaid' });
    const code = await desk.call('GET /api/onsite/bookings/:id/pay-code', { params: { id } });
    expect(code).toMatchObject({ page: 'pages/pay-for/index', amountFen: 3000 });
    expect(code.image).toMatch(/^data:image\/png;base64,/);

    const parent = await studentPhone(stack, demo, 1);
    const params = { ticket: code.ticket };
    const seen = await parent.api.call('GET /api/me/pay-tickets/:ticket', { params });
    expect(seen).toMatchObject({ state: 'to_pay', amountFen: 3000 });
    expect(seen.name).not.toBe(demo.students[0]?.name);
    const { payment } = await parent.api.call('POST /api/me/pay-tickets/:ticket/pay', { params });
    if (!payment) throw new Error('nothing to hand to the cashier');
    await stack.sandbox.cashier({ ...payment, openid: parent.person.openid, outcome: 'pay' });
    const after = await parent.api.call('POST /api/me/pay-tickets/:ticket/payment-check', { params });
    expect(after.state).toBe('paid');

    expect(await desk.call('GET /api/onsite/bookings/:id', { params: { id } })).toMatchObject({
      payment: 'paid',
      attendance: 'expected',
    });
    const admitted = await desk.call('POST /api/onsite/redeem', {
      body: {
        nonce: nonce(),
        room: ROOM,
        scannedAt: (await parent.home()).now,
        by: { kind: 'student', studentId },
        originalSeen: true,
      },
    });
    expect(admitted).toMatchObject({ admitted: true, arrival: { shotNumber: 1 } });
  });

  it('passes from one payer to the next: the first one’s order is closed, only one pays', async () => {
    const { id } = await walkIn(2, 'by_phone');
    const { ticket } = await desk.call('GET /api/onsite/bookings/:id/pay-code', { params: { id } });
    const [first, second] = [await studentPhone(stack, demo, 3), await studentPhone(stack, demo, 4)];
    const begun = await first.api.call('POST /api/me/pay-tickets/:ticket/pay', { params: { ticket } });
    const taken = await second.api.call('POST /api/me/pay-tickets/:ticket/pay', { params: { ticket } });
    if (!begun.payment || !taken.payment) throw new Error('nothing to hand to the cashier');
    expect(
      await stack.sandbox.cashier({ ...begun.payment, openid: first.person.openid, outcome: 'pay' }),
    ).toMatchObject({ reason: '订单已关闭' });
    await stack.sandbox.cashier({ ...taken.payment, openid: second.person.openid, outcome: 'pay' });
    const check = { params: { ticket } };
    expect(await second.api.call('POST /api/me/pay-tickets/:ticket/payment-check', check)).toMatchObject({
      state: 'paid',
    });
    await expect(first.api.call('POST /api/me/pay-tickets/:ticket/pay', check)).rejects.toMatchObject({
      code: 'ALREADY_PAID',
    });
  });

  it('notices that the first payer was quicker than the second one', async () => {
    const { id } = await walkIn(5, 'by_phone');
    const { ticket } = await desk.call('GET /api/onsite/bookings/:id/pay-code', { params: { id } });
    const [first, second] = [await studentPhone(stack, demo, 3), await studentPhone(stack, demo, 4)];
    await stack.sandbox.plantFault({ service: 'callback', kind: 'drop', times: 1 });
    const { payment } = await first.api.call('POST /api/me/pay-tickets/:ticket/pay', { params: { ticket } });
    if (!payment) throw new Error('nothing to hand to the cashier');
    await stack.sandbox.cashier({ ...payment, openid: first.person.openid, outcome: 'pay' });
    expect(
      await second.api.call('POST /api/me/pay-tickets/:ticket/pay', { params: { ticket } }),
    ).toMatchObject({ payment: null });
    await second.api.call('POST /api/me/pay-tickets/:ticket/payment-check', { params: { ticket } });
    expect(await desk.call('GET /api/onsite/bookings/:id', { params: { id } })).toMatchObject({
      payment: 'paid',
    });
  });
});

it('lets in who owes at once, and takes the money later with the same code', async () => {
  const { verdict, id } = await walkIn(6, 'owed');
  expect(verdict).toMatchObject({ admitted: true, tone: 'green' });
  const { ticket } = await desk.call('GET /api/onsite/bookings/:id/pay-code', { params: { id } });
  const payer = await studentPhone(stack, demo, 7);
  const { payment } = await payer.api.call('POST /api/me/pay-tickets/:ticket/pay', { params: { ticket } });
  if (!payment) throw new Error('nothing to hand to the cashier');
  await stack.sandbox.cashier({ ...payment, openid: payer.person.openid, outcome: 'pay' });
  const paid = await payer.api.call('POST /api/me/pay-tickets/:ticket/payment-check', { params: { ticket } });
  expect(paid.state).toBe('paid');
  await expect(desk.call('GET /api/onsite/bookings/:id/pay-code', { params: { id } })).rejects.toMatchObject({
    code: 'ALREADY_PAID',
  });
});
