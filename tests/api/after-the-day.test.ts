import { createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD, type Demo, firstApi, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { openTable } from '../../server/platform/tables/open-table';
import type { PHOTO_LISTS } from '../../shared/contract/notifications';
import { maskName } from '../../shared/domain/person-name';
import { type AfterScene, checkPhoto, layAfterScene } from '../support/after-scene';
import { nonce } from '../support/site';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(120_000);

let stack: Stack;
let demo: Demo;
let scene: AfterScene;

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 5);
  scene = await layAfterScene(stack, demo);
});
afterAll(() => stack?.stop());

const campaign = () => ({ params: { id: demo.campaign.id } });
const photos = (show: (typeof PHOTO_LISTS)[number]) =>
  demo.office.call('GET /api/console/campaigns/:id/photo-checks', { ...campaign(), query: { show } });
const messages = (query: object) =>
  demo.office.call('GET /api/console/campaigns/:id/messages', { ...campaign(), query });

describe('the office after the day', () => {
  it('finds the messages of one student by number, and those that did not go out by why', async () => {
    const booked = await eventually('the message has gone out', async () => {
      const { messages: found } = await messages({ studentNo: scene.right.studentNo, kind: 'booked' });
      return found.some(({ state }) => state === 'sent') ? found : null;
    });
    expect(booked).toMatchObject([{ student: { name: scene.right.name }, state: 'sent' }]);
    const unsent = await eventually('nobody else had subscribed', async () => {
      const { messages: found } = await messages({ kind: 'booked', whyNot: 'no_accept' });
      return found.length === 2 ? found : null;
    });
    expect(unsent.map(({ student }) => student?.name).sort()).toEqual(
      [scene.wrong.name, scene.silent.name].sort(),
    );
    expect((await messages({ studentNo: '0000000000' })).messages).toEqual([]);
  });

  it('takes the filtered messages away as a workbook, which the audit log remembers', async () => {
    const file = await demo.office.download('GET /api/console/campaigns/:id/messages/export', {
      ...campaign(),
      query: { kind: 'booked', state: 'sent' },
    });
    expect(await textOf(file)).toMatch(new RegExp(`${scene.right.studentNo}.*预约成功.*已送达微信`));
    const { lines } = await demo.office.call('GET /api/console/audit', { query: { verb: 'export' } });
    expect(lines[0]?.facts).toEqual({ list: 'messages', kind: 'booked', state: 'sent' });
  });

  it('has a list of wrong and of unchecked portraits, also as a workbook', async () => {
    const wrong = await photos('wrong');
    expect(wrong.counts).toEqual({ wrong: 1, unchecked: 1, handled: 0, right: 1 });
    expect(wrong.lines).toMatchObject([{ name: scene.wrong.name, note: '不是本人的照片', handled: null }]);
    expect((await photos('unchecked')).lines).toMatchObject([{ name: scene.silent.name, result: null }]);
    const file = await demo.office.download('GET /api/console/campaigns/:id/photo-checks/export', {
      ...campaign(),
      query: { show: 'wrong' },
    });
    expect(await textOf(file)).toMatch(new RegExp(`${scene.wrong.studentNo}.*不是本人的照片`));
  });

  it('marks one as handled: once though asked twice, refused on what has changed, and undone by a new answer', async () => {
    const [line] = (await photos('wrong')).lines;
    if (!line) throw new Error('nothing is wrong');
    const handle = (change: object = {}) =>
      demo.office.call('POST /api/console/bookings/:id/photo-check/handle', {
        params: { id: line.bookingId },
        body: { version: line.version, nonce: nonce(), note: '已联系摄影方更换', ...change },
      });
    const once = nonce();
    await Promise.all([handle({ nonce: once }), handle({ nonce: once })]).catch(() => undefined);
    await handle({ nonce: once });
    await expect(handle()).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    const handled = await photos('handled');
    expect(handled.counts).toEqual({ wrong: 0, unchecked: 1, handled: 1, right: 1 });
    expect(handled.lines).toMatchObject([{ handled: { by: '教务处李老师', note: '已联系摄影方更换' } }]);

    await checkPhoto(scene.wrong, 'wrong', '换了还是不对');
    expect((await photos('wrong')).lines).toMatchObject([{ note: '换了还是不对', handled: null }]);
    await checkPhoto(scene.wrong, 'right');
    const { version } =
      (await photos('right')).lines.find(({ bookingId }) => bookingId === line.bookingId) ?? {};
    await expect(handle({ version })).rejects.toMatchObject({ code: 'PHOTO_CHECK_SETTLED' });
  });

  it('shows the lists to the auditor, who changes nothing and reads no whole name', async () => {
    const auditor = createApiClient(firstApi(stack));
    await auditor.signIn('auditor', DEMO_PASSWORD);
    const { lines } = await auditor.call('GET /api/console/campaigns/:id/photo-checks', {
      ...campaign(),
      query: { show: 'unchecked' },
    });
    const [line] = lines;
    expect(line?.name).toBe(maskName(scene.silent.name));
    const { messages: sent } = await auditor.call('GET /api/console/campaigns/:id/messages', {
      ...campaign(),
      query: { kind: 'booked', studentNo: scene.right.studentNo },
    });
    expect(sent).toMatchObject([{ student: { name: maskName(scene.right.name) } }]);
    for (const [key, query] of [
      ['GET /api/console/campaigns/:id/photo-checks/export', { show: 'unchecked' as const }],
      ['GET /api/console/campaigns/:id/messages/export', {}],
      ['GET /api/console/campaigns/:id/shot-list.xlsx', {}],
    ] as const) {
      const text = await textOf(await auditor.download(key, { ...campaign(), query }));
      expect(text).toContain(maskName(scene.silent.name));
      expect(text).not.toContain(scene.silent.name);
    }
    await expect(
      auditor.call('POST /api/console/bookings/:id/photo-check/handle', {
        params: { id: line?.bookingId ?? '' },
        body: { version: line?.version ?? 0, nonce: nonce(), note: '已电话通知本人' },
      }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

describe('making a portrait up', () => {
  const list = (show: 'missing' | 'handed_in' = 'missing') =>
    demo.office.call('GET /api/console/campaigns/:id/make-up-students', { ...campaign(), query: { show } });

  it('says to everybody whether the place is open now, by the demo clock and the holidays', async () => {
    const anyone = createApiClient(firstApi(stack));
    const { status } = await anyone.call('GET /api/campaigns/:id/make-up', campaign());
    // 29 December 2022 is a Thursday, and New Year's break begins on the 31st.
    expect(status).toMatchObject({ isOpen: true, opensAt: null });
    expect(new Date(status?.closesAt ?? 0)).toEqual(new Date('2022-12-29T12:00:00+08:00'));
    expect(status?.days.slice(0, 5)).toEqual([
      { day: '2022-12-29', closedBecause: null },
      { day: '2022-12-30', closedBecause: null },
      { day: '2022-12-31', closedBecause: 'holiday' },
      { day: '2023-01-01', closedBecause: 'holiday' },
      { day: '2023-01-02', closedBecause: 'holiday' },
    ]);
  });

  it('lists who has no portrait once the collection is over, not before', async () => {
    expect(await list()).toMatchObject({ isOver: false, lines: [] });
    const { version } = await demo.office.call('GET /api/console/campaigns/:id', campaign());
    await demo.office.call('POST /api/console/campaigns/:id/close-collection', {
      ...campaign(),
      body: { version },
    });
    const { isOver, counts, lines } = await list();
    expect({ isOver, counts }).toEqual({ isOver: true, counts: { missing: 2, handed_in: 0 } });
    expect(lines.map(({ studentNo }) => studentNo)).toEqual(
      demo.students
        .slice(3)
        .map(({ studentNo }) => studentNo)
        .sort(),
    );
  });

  it('marks a paper photo as handed in, once, and takes it back; the registry gets the list', async () => {
    const [line] = (await list()).lines;
    if (!line) throw new Error('everybody has a portrait');
    const mark = (handedIn: boolean, version: number, given = nonce()) =>
      demo.office.call('POST /api/console/students/:id/paper-photo', {
        params: { id: line.studentId },
        body: { version, nonce: given, handedIn },
      });
    const once = nonce();
    await mark(true, line.version, once);
    await mark(true, line.version, once);
    await expect(mark(false, line.version)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    const handedIn = await list('handed_in');
    expect(handedIn.counts).toEqual({ missing: 1, handed_in: 1 });
    expect(handedIn.lines).toMatchObject([{ name: line.name, paperPhoto: { by: '教务处李老师' } }]);
    const file = await demo.office.download(
      'GET /api/console/campaigns/:id/make-up-students/export',
      campaign(),
    );
    expect(await textOf(file)).toMatch(new RegExp(`${line.studentNo}.*已交`));
    await mark(false, handedIn.lines[0]?.version ?? 0);
    expect((await list()).counts).toEqual({ missing: 2, handed_in: 0 });
  });
});

/** The rows of a workbook's first sheet, each in one line. */
async function textOf(file: Buffer): Promise<string> {
  const lines: string[] = [];
  for await (const { cells } of (await openTable(file, () => true)).rows(0)) lines.push(cells.join(' '));
  return lines.join('\n');
}
