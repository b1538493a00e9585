import { type ApiClient, ApiError, createApiClient } from '../../server/demo/api-client';
import { phoneOf } from '../../server/demo/booked-student';
import { DEMO_PASSWORD, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { StudentPhone } from '../../server/demo/student-phone';
import { layTodoScene, type TodoScene } from '../../server/demo/todo-scene';
import type { StudentFile } from '../../shared/contract/office';
import type { LiveBoard } from '../../shared/contract/onsite';
import { verbWords } from '../../shared/domain/audit-words';
import { maskName } from '../../shared/domain/person-name';
import { readSheet } from '../support/report-scene';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(180_000);

let stack: Stack;
let demo: Demo;
let scene: TodoScene;
let support: ApiClient;
let finance: ApiClient;
let auditor: ApiClient;
let office: ApiClient;

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 40);
  scene = await layTodoScene(stack, demo);
  [support, finance] = [await signedIn('support'), await signedIn('finance1')];
  auditor = await signedIn('auditor');
  office = demo.office;
});
afterAll(() => stack?.stop());

async function signedIn(login: string, password = DEMO_PASSWORD): Promise<ApiClient> {
  const client = createApiClient(firstApi(stack));
  await client.signIn(login, password);
  return client;
}

let nonces = 0;
const nonce = () => `office-desk-${++nonces}-0123456789`;
const of = () => ({ params: { id: demo.campaign.id } });
const list = (body: object = {}) =>
  office.call('POST /api/console/campaigns/:id/find-students', { ...of(), body });

async function fileOf({ studentNo }: { studentNo: string }): Promise<StudentFile> {
  const { students } = await list({ q: studentNo });
  return office.call('GET /api/console/students/:id', { params: { id: students[0]?.id ?? '' } });
}

function bookingIn(file: StudentFile): StudentFile['bookings'][number] {
  const [booking] = file.bookings;
  if (!booking) throw new Error(`${file.student.name} has no booking`);
  return booking;
}

/** Support has asked the caller two things, and they fit. */
const identified = ({ student: { studentNo, className } }: StudentFile, by = support) =>
  by.call('POST /api/console/campaigns/:id/identify-caller', { ...of(), body: { studentNo, className } });

const phoneFor = (student: TodoScene['review']): StudentPhone => phoneOf(stack, demo, student);

async function homeOf(student: TodoScene['review']) {
  const phone = phoneFor(student);
  await phone.login();
  return phone.home();
}

describe('the list of students', () => {
  it('counts every standing, filters by it and pages', async () => {
    const { all, counts, total } = await list();
    expect(total).toBe(41);
    expect(all).toBe(41);
    expect(counts).toMatchObject({ unpaid: 1, owed: 1, unmatched: 1, correction: 1, booked: 14 });
    const owed = await list({ standing: 'owed' });
    expect(owed.students.map(({ studentNo }) => studentNo)).toEqual([scene.owed.studentNo]);
    // The counts are those of the other filters: choosing one does not hide the rest.
    expect(owed.counts).toEqual(counts);
    const pages = await Promise.all([1, 2, 3].map((page) => list({ page, size: 20 })));
    const numbers = pages.flatMap(({ students }) => students.map(({ studentNo }) => studentNo));
    expect(numbers).toEqual([...numbers].sort());
    expect(new Set(numbers).size).toBe(41);
  });

  it('finds by part of a name, a number, a major', async () => {
    expect((await list({ q: '欧阳' })).students.map(({ name }) => name)).toEqual(['欧阳明月']);
    expect((await list({ q: '量子' })).total).toBe(1);
    expect((await list({ q: '{"$gt":""}' })).total).toBe(0);
  });

  it('has exactly those whom a row of the progress counts, also where one major is part of another', async () => {
    const { rows } = await office.call('GET /api/console/campaigns/:id/progress', of());
    const counted = rows.filter(({ major }) => major !== null);
    expect(
      counted.some(({ major }) =>
        counted.some((row) => row.major !== major && row.major?.includes(major ?? '')),
      ),
    ).toBe(true);
    for (const { college, major, className, students } of counted) {
      const { total } = await list({
        college,
        ...(major ? { major } : {}),
        ...(className ? { className } : {}),
      });
      expect({ college, major, className, students: total }).toEqual({ college, major, className, students });
    }
  });

  it('leaves the console as a workbook, and the audit log says so', async () => {
    const body = await office.download('POST /api/console/campaigns/:id/find-students/export', {
      ...of(),
      body: { standing: 'booked' },
    });
    expect(body.subarray(0, 2).toString()).toBe('PK');
    const { lines } = await office.call('GET /api/console/audit', { query: { verb: 'export' } });
    expect(lines[0]).toMatchObject({ verb: 'export', facts: { rows: 14, standing: 'booked' } });
  });
});

