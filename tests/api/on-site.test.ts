import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { brokenRules } from '../support/race';
import { bookedStudent, nonce, staffPhone, studentPhone } from '../support/site';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(60_000);

let stack: Stack;
let demo: Demo;
let desk: ApiClient;
/** Has a paid place and a code. */
let booked: Awaited<ReturnType<typeof bookedStudent>>;

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 14);
  await stack.sandbox.setClock(phase('open'));
  booked = await bookedStudent(stack, demo, 12);
  await stack.sandbox.setClock(phase('day'));
  desk = await staffPhone(stack, demo);
});
afterAll(() => stack?.stop());

const ROOM = 'C区202';
const OTHER_ROOM = 'C区203';

async function studentIdOf(index: number): Promise<string> {
  const { people } = await desk.call('POST /api/onsite/search', {
    body: { q: demo.students[index]?.studentNo ?? '' },
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

describe('a scan', () => {
  const ownRoom = () => booked.session.room;
  const redeem = async (
    text: string,
    changes: { room?: string; admitAnyway?: boolean; nonce?: string } = {},
  ) =>
    desk.call('POST /api/onsite/redeem', {
      body: {
        nonce: nonce(),
        room: ownRoom(),
        scannedAt: (await stack.sandbox.now()).toISOString(),
        by: { kind: 'code', text },
        ...changes,
      },
    });

  it.each([
    ['a payment code', () => '134567890123456789', 'payment_code'],
    ['a CHSI collection code', () => 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4==', 'collection_code'],
    ['a link', () => 'https://example.edu.cn/', 'other_code'],
    [
      'a code with a changed letter',
      () => booked.code.replace(/.(?=.{40}$)/, (letter) => (letter === 'A' ? 'B' : 'A')),
      'forged',
    ],
    ['a student number that nobody has', () => '20990000001', 'unknown'],
    ['a document number that nobody has', () => '11010519491231002X', 'unknown'],
  ])('names %s and says what to do', async (_, text, reason) => {
    const verdict = await redeem(text());
    expect(verdict).toMatchObject({ reason, admitted: false, person: null });
    expect(verdict.say.length).toBeGreaterThan(8);
  });

  it('tells whose code it is when it has expired', async () => {
    const { rotating } = await booked.phone.api.call('GET /api/me/bookings/:id/code', {
      params: { id: booked.bookingId },
    });
    await stack.sandbox.advance(95_000);
    expect(await redeem(rotating)).toMatchObject({
      reason: 'expired_code',
      admitted: false,
      person: { bookingId: booked.bookingId },
    });
  });

  it('sends to the own room, or lets in after one tap; then says when and where', async () => {
    const other = demo.campaign.rooms.find((room) => room !== ownRoom()) ?? '';
    const isLate = Date.parse(booked.session.endsAt) <= (await stack.sandbox.now()).getTime();
    const first = await redeem(booked.code, { room: other });
    expect(first).toMatchObject({ admitted: false, tone: 'amber' });
    expect(isLate ? ['late_same_day'] : ['wrong_room', 'early']).toContain(first.reason);
    const key = nonce();
    const admitted = await redeem(booked.code, { admitAnyway: true, nonce: key });
    expect(admitted).toMatchObject({ admitted: true, tone: 'green' });
    expect(await redeem(booked.code, { admitAnyway: true, nonce: key })).toEqual(admitted);
    expect(await redeem(booked.code)).toMatchObject({
      reason: 'already_arrived',
      admitted: false,
      arrival: { room: ownRoom(), shotNumber: admitted.arrival?.shotNumber },
    });
  });

  it('is judged by the service’s clock, whatever the phone’s says', async () => {
    await desk.call('POST /api/onsite/bookings/:id/undo', {
      params: { id: booked.bookingId },
      body: { nonce: nonce(), step: 'arrival' },
    });
    const verdict = await desk.call('POST /api/onsite/redeem', {
      body: {
        nonce: nonce(),
        room: ownRoom(),
        scannedAt: '2019-01-01T00:00:00.000Z',
        by: { kind: 'code', text: booked.code },
        admitAnyway: true,
      },
    });
    expect(verdict.admitted).toBe(true);
    const ago = (await stack.sandbox.now()).getTime() - Date.parse(verdict.arrival?.at ?? '');
    expect(Math.abs(ago)).toBeLessThan(60_000);
  });

  it('shows the student how many wait before him', async () => {
    const { queue } = await booked.phone.home();
    expect(queue).toEqual({ room: ownRoom(), ahead: expect.any(Number), minutes: expect.any(Number) });
  });
});

describe('the desk', () => {
  it('shows the 采集码 of who waits for the camera, and writes the look down', async () => {
    const params = { id: booked.bookingId };
    const ask = () => desk.call('GET /api/onsite/bookings/:id/collection-code', { params });
    await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const { enrolment } = await booked.phone.home();
    const text = 'CJM:9f3c1e77b2d84f6f:2023:demo';
    await booked.phone.api.call('PUT /api/me/enrolment/:id/collection-code', {
      params: { id: enrolment?.id ?? '' },
      body: { text },
    });
    const { room } = booked.session;
    const { waiting } = await desk.call('GET /api/onsite/queue', { query: { room } });
    expect(waiting).toContainEqual(
      expect.objectContaining({ bookingId: params.id, hasCollectionCode: true }),
    );
    expect(await ask()).toEqual({ text });
    const { lines } = await demo.office.call('GET /api/console/audit', {
      query: { verb: 'student.look-code' },
    });
    expect(lines).toHaveLength(1);
  });

  it('shows no 采集码 before the student is there', async () => {
    const { id } = await walkIn(11, 'by_phone');
    const params = { id };
    await expect(desk.call('GET /api/onsite/bookings/:id/collection-code', { params })).rejects.toMatchObject(
      { code: 'SHOT_NOT_ARRIVED' },
    );
  });

  it('lists who was sent away in its room today, by masked name', async () => {
    const { scans } = await desk.call('GET /api/onsite/failed-scans', {
      query: { room: booked.session.room },
    });
    expect(scans.map(({ at }) => at)).toEqual(
      scans
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    expect(scans).toContainEqual(expect.objectContaining({ name: null, device: '一号机', tone: 'red' }));
    const named = scans.filter(({ name }) => name !== null);
    expect(named.length).toBeGreaterThan(0);
    for (const { name } of named) expect(name).toMatch(/^.[*]+$/);
    expect(await desk.call('GET /api/onsite/failed-scans', { query: { room: '没有这间' } })).toEqual({
      scans: [],
    });
  });

  it('sees the pace of every room', async () => {
    const { rows, rooms } = await desk.call('GET /api/onsite/board', { query: {} });
    expect(new Set(rooms.map(({ room }) => room))).toEqual(new Set(rows.map(({ room }) => room)));
    for (const { dueByNow } of rooms) expect(dueByNow).toBeGreaterThanOrEqual(0);
  });
});

describe('a staff phone', () => {
  it('is scoped to its rooms', async () => {
    const phone = await staffPhone(stack, demo, { rooms: ['C区207'] });
    await expect(
      phone.call('POST /api/onsite/redeem', {
        body: {
          nonce: nonce(),
          room: ROOM,
          scannedAt: (await stack.sandbox.now()).toISOString(),
          by: { kind: 'code', text: booked.code },
        },
      }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    const walkInAt = (room: string) =>
      phone.call('POST /api/onsite/walk-ins', {
        body: { nonce: nonce(), room, studentId: '0'.repeat(24), evidence: 'id_card', payment: 'owed' },
      });
    await expect(walkInAt(ROOM)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(walkInAt('C区207')).rejects.toMatchObject({ code: 'NOT_ON_ROSTER' });
  });

  it('is stopped by the office within the five seconds of the cache, and its code works once', async () => {
    const { code, device, expiresAt } = await demo.office.call('POST /api/console/campaigns/:id/devices', {
      params: { id: demo.campaign.id },
      body: { label: '丢了的手机', rooms: [] },
    });
    const phone = createApiClient(firstApi(stack));
    const enrol = () => phone.call('POST /api/staff/enrol', { body: { code } });
    expect(device.codeExpiresAt).toBe(expiresAt);
    const enrolled = await enrol();
    expect(enrolled.device).toMatchObject({ id: device.id, label: '丢了的手机', codeExpiresAt: null });
    phone.carryToken(enrolled.token);
    await expect(enrol()).rejects.toMatchObject({ code: 'DEVICE_CODE_INVALID' });
    await phone.call('GET /api/staff/me');
    await demo.office.call('POST /api/console/devices/:id/revoke', { params: { id: device.id } });
    await eventually('the phone is refused', () =>
      phone.call('GET /api/onsite/board', { query: {} }).then(
        () => null,
        (error: unknown) => error,
      ),
    );
    await expect(phone.call('GET /api/staff/me')).rejects.toMatchObject({ status: 401 });
  });
});

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
    expect(admitted).toMatchObject({ admitted: true, arrival: { shotNumber: expect.any(Number) } });
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

it('goes on with an unpaid walk-in instead of refusing it: owed after all, and then not twice', async () => {
  const { id, studentId } = await walkIn(8, 'by_phone');
  const again = await walkIn(8, 'owed');
  expect(again).toMatchObject({ id, verdict: { admitted: true } });
  await expect(
    desk.call('POST /api/onsite/walk-ins', {
      body: { nonce: nonce(), room: ROOM, studentId, evidence: 'id_card', payment: 'owed' },
    }),
  ).rejects.toMatchObject({ code: 'ALREADY_BOOKED' });
});

it('takes a walk-in made by mistake away as a whole', async () => {
  const { id } = await walkIn(9, 'owed');
  const undone = await desk.call('POST /api/onsite/bookings/:id/undo', {
    params: { id },
    body: { nonce: nonce(), step: 'arrival' },
  });
  expect(undone).toMatchObject({ place: 'cancelled', attendance: 'expected', arrival: null });
  expect((await walkIn(9, 'owed')).id).not.toBe(id);
});

describe('somebody who is on no roster', () => {
  const facts = {
    name: '阿依古丽·买买提',
    studentNo: '2019399999',
    documentNumber: '',
    college: '农学院',
    major: '农学',
    className: '农学 2019-1 班',
    training: 'undergraduate' as const,
  };

  it('is put on it once, however often it is asked, and booked like the others', async () => {
    const added = await desk.call('POST /api/onsite/students', { body: facts });
    expect(added).toMatchObject({ name: facts.name, bookingId: null });
    const again = await desk.call('POST /api/onsite/students', { body: facts });
    expect(again.studentId).toBe(added.studentId);
    const verdict = await desk.call('POST /api/onsite/walk-ins', {
      body: {
        nonce: nonce(),
        room: ROOM,
        studentId: added.studentId,
        evidence: 'student_card_and_counsellor',
        payment: 'owed',
      },
    });
    expect(verdict.admitted).toBe(true);
  });

  it('does not get another student’s number or document', async () => {
    const [other] = demo.students;
    if (!other) throw new Error('the demo has no student');
    const add = (changes: Partial<typeof facts>) =>
      desk.call('POST /api/onsite/students', { body: { ...facts, ...changes } });
    await expect(add({ studentNo: other.studentNo })).rejects.toMatchObject({ code: 'STUDENT_KNOWN' });
    await expect(
      add({ studentNo: '2019388888', documentNumber: other.person.idNumber }),
    ).rejects.toMatchObject({ code: 'STUDENT_KNOWN' });
    await expect(add({ studentNo: '2019388888', documentNumber: '53010219990101001' })).rejects.toMatchObject(
      { code: 'DOCUMENT_INVALID' },
    );
  });
});

describe('the camera desk', () => {
  const shoot = (id: string) =>
    desk.call('POST /api/onsite/bookings/:id/shot', { params: { id }, body: { nonce: nonce() } });
  const queue = (room: string) => desk.call('GET /api/onsite/queue', { query: { room } });

  it('sends who is not there to the end, once, though two desks press it', async () => {
    const other = await staffPhone(stack, demo, { label: '二号机' });
    const { id, verdict } = await walkIn(10, 'owed');
    const shotNumber = verdict.arrival?.shotNumber ?? 0;
    const skipped = await Promise.all(
      [desk, other].map((phone) =>
        phone.call('POST /api/onsite/bookings/:id/skip', {
          params: { id },
          body: { nonce: nonce(), shotNumber },
        }),
      ),
    );
    for (const { arrival } of skipped) expect(arrival?.shotNumber).toBe(shotNumber + 1);
    const { waiting } = await queue(ROOM);
    expect(waiting.at(-1)).toMatchObject({ bookingId: id, shotNumber: shotNumber + 1 });
    expect(waiting.some((person) => person.shotNumber === shotNumber)).toBe(false);
  });

  it('gives a new number with the reason: in this room to who waits elsewhere, in the same room to who was shot', async () => {
    const elsewhere = await staffPhone(stack, demo, { label: '三号机', rooms: [OTHER_ROOM] });
    const { id, verdict } = await walkIn(13, 'owed');
    const shotNumber = verdict.arrival?.shotNumber ?? 0;
    const renumber = (phone: typeof desk, room: string, old: number) =>
      phone.call('POST /api/onsite/bookings/:id/renumber', {
        params: { id },
        body: { nonce: nonce(), room, shotNumber: old, reason: '换到这间教室拍' },
      });
    await expect(renumber(elsewhere, ROOM, shotNumber)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });

    const { arrival } = await renumber(elsewhere, OTHER_ROOM, shotNumber);
    expect(arrival?.room).toBe(OTHER_ROOM);
    expect((await queue(OTHER_ROOM)).waiting.at(-1)).toMatchObject({
      bookingId: id,
      shotNumber: arrival?.shotNumber,
    });
    expect((await queue(ROOM)).waiting.some(({ bookingId }) => bookingId === id)).toBe(false);

    await shoot(id);
    const after = await renumber(desk, ROOM, arrival?.shotNumber ?? 0);
    expect(after).toMatchObject({
      attendance: 'shot',
      arrival: { room: OTHER_ROOM, shotNumber: (arrival?.shotNumber ?? 0) + 1 },
    });
    // Asked with the number that is void: what another desk has made of it is the answer.
    expect((await renumber(desk, ROOM, arrival?.shotNumber ?? 0)).arrival).toEqual(after.arrival);
    expect(await brokenRules(stack)).toEqual([]);
  });

  it('takes a portrait again under the same number', async () => {
    const { waiting } = await queue(ROOM);
    const [next] = waiting;
    if (!next) throw new Error('nobody waits');
    await shoot(next.bookingId);
    const again = { params: { id: next.bookingId }, body: { nonce: nonce(), reason: '闭眼' } };
    await desk.call('POST /api/onsite/bookings/:id/reshoot', again);
    expect((await queue(ROOM)).waiting[0]).toMatchObject({ shotNumber: next.shotNumber });
    await shoot(next.bookingId);
    expect(await desk.call('POST /api/onsite/bookings/:id/reshoot', again)).toMatchObject({
      attendance: 'shot',
    });
  });
});

describe('the photographer’s list', () => {
  const params = () => ({ id: demo.campaign.id });

  it('has every number of the room in order, the void ones too, in the columns asked for', async () => {
    const csv = await demo.office.download('GET /api/console/campaigns/:id/shot-list.csv', {
      params: params(),
      query: { room: ROOM, columns: 'shotNumber,state,studentNo,file' },
    });
    const [heading = '', ...lines] = csv.toString('utf8').split('\r\n');
    expect(heading).toBe('\ufeff拍摄序号,状态,学号,照片文件名');
    const numbers = lines.map((line) => Number(line.split(',')[0]));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(lines.some((line) => line.includes('作废'))).toBe(true);
    expect(lines.some((line) => /^\d+,已拍,(\d+),\1_.+\.jpg$/.test(line))).toBe(true);
    const { lines: log } = await demo.office.call('GET /api/console/audit', {
      query: { subject: `campaign:${demo.campaign.id}`, verb: 'export' },
    });
    expect(log).toMatchObject([{ facts: { list: '拍摄名单', rows: lines.length, room: ROOM } }]);
  });

  it('opens as a workbook, and refuses a template that would name two portraits alike', async () => {
    const file = await demo.office.download('GET /api/console/campaigns/:id/shot-list.xlsx', {
      params: params(),
      query: {},
    });
    expect(file.subarray(0, 2).toString()).toBe('PK');
    await expect(
      demo.office.call('POST /api/console/campaigns/:id/portrait-files', {
        params: params(),
        body: { template: '{姓名}', files: [] },
      }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST', details: { fields: { template: expect.any(String) } } });
  });

  it('says whose portrait did not come back', async () => {
    const ask = (files: string[]) =>
      demo.office.call('POST /api/console/campaigns/:id/portrait-files', {
        params: params(),
        body: { files },
      });
    const none = await ask(['陌生人.jpg']);
    expect(none).toMatchObject({ matched: 0, extra: ['陌生人.jpg'] });
    const [first] = none.missing;
    if (!first) throw new Error('nobody was photographed');
    const some = await ask([`照片/${first.studentNo}_${first.name}.jpg`]);
    expect(some).toMatchObject({ matched: 1, extra: [] });
    expect(some.missing).toHaveLength(none.missing.length - 1);
  });
});

describe('a correction', () => {
  async function personAt(index: number) {
    const { people } = await desk.call('POST /api/onsite/search', {
      body: { q: demo.students[index]?.studentNo ?? '' },
    });
    const [person] = people;
    if (!person) throw new Error(`no student ${index}`);
    return person;
  }
  type Change = {
    field: 'name' | 'documentNumber' | 'studentNo' | 'major' | 'graduationType';
    value: string;
    confirmed?: boolean;
    version?: number;
  };
  const correct = ({ studentId, version }: { studentId: string; version: number }, change: Change) =>
    desk.call('POST /api/onsite/students/:id/correct', {
      params: { id: studentId },
      body: { version, reason: '录入错误', channel: 'phone', ...change },
    });

  /** Projected into the audit log soon after. */
  const audited = (atLeast = 1) =>
    eventually('the correction in the audit log', async () => {
      const { lines } = await demo.office.call('GET /api/console/audit', {
        query: { verb: 'student.correct' },
      });
      return lines.length >= atLeast ? lines : null;
    });

  it('leaves before, after, reason and channel behind', async () => {
    const person = await personAt(11);
    const corrected = await correct(person, { field: 'name', value: '王一诺' });
    expect(corrected.person.name).toBe('王一诺');
    const [line] = await audited();
    expect(line?.facts).toMatchObject({
      before: person.name,
      after: '王一诺',
      reason: '录入错误',
      channel: 'phone',
    });
    await expect(correct(person, { field: 'name', value: '王二' })).rejects.toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
  });

  it('asks a second time for a document number, and keeps it out of the audit', async () => {
    const person = await personAt(11);
    const value = '11010519491231002X';
    await expect(correct(person, { field: 'documentNumber', value })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const { person: corrected } = await correct(person, { field: 'documentNumber', value, confirmed: true });
    expect(corrected.documentMasked).not.toBe(person.documentMasked);
    expect(JSON.stringify(await audited(2))).not.toContain(value);
  });

  it('writes a student number as every other is written, or says what is wrong with it', async () => {
    const person = await personAt(11);
    await expect(correct(person, { field: 'studentNo', value: '二〇一九' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      details: { fields: { value: '学号只能包含字母、数字和 - _ . /' } },
    });
    const { person: corrected } = await correct(person, { field: 'studentNo', value: '２０１９ ａ001' });
    expect(corrected.studentNo).toBe('2019A001');
    await correct(corrected, { field: 'studentNo', value: person.studentNo });
  });

  it('says who graduates early, in the words of the roster', async () => {
    const person = await personAt(11);
    await expect(correct(person, { field: 'graduationType', value: '明年' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      details: { fields: { value: '请填写应届或提前毕业' } },
    });
    const { person: early } = await correct(person, { field: 'graduationType', value: '提前毕业' });
    expect(early.graduationType).toBe('early');
    const { person: regular } = await correct(early, { field: 'graduationType', value: '应届毕业' });
    expect(regular.graduationType).toBe('regular');
  });

  it('of the major gives the session of the new group', async () => {
    const person = await personAt(11);
    const sessionOf = async () => {
      const { student } = await demo.office.call('GET /api/console/students/:id', {
        params: { id: person.studentId },
      });
      return student.sessionId;
    };
    const before = await sessionOf();
    const other = demo.students.find(
      ({ major, training }) => training === person.training && major !== person.major,
    );
    const { person: corrected } = await correct(person, { field: 'major', value: other?.major ?? '' });
    expect(await sessionOf()).not.toBe(before);
    await correct(corrected, { field: 'major', value: person.major });
    expect(await sessionOf()).toBe(before);
  });

  it('is refused after the shot', async () => {
    const { id } = await walkIn(11, 'owed');
    await desk.call('POST /api/onsite/bookings/:id/shot', { params: { id }, body: { nonce: nonce() } });
    await expect(correct(await personAt(11), { field: 'name', value: '王三' })).rejects.toMatchObject({
      code: 'CORRECTION_AFTER_SHOT',
    });
  });
});
