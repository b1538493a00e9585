import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { studentPhone } from '../support/site';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(120_000);

let stack: Stack;
let demo: Demo;

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 40);
});
afterAll(() => stack?.stop());

async function console_(login: string): Promise<ApiClient> {
  const client = createApiClient(firstApi(stack));
  await client.signIn(login, DEMO_PASSWORD);
  return client;
}

const nonce = () => `test-${Math.random().toString(36).slice(2)}-0123456789`;

it('carries the 103 rows of the notice into sessions and every student to one of them', () => {
  expect(demo.campaign.counts).toMatchObject({ sessions: 103, students: 40, matched: 40 });
  expect(demo.campaign.phase).toBe('announced');
});

describe('one student, end to end', () => {
  it('verifies, confirms, holds, pays and gets a code that staff can scan; the no-show gets the money back', async () => {
    const [alice, bob] = [await studentPhone(stack, demo, 0), await studentPhone(stack, demo, 1)];
    expect((await alice.home()).card.kind).toBe('not_open');
    await stack.sandbox.setClock(phase('open'));

    for (const phone of [alice, bob]) {
      await phone.login();
      expect((await phone.home()).card.kind).toBe('verify');
      await phone.consent();
      await phone.photographId();
      expect((await phone.verify()).status).toBe('verified');
      expect((await phone.home()).card.kind).toBe('confirm');
      expect((await phone.findAndConfirm()).confirmedAt).not.toBeNull();
      expect((await phone.home()).card.kind).toBe('book');
      const held = await phone.hold();
      expect(held).toMatchObject({ place: 'held', payment: 'unpaid', amountFen: 3000 });
      expect((await phone.home()).card.kind).toBe('pay');
      const booked = await phone.pay(held.id);
      expect(booked).toMatchObject({ place: 'booked', payment: 'paid' });
      const home = await phone.home();
      expect(home.card.kind).toBe('booked');
      expect(home.code?.rotating).toMatch(/^TC1/);
    }

    // The day: staff scan Alice; Bob stays at home.
    await stack.sandbox.setClock(phase('day'));
    const aliceHome = await alice.home();
    const session = aliceHome.booking?.session;
    if (!session || !aliceHome.code) throw new Error('no booked session');
    const staff = createApiClient(firstApi(stack));
    const { code } = await demo.office.call('POST /api/console/campaigns/:id/devices', {
      params: { id: demo.campaign.id },
      body: { label: '一号机', rooms: [] },
    });
    staff.carryToken((await staff.call('POST /api/staff/enrol', { body: { code, label: '一号机' } })).token);
    const scan = {
      nonce: nonce(),
      room: session.room,
      scannedAt: aliceHome.now,
      by: { kind: 'code' as const, text: aliceHome.code.fixed },
      admitAnyway: true,
    };
    const verdict = await staff.call('POST /api/onsite/redeem', { body: scan });
    expect(verdict).toMatchObject({ admitted: true, tone: 'green', arrival: { shotNumber: 1 } });
    expect(await staff.call('POST /api/onsite/redeem', { body: scan })).toEqual(verdict);
    expect(await staff.call('POST /api/onsite/redeem', { body: { ...scan, nonce: nonce() } })).toMatchObject({
      admitted: false,
      reason: 'already_arrived',
    });
    const bookingId = aliceHome.booking?.id ?? '';
    await staff.call('POST /api/onsite/bookings/:id/shot', {
      params: { id: bookingId },
      body: { nonce: nonce() },
    });
    expect((await alice.home()).card.kind).toBe('shot');

    // Afterwards: the office closes, finance refunds with two people.
    await stack.sandbox.setClock(phase('closing'));
    const { version } = await demo.office.call('GET /api/console/campaigns/:id', {
      params: { id: demo.campaign.id },
    });
    await demo.office.call('POST /api/console/campaigns/:id/close-collection', {
      params: { id: demo.campaign.id },
      body: { version },
    });
    const [maker, checker] = [await console_('finance1'), await console_('finance2')];
    const batch = await maker.call('POST /api/console/campaigns/:id/refund-batches', {
      params: { id: demo.campaign.id },
      body: {},
    });
    expect(batch).toMatchObject({ lines: { total: 1 }, amountFen: 3000 });
    await expect(
      maker.call('POST /api/console/refund-batches/:id/decide', {
        params: { id: batch.id },
        body: { version: batch.version, decision: 'approve' },
      }),
    ).rejects.toMatchObject({ code: 'TWO_PEOPLE_NEEDED' });
    await checker.call('POST /api/console/refund-batches/:id/decide', {
      params: { id: batch.id },
      body: { version: batch.version, decision: 'approve' },
    });
    const refund = await eventually('the refund of the no-show', async () => {
      const { booking, card } = await bob.home();
      const [first] = booking?.order?.refunds ?? [];
      return card.kind === 'not_collected' && first?.status === 'arrived' ? first : null;
    });
    expect(refund).toMatchObject({ amountFen: 3000, dueDay: '2022-11-23' });

    // The next morning: both days' bills agree with our records, both ways.
    await stack.sandbox.setClock(phase('next'));
    const days = { paid: '2022-11-15', refunded: '2022-11-19' };
    const fetched = (day: string) =>
      maker.call('POST /api/console/merchants/:merchantId/days/:day/fetch', {
        params: { merchantId: demo.merchantId, day },
      });
    expect(await fetched(days.paid)).toMatchObject({
      state: 'matched',
      differences: 0,
      ours: { payments: 2, paidFen: 6000, refunds: 0 },
      theirs: { payments: 2, paidFen: 6000, refunds: 0, feeFen: 36 },
    });
    expect(await fetched(days.refunded)).toMatchObject({
      state: 'matched',
      differences: 0,
      ours: { refunds: 1, refundedFen: 3000 },
      theirs: { refunds: 1, refundedFen: 3000, feeFen: -18 },
    });
    expect(await fetched(days.refunded)).toMatchObject({ state: 'matched', differences: 0 });
  });
});