describe('names', () => {
  it.each([
    ['finance', () => finance],
    ['the auditor', () => auditor],
  ])(
    'are whole for who acts for students, and masked for %s: in lists, files and workbooks',
    async (_, signed) => {
      const reader = signed();
      const { name, studentNo } = scene.unmatched;
      const masked = '欧阳**';
      const forReader = await reader.call('POST /api/console/campaigns/:id/find-students', {
        ...of(),
        body: { q: name },
      });
      expect((await list({ q: name })).students.map((row) => row.name)).toEqual([name]);
      expect(forReader.students.map((row) => row.name)).toEqual([masked]);
      const params = { id: forReader.students[0]?.id ?? '' };
      expect((await reader.call('GET /api/console/students/:id', { params })).student.name).toBe(masked);

      const sheetFor = async (client: ApiClient) =>
        readSheet(
          await client.download('POST /api/console/campaigns/:id/find-students/export', {
            ...of(),
            body: { q: studentNo },
          }),
          '学号',
        );
      expect(await sheetFor(office)).toMatchObject([{ 姓名: name }]);
      expect(await sheetFor(reader)).toMatchObject([{ 姓名: masked }]);

      const owedFor = async (client: ApiClient) =>
        (await client.call('GET /api/console/campaigns/:id/owed', of())).owed.map(
          ({ student }) => student.name,
        );
      expect(await owedFor(office)).toEqual([scene.owed.name]);
      expect(await owedFor(reader)).toEqual([maskName(scene.owed.name)]);
    },
  );

  it('are masked for the auditor in the queue of those without a session', async () => {
    const namesFor = async (client: ApiClient) => {
      const { groups } = await client.call('GET /api/console/campaigns/:id/unmatched', of());
      return groups.flatMap(({ students }) => students.map((student) => student.name));
    };
    expect(await namesFor(office)).toEqual([scene.unmatched.name]);
    expect(await namesFor(auditor)).toEqual([maskName(scene.unmatched.name)]);
  });

  it('are whole in the log only where one was corrected: whoever audits that has to see it', async () => {
    const nobody = demo.students.at(-1) ?? scene.owed;
    const { student } = await fileOf(nobody);
    const after = `${nobody.name}明`;
    await office.call('POST /api/onsite/students/:id/correct', {
      params: { id: student.id },
      body: {
        version: student.version,
        field: 'name',
        value: after,
        channel: 'phone',
        reason: '与户口簿一致',
      },
    });
    const correction = await eventually('the correction is in the log', async () => {
      const query = { studentNo: nobody.studentNo, limit: 500 };
      const { lines } = await auditor.call('GET /api/console/audit', { query });
      return lines.find(({ facts }) => facts.field === 'name') ?? null;
    });
    expect(correction.facts).toMatchObject({ before: nobody.name, after });
    const file = await auditor.call('GET /api/console/students/:id', { params: { id: student.id } });
    expect(file.student.name).toBe(maskName(after));
    expect(file.lines.map(({ verb }) => verb)).toContain(correction.verb);
    expect(JSON.stringify(file.lines)).not.toContain(nobody.name);
  });
});

describe('the audit log', () => {
  it('has everything about one student under the student number, and calls students by it', async () => {
    const { studentNo } = scene.booked[0] ?? scene.owed;
    const kindsIn = (lines: readonly { subject: string }[]) =>
      [...new Set(lines.map(({ subject }) => subject.split(':')[0]))].sort();
    const complete = async () => {
      const log = await office.call('GET /api/console/audit', { query: { studentNo, limit: 500 } });
      return kindsIn(log.lines).length >= 3 ? log : null;
    };
    const { lines, names } = await eventually('the log tells what the records do', complete, {
      everyMs: 500,
    });
    expect(kindsIn(lines)).toEqual(['booking', 'order', 'student']);
    const named = lines.filter(({ subject }) => !subject.startsWith('order:'));
    expect(named.map(({ subject }) => names[subject]?.split(' ')[1])).toEqual(named.map(() => studentNo));
    const nobody = await office.call('GET /api/console/audit', { query: { studentNo: `${studentNo}9` } });
    expect(nobody.lines).toEqual([]);
  });

  it('has one line for an import, and behind it each student that it wrote', async () => {
    const allOf = (query: object) =>
      office.call('GET /api/console/audit', { query: { limit: 500, ...query } }).then(({ lines }) => lines);
    const imported = (lines: readonly { verb: string }[]) =>
      lines.filter(({ verb }) => verb === 'student.import').length;
    await eventually('every student of the roster is in the log', async () =>
      imported(await allOf({ imports: 'each' })) === 41 ? true : null,
    );
    const listed = await allOf({});
    expect(imported(listed)).toBe(0);
    expect(listed.filter(({ verb }) => verb === 'session.create')).toEqual([]);
    const imports = listed.filter(({ verb }) => verb === 'campaign.import-roster').reverse();
    expect(imports.map(({ facts }) => facts.students)).toEqual([40, 41]);
    const written = await Promise.all(imports.map(({ facts }) => allOf({ partOf: facts.wrote })));
    expect(written.map(imported)).toEqual([40, 1]);
    const timetable = listed.find(({ verb }) => verb === 'campaign.import-timetable');
    expect(await allOf({ partOf: timetable?.facts.wrote })).toHaveLength(103);

    const { studentNo } = scene.unmatched;
    expect((await allOf({ studentNo })).map(({ verb }) => verb)).toContain('student.import');
    expect(imported(await allOf({ verb: 'student.import' }))).toBe(41);
    const workbook = await readSheet(
      await auditor.download('GET /api/console/audit/export', { query: {} }),
      '时间',
    );
    const did = (words: string) => workbook.filter((line) => line.做了什么 === words).length;
    expect(did(verbWords('student.import'))).toBe(41);
    expect(did(verbWords('session.create'))).toBe(103);
    await expect(finance.call('GET /api/console/audit', { query: {} })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });
});

describe('what support does for a caller', () => {
  it('moves a booking once, however often the answer is lost, and refuses who saw an older state', async () => {
    const file = await fileOf(scene.booked[0] ?? scene.owed);
    const booking = bookingIn(file);
    await identified(file);
    const { sessions } = await office.call('GET /api/console/campaigns/:id/sessions', of());
    const to = sessions.find(({ id, startsAt }) => id !== booking.session?.id && startsAt > '2022-11-19T05');
    const asked = {
      params: { id: booking.id },
      body: { version: booking.version, nonce: nonce(), sessionId: to?.id ?? '', reason: '实习冲突' },
    };
    const [first, again] = await Promise.all(
      [1, 2].map(() =>
        support.call('POST /api/console/bookings/:id/move', asked).catch((error) => error.code),
      ),
    );
    // Both at once: one moves, the other is the same intention and finds it done, or is told to look again.
    expect([first, again].filter((answer) => answer?.session?.id === to?.id).length).toBeGreaterThan(0);
    const repeated = await support.call('POST /api/console/bookings/:id/move', asked);
    expect(repeated).toMatchObject({
      session: { id: to?.id },
      payment: 'paid',
      version: booking.version + 1,
    });
    await expect(
      office.call('POST /api/console/bookings/:id/move', {
        params: { id: booking.id },
        body: { ...asked.body, nonce: nonce(), sessionId: sessions[0]?.id ?? '' },
      }),
    ).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    const after = await fileOf(scene.booked[0] ?? scene.owed);
    const moves = after.lines.filter(({ verb }) => verb === 'booking.move');
    expect(moves).toHaveLength(1);
    expect(after.names[moves[0]?.actor ?? '']).toBe('客服小杨');
  });

  it('cancels a paid booking and the money goes back', async () => {
    const student = scene.booked[1] ?? scene.owed;
    const file = await fileOf(student);
    const booking = bookingIn(file);
    await identified(file);
    const asked = {
      params: { id: booking.id },
      body: { version: booking.version, nonce: nonce(), reason: '学生来电' },
    };
    expect(await support.call('POST /api/console/bookings/:id/cancel', asked)).toMatchObject({
      place: 'cancelled',
    });
    expect(await support.call('POST /api/console/bookings/:id/cancel', asked)).toMatchObject({
      place: 'cancelled',
    });
    const refunds = await eventually('one refund has arrived', async () => {
      const [order] = bookingIn(await fileOf(student)).orders;
      return order?.refunds[0]?.status === 'arrived' ? order.refunds : null;
    });
    expect(refunds).toMatchObject([{ amountFen: 3000, reason: '学校取消预约' }]);
  });

  it('gives verification attempts back, and the student passes', async () => {
    const file = await fileOf(scene.stuck);
    const [identity] = file.identities;
    expect(identity).toMatchObject({ isBound: false, attemptsLeft: 0 });
    await identified(file);
    await support.call('POST /api/console/identities/:id/reset-attempts', {
      params: { id: identity?.accountId ?? '' },
      body: {
        version: identity?.version ?? 0,
        nonce: nonce(),
        studentId: file.student.id,
        reason: '输错了手机号',
      },
    });
    const phone = phoneFor(scene.stuck);
    await phone.login();
    const { identity: seen } = await phone.home();
    expect(seen?.attemptsLeft).toBe(3);
  });

  it('parts a student from a WeChat user; the booking waits for the right one', async () => {
    const student = scene.booked[2] ?? scene.owed;
    const before = await fileOf(student);
    const { id, version } = before.student;
    await identified(before);
    await support.call('POST /api/console/students/:id/unbind', {
      params: { id },
      body: { version, nonce: nonce(), reason: '被他人误绑' },
    });
    expect((await homeOf(student)).booking).toBeNull();
    const phone = phoneFor({ ...student, person: { ...student.person, openid: 'o-a-new-phone-0001' } });
    await phone.login();
    await phone.consent();
    await phone.verify();
    const { booking } = await phone.home();
    expect(booking).toMatchObject({ id: bookingIn(before).id, payment: 'paid' });
    // It is the new account's own: the code is for it.
    await phone.findAndConfirm();
    await phone.api.call('GET /api/me/bookings/:id/code', { params: { id: booking?.id ?? '' } });
  });
});

describe('the queues', () => {
  it('say how much waits', async () => {
    expect(await office.call('GET /api/console/campaigns/:id/todo', of())).toEqual({
      reviews: 1,
      conflicts: 1,
      corrections: 1,
      owed: 1,
      unmatched: 1,
    });
  });

  it('a document is shown with its photos, every look is written down, and approving finds the student', async () => {
    const { reviews } = await office.call('GET /api/console/campaigns/:id/reviews', of());
    const [review] = reviews;
    if (!review) throw new Error('no review waits');
    expect(review.documentMasked).not.toBe(scene.review.person.idNumber);
    const params = { id: demo.campaign.id, accountId: review.accountId };
    const file = await office.call('POST /api/console/campaigns/:id/reviews/:accountId/open', { params });
    expect(file.documentNumber).toBe(scene.review.person.idNumber);
    expect(file.photos.map(({ side }) => side)).toEqual(['front', 'back']);
    expect(file.candidates).toMatchObject([{ name: scene.review.name, sameDocument: true }]);
    const { lines } = await office.call('GET /api/console/audit', {
      query: { subject: `identity:${review.accountId}` },
    });
    expect(lines.filter(({ verb }) => verb === 'identity.look-photo')).toHaveLength(2);
    expect(lines.filter(({ verb }) => verb === 'identity.look-document')).toHaveLength(1);
    const decide = {
      params,
      body: { decision: 'approve' as const, version: review.version, nonce: nonce() },
    };
    const path = 'POST /api/console/campaigns/:id/reviews/:accountId/decide';
    expect(await office.call(path, decide)).toEqual({ status: 'verified', isBound: true });
    expect(await office.call(path, decide)).toEqual({ status: 'verified', isBound: true });
    await expect(
      support.call(path, { params, body: { ...decide.body, nonce: nonce() } }),
    ).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect((await homeOf(scene.review)).card.kind).toBe('confirm');
    await expect(
      office.call('POST /api/console/campaigns/:id/reviews/:accountId/open', { params }),
    ).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
  });

  it('a contested student goes to the one whom the office believes, with the booking', async () => {
    const { conflicts } = await support.call('GET /api/console/campaigns/:id/conflicts', of());
    const [conflict] = conflicts;
    if (!conflict) throw new Error('no conflict waits');
    expect(conflict).toMatchObject({
      student: { studentNo: scene.contested.studentNo },
      holder: { status: 'verified' },
      claimant: { status: 'verified' },
      booking: { payment: 'paid' },
    });
    const body = { version: conflict.version, reason: '已核对身份证原件' };
    const decide = (client: ApiClient, decision: 'keep' | 'hand_over') =>
      client
        .call('POST /api/console/conflicts/:id/decide', {
          params: { id: conflict.id },
          body: { ...body, nonce: nonce(), decision },
        })
        .then(() => decision)
        .catch((error) => error.code);
    // Two people decide differently at once: one decision stands, and only its consequence.
    const outcomes = await Promise.all([decide(office, 'hand_over'), decide(support, 'keep')]);
    expect(outcomes).toContain('CHANGED_MEANWHILE');
    const isHandedOver = outcomes.includes('hand_over');
    const { booking } = await homeOf(scene.contested);
    expect(booking === null).toBe(isHandedOver);
    const { student } = await fileOf(scene.contested);
    expect(student.binding).not.toBeNull();
  });

  it('the photo that proves a correction is shown to the office and support, and every look is written down', async () => {
    const { corrections } = await office.call('GET /api/console/campaigns/:id/corrections', of());
    expect(corrections.map(({ hasPhoto }) => hasPhoto)).toEqual([true]);
    const params = { id: corrections[0]?.student.id ?? '' };
    const open = (by: ApiClient) => by.call('POST /api/console/students/:id/open-proof', { params });
    const { dataUrl } = await open(support);
    const sent = await stack.sandbox.idPhoto(scene.correction.person.id, 'front');
    expect(dataUrl).toMatch(/^data:image\/(jpeg|png);base64,/);
    expect(
      Buffer.from(dataUrl?.split(',')[1] ?? '', 'base64').equals(Buffer.from(await sent.arrayBuffer())),
    ).toBe(true);
    await open(office);
    const college = await signedIn('college');
    for (const other of [finance, college]) await expect(open(other)).rejects.toMatchObject({ status: 403 });
    const { lines } = await office.call('GET /api/console/audit', {
      query: { subject: `student:${params.id}` },
    });
    expect(lines.filter(({ verb }) => verb === 'student.look-proof')).toHaveLength(2);
    const nobody = { params: { id: (await fileOf(scene.owed)).student.id } };
    await expect(office.call('POST /api/console/students/:id/open-proof', nobody)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('a correction is made exactly as asked, or answered', async () => {
    const { corrections } = await office.call('GET /api/console/campaigns/:id/corrections', of());
    expect(corrections).toMatchObject([
      { field: 'className', proposed: '二班', student: { studentNo: scene.correction.studentNo } },
    ]);
    const [{ student } = { student: { id: '', version: 0 } }] = corrections;
    const accept = {
      params: { id: student.id },
      body: { version: student.version, nonce: nonce(), answer: '已核对学籍系统' },
    };
    await office.call('POST /api/console/students/:id/accept-correction', accept);
    expect(await office.call('POST /api/console/students/:id/accept-correction', accept)).toMatchObject({
      className: '二班',
      correction: { status: 'done', answer: '已核对学籍系统' },
    });
    await expect(
      office.call('POST /api/console/students/:id/open-proof', { params: accept.params }),
    ).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
  });

  it('a proposed document number is stored sealed and shown masked', async () => {
    const phone = phoneFor(scene.correction);
    await phone.login();
    const { id } = await phone.api.call('GET /api/me/enrolment', { query: { campaignId: demo.campaign.id } });
    const proposed = scene.stuck.person.idNumber;
    await phone.api.call('POST /api/me/enrolment/:id/corrections', {
      params: { id },
      body: { field: 'documentNumber', proposed, reason: '名单上错了一位' },
    });
    const { corrections } = await office.call('GET /api/console/campaigns/:id/corrections', of());
    expect(corrections[0]?.proposed).toMatch(/\*{4,}/);
    const [{ student } = { student: { id: '', version: 0 } }] = corrections;
    await office.call('POST /api/console/students/:id/refuse-correction', {
      params: { id: student.id },
      body: { version: student.version, nonce: nonce(), answer: '请带身份证到学籍科' },
    });
    expect((await phone.home()).enrolment?.correction).toMatchObject({
      status: 'refused',
      answer: '请带身份证到学籍科',
    });
  });

  it('an owed amount is waived by two people, not by one', async () => {
    const { owed } = await finance.call('GET /api/console/campaigns/:id/owed', of());
    const [debt] = owed;
    if (!debt) throw new Error('nobody owes');
    const params = { id: debt.bookingId };
    const asked = await office.call('POST /api/console/bookings/:id/waiver', {
      params,
      body: { version: debt.version, nonce: nonce(), reason: '家庭经济困难' },
    });
    const decide = (client: ApiClient) =>
      client.call('POST /api/console/bookings/:id/waiver/decide', {
        params,
        body: { version: asked.version, nonce: nonce(), decision: 'approve' },
      });
    await expect(decide(office)).rejects.toMatchObject({ code: 'TWO_PEOPLE_NEEDED' });
    expect(await decide(finance)).toMatchObject({ payment: 'waived' });
    expect(await finance.call('GET /api/console/campaigns/:id/owed', of())).toEqual({
      owed: [],
      amountFen: 0,
    });
  });

  it('students without a session are placed, and stay so when everybody is matched again', async () => {
    const { groups } = await office.call('GET /api/console/campaigns/:id/unmatched', of());
    expect(groups).toMatchObject([{ major: '量子信息科学', students: [{ name: '欧阳明月' }] }]);
    const { sessions } = await office.call('GET /api/console/campaigns/:id/sessions', of());
    const sessionId = sessions[0]?.id ?? '';
    const studentIds = groups.flatMap(({ students }) => students.map(({ id }) => id));
    const place = (to: string | null) =>
      office.call('POST /api/console/campaigns/:id/place-students', {
        ...of(),
        body: { studentIds, sessionId: to },
      });
    expect(await place(sessionId)).toEqual({ placed: 1 });
    const placed = await fileOf(scene.unmatched);
    expect(placed.student).toMatchObject({ sessionId, placedByOffice: true });
    // Accepting any correction matches all again.
    expect((await list({ standing: 'unmatched' })).total).toBe(0);
    await place(null);
    expect((await list({ standing: 'unmatched' })).total).toBe(1);
  });
});

describe('accounts', () => {
  it('a new person must change the given password before anything else', async () => {
    const { user, password } = await office.call('POST /api/console/users', {
      body: { login: 'tea', name: '茶学院秘书', role: 'college', colleges: ['茶学院'] },
    });
    const tea = await signedIn('tea', password);
    await expect(tea.call('GET /api/console/campaigns')).rejects.toMatchObject({
      code: 'PASSWORD_TO_CHANGE',
    });
    const change = (next: string) =>
      tea.call('POST /api/console/me/password', { body: { current: password, next } });
    await expect(change('short')).rejects.toMatchObject({ code: 'PASSWORD_TOO_WEAK' });
    await expect(change('tea-2022-tea')).rejects.toMatchObject({ code: 'PASSWORD_TOO_WEAK' });
    await change('lan-cang-jiang');
    const again = await signedIn('tea', 'lan-cang-jiang');
    expect(
      (await again.call('POST /api/console/campaigns/:id/find-students', { ...of(), body: {} })).colleges,
    ).toEqual(['茶学院']);
    await expect(
      office.call('POST /api/console/users', {
        body: { login: 'TEA', name: '又一个', role: 'support', colleges: [] },
      }),
    ).rejects.toMatchObject({ code: 'LOGIN_TAKEN' });

    const seen = (await office.call('GET /api/console/users')).users.find(({ id }) => id === user.id);
    const disable = (version: number) =>
      office.call('POST /api/console/users/:id/disable', { params: { id: user.id }, body: { version } });
    await expect(disable(1)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    await disable(seen?.version ?? 0);
    await expect(signedIn('tea', 'lan-cang-jiang')).rejects.toMatchObject({ code: 'WRONG_PASSWORD' });
  });

  it('whoever gets another college is signed out everywhere, and sees the new one', async () => {
    const { user, password } = await office.call('POST /api/console/users', {
      body: { login: 'shuili', name: '水利学院秘书', role: 'college', colleges: ['水利学院'] },
    });
    const first = await signedIn('shuili', password);
    const next = 'nu-jiang-2022';
    await first.call('POST /api/console/me/password', { body: { current: password, next } });
    const sessions = await Promise.all([signedIn('shuili', next), signedIn('shuili', next)]);
    const seesIn = async (client: ApiClient) =>
      (await client.call('POST /api/console/campaigns/:id/find-students', { ...of(), body: {} })).colleges;
    expect(await seesIn(sessions[0])).toEqual(['水利学院']);

    const { users } = await office.call('GET /api/console/users');
    const { version = 0 } = users.find(({ id }) => id === user.id) ?? {};
    await office.call('PUT /api/console/users/:id', {
      params: { id: user.id },
      body: { version, name: user.name, role: 'college', colleges: ['茶学院'] },
    });
    for (const client of sessions) {
      // Instances may know a session for five seconds.
      await eventually('the session has ended', () =>
        client.call('GET /api/console/campaigns').then(
          () => null,
          (error: unknown) => (error instanceof ApiError && error.code === 'NOT_SIGNED_IN' ? true : null),
        ),
      );
    }
    expect(await seesIn(await signedIn('shuili', next))).toEqual(['茶学院']);
  });

  it('nobody disables themselves, and the school keeps an office', async () => {
    const { users } = await office.call('GET /api/console/users');
    const [me, other] = ['office', 'office2'].map((login) => users.find((user) => user.login === login));
    const disable = (user: typeof me) =>
      office.call('POST /api/console/users/:id/disable', {
        params: { id: user?.id ?? '' },
        body: { version: user?.version ?? 0 },
      });
    await expect(disable(me)).rejects.toMatchObject({ code: 'NOT_YOURSELF' });
    await disable(other);
  });

  it('five wrong passwords lock the account, also for the right one, until the office resets it', async () => {
    const attempts = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      attempts.push(await signedIn('auditor', 'wrong').catch((error) => error.code));
    }
    expect(attempts).toEqual([...Array(4).fill('WRONG_PASSWORD'), 'ACCOUNT_LOCKED']);
    await expect(signedIn('auditor')).rejects.toMatchObject({ code: 'ACCOUNT_LOCKED' });
    const { users } = await office.call('GET /api/console/users');
    const auditor = users.find(({ login }) => login === 'auditor');
    const { password } = await office.call('POST /api/console/users/:id/reset-password', {
      params: { id: auditor?.id ?? '' },
      body: { version: auditor?.version ?? 0 },
    });
    await signedIn('auditor', password);
  });

  it('the session cookie is out of reach for scripts and other sites', async () => {
    const response = await fetch(`${firstApi(stack)}/api/console/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'support', password: DEMO_PASSWORD }),
    });
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/httponly/i);
    expect(cookie).toMatch(/samesite=strict/i);
  });
});

describe('the live board', () => {
  it('is sent at once, and again when somebody arrives', async () => {
    await stack.sandbox.setClock(phase('day'));
    const { headers } = await cookieOf('support');
    const abort = new AbortController();
    const response = await fetch(
      `${firstApi(stack)}/api/console/campaigns/${demo.campaign.id}/board/events`,
      {
        headers,
        signal: abort.signal,
      },
    );
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const boards = boardsIn(response);
    const first = (await boards.next()).value;
    expect(first?.rooms).toHaveLength(4);
    const before = arrivedOn(first);
    await letIn(scene.booked[4] ?? scene.owed);
    expect(arrivedOn((await boards.next()).value)).toBe(before + 1);
    abort.abort();
  });
});

async function letIn({ studentNo }: { studentNo: string }): Promise<void> {
  const { code } = await office.call('POST /api/console/campaigns/:id/devices', {
    ...of(),
    body: { label: '二号机', rooms: [] },
  });
  const staff = createApiClient(firstApi(stack));
  staff.carryToken((await staff.call('POST /api/staff/enrol', { body: { code, label: '二号机' } })).token);
  const { student, bookings } = await fileOf({ studentNo });
  const verdict = await staff.call('POST /api/onsite/redeem', {
    body: {
      nonce: nonce(),
      room: bookings[0]?.session?.room ?? '',
      scannedAt: phase('day').toISOString(),
      by: { kind: 'student', studentId: student.id },
      originalSeen: true,
      admitAnyway: true,
    },
  });
  expect(verdict.admitted).toBe(true);
}

const arrivedOn = (board: LiveBoard | undefined): number =>
  (board?.rooms ?? []).flatMap(({ sessions }) => sessions).reduce((sum, { arrived }) => sum + arrived, 0);

async function cookieOf(login: string): Promise<{ headers: { cookie: string } }> {
  const response = await fetch(`${firstApi(stack)}/api/console/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: DEMO_PASSWORD }),
  });
  const [cookie = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return { headers: { cookie } };
}

async function* boardsIn(response: Response): AsyncGenerator<LiveBoard> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) if (event.startsWith('data: ')) yield JSON.parse(event.slice(6));
  }
}

describe('a caller', () => {
  type Facts = Parameters<typeof identify>[0];
  const identify = (
    facts: Partial<Record<'studentNo' | 'className' | 'documentEnd' | 'orderNo', string>>,
    by = support,
  ) => by.call('POST /api/console/campaigns/:id/identify-caller', { ...of(), body: facts });
  const open = (id: string, by = support) => by.call('GET /api/console/students/:id', { params: { id } });
  const callerAt = async (index: number) => {
    const student = scene.booked[index];
    if (!student) throw new Error('nobody has booked');
    return { student, file: await fileOf(student) };
  };

  it('is a stranger to support until two things fit one student, and every try is written down', async () => {
    const { student, file } = await callerAt(3);
    await expect(open(file.student.id)).rejects.toMatchObject({ code: 'CALLER_UNKNOWN' });
    await expect(identify({ studentNo: student.studentNo })).rejects.toMatchObject({
      code: 'CALLER_FACTS_MISSING',
    });
    const wrong: Facts = { studentNo: student.studentNo, documentEnd: '0000' };
    await expect(identify(wrong)).rejects.toMatchObject({ code: 'CALLER_NOT_IDENTIFIED' });
    await expect(open(file.student.id)).rejects.toMatchObject({ code: 'CALLER_UNKNOWN' });

    const documentEnd = student.person.idNumber.slice(-4).toLowerCase();
    const { studentId } = await identify({ studentNo: student.studentNo, documentEnd });
    expect(studentId).toBe(file.student.id);
    expect((await open(studentId)).student.name).toBe(student.name);
    const { lines } = await office.call('GET /api/console/audit', { query: { limit: 20 } });
    expect(lines.map(({ verb }) => verb)).toEqual(
      expect.arrayContaining(['student.identify-caller', 'campaign.caller-not-identified']),
    );
    expect(JSON.stringify(lines)).not.toContain(documentEnd.toUpperCase());
  });

  it('may be known by any two of the four', async () => {
    const { student, file } = await callerAt(4);
    const facts = {
      studentNo: student.studentNo,
      className: ` ${file.student.className} 班`,
      documentEnd: student.person.idNumber.slice(-4),
      orderNo: file.bookings[0]?.orders[0]?.orderNo ?? '',
    };
    const pairs: Facts[] = [
      { studentNo: facts.studentNo, className: facts.className },
      { studentNo: facts.studentNo, orderNo: facts.orderNo.slice(-6) },
      { className: facts.className, documentEnd: facts.documentEnd },
      { className: facts.className, orderNo: facts.orderNo.slice(-6) },
      { documentEnd: facts.documentEnd, orderNo: facts.orderNo },
    ];
    for (const pair of pairs) expect((await identify(pair)).studentId).toBe(file.student.id);
  });

  it('is unknown again after half an hour, and to other people in support at any time', async () => {
    const { student, file } = await callerAt(3);
    await expect(open(file.student.id, await another())).rejects.toMatchObject({ code: 'CALLER_UNKNOWN' });
    await stack.sandbox.advance(31 * 60_000);
    await expect(open(file.student.id)).rejects.toMatchObject({ code: 'CALLER_UNKNOWN' });
    await identify({ studentNo: student.studentNo, className: file.student.className });
    await open(file.student.id);
  });

  it('is who support acts for: every write on a word by phone is refused before, after half an hour, and in a new sign-in', async () => {
    const { file } = await callerAt(5);
    const { id, version } = file.student;
    const booking = bookingIn(file);
    const stale = { version: -1, nonce: nonce(), reason: '学生来电' };
    const writes = (by: ApiClient) => [
      by.call('POST /api/console/bookings/:id/move', {
        params: { id: booking.id },
        body: { ...stale, sessionId: booking.session?.id ?? '' },
      }),
      by.call('POST /api/console/bookings/:id/cancel', { params: { id: booking.id }, body: stale }),
      by.call('POST /api/console/students/:id/unbind', { params: { id }, body: stale }),
      by.call('POST /api/console/identities/:id/reset-attempts', {
        params: { id: file.identities[0]?.accountId ?? '' },
        body: { ...stale, studentId: id },
      }),
      by.call('POST /api/onsite/students/:id/correct', {
        params: { id },
        body: { version: -1, field: 'className', value: '甲班', reason: '学生来电', channel: 'phone' },
      }),
    ];
    const codes = async (by: ApiClient) =>
      (await Promise.all(writes(by).map((write) => write.catch((error) => error.code)))).map(String);
    const unknown = Array.from({ length: 5 }, () => 'CALLER_UNKNOWN');

    const one = await signedIn('support');
    expect(await codes(one)).toEqual(unknown);
    await identified(file, one);
    expect(await codes(one)).not.toContain('CALLER_UNKNOWN');
    const corrected = await one.call('POST /api/onsite/students/:id/correct', {
      params: { id },
      body: { version, field: 'className', value: '甲班', reason: '学生来电', channel: 'phone' },
    });
    expect(corrected.version).toBe(version + 1);
    // The office answers for itself.
    expect(await codes(office)).not.toContain('CALLER_UNKNOWN');

    await stack.sandbox.advance(60_000);
    expect(await codes(await signedIn('support'))).toEqual(unknown);
    await stack.sandbox.advance(30 * 60_000);
    expect(await codes(one)).toEqual(unknown);
  });

  it('cannot be looked for in a list by support', async () => {
    await expect(
      support.call('POST /api/console/campaigns/:id/find-students', { ...of(), body: {} }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  /** Somebody else in support, with a password of their own. */
  async function another(): Promise<ApiClient> {
    const { password } = await office.call('POST /api/console/users', {
      body: { login: 'support2', name: '客服小何', role: 'support', colleges: [] },
    });
    const client = await signedIn('support2', password);
    await client.call('POST /api/console/me/password', {
      body: { current: password, next: 'jin-sha-jiang-9' },
    });
    return signedIn('support2', 'jin-sha-jiang-9');
  }
});
