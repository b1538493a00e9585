import { DEMO_PASSWORD, type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { closeCollection } from './make-up-scene';
import { bookedStudent, nonce, type StaffPhone, staffPhone } from './site';

/** The demo's roster spread over 103 sessions: enough of each for a board that says something. */
const STUDENTS = 720;
const AT_ONCE = 8;
const MINUTE_MS = 60_000;

type Booked = Awaited<ReturnType<typeof bookedStudent>>;

/** A collection day under way. */
export interface DayScene {
  demo: Demo;
  /** Who has been photographed, in order. */
  shot: Booked[];
}

/**
 * Half past nine on the collection day: most of the morning's students have booked and come, one room is slow, some have
 * not come, and in the afternoon's sessions still places are free. Over HTTP, as students and staff would, minute by
 * minute of the demo clock.
 *
 * @param stack with nothing in it
 */
export async function layDayScene(stack: Stack): Promise<DayScene> {
  const demo = await seedDemo(stack, STUDENTS);
  await stack.sandbox.setClock(phase('open'));
  const booked = await bookMost(stack, demo);

  await stack.sandbox.setClock(new Date('2022-11-19T08:05:00+08:00'));
  await demo.office.signIn('office', DEMO_PASSWORD);
  const desks = new Map<string, StaffPhone>();
  for (const room of demo.campaign.rooms) {
    desks.set(room, await staffPhone(stack, demo, { label: `${room} 签到`, rooms: [room] }));
  }
  const until = Date.parse('2022-11-19T09:36:00+08:00');
  const shot: Booked[] = [];
  for (const { when, who, what } of happenings(booked).filter((one) => one.when <= until)) {
    const { room } = who.session;
    const desk = desks.get(room);
    if (!desk) throw new Error(`nobody is at the door of ${room}`);
    await waitFor(stack, when);
    if (what === 'arrives') await admit(stack, desk, who);
    else {
      await desk.call('POST /api/onsite/bookings/:id/shot', {
        params: { id: who.bookingId },
        body: { nonce: nonce() },
      });
      shot.push(who);
    }
  }
  await waitFor(stack, until);
  for (const desk of desks.values()) await desk.call('GET /api/onsite/snapshot');
  return { demo, shot };
}

/** The clock goes on while people are busy: it may be later already. */
async function waitFor({ sandbox }: Stack, when: number): Promise<void> {
  if ((await sandbox.now()).getTime() < when) await sandbox.setClock(new Date(when));
}

/** The fortieth day after: most have looked at their portraits, a few are wrong, two of them are seen to. */
export async function layPhotoChecks(stack: Stack, { demo, shot }: DayScene): Promise<void> {
  await stack.sandbox.setClock(phase('next'));
  await demo.office.signIn('office', DEMO_PASSWORD);
  await closeCollection(demo);
  await stack.sandbox.setClock(phase('later'));
  await demo.office.signIn('office', DEMO_PASSWORD);
  const wrong = [
    '不是本人的照片',
    '照片左右颠倒',
    '姓名对，照片是同班同学的',
    '照片发绿，脸部过暗',
    '学信网上没有照片',
  ];
  for (const [index, { phone, bookingId }] of shot.slice(0, Math.ceil(shot.length * 0.8)).entries()) {
    const note = index % 9 === 0 ? wrong[index / 9] : undefined;
    await phone.login();
    await phone.api.call('POST /api/me/bookings/:id/photo-check', {
      params: { id: bookingId },
      body: note ? { result: 'wrong', note } : { result: 'right' },
    });
  }
  const params = { id: demo.campaign.id };
  const { lines } = await demo.office.call('GET /api/console/campaigns/:id/photo-checks', {
    params,
    query: { show: 'wrong' },
  });
  for (const { bookingId, version } of lines.slice(0, 2)) {
    await demo.office.call('POST /api/console/bookings/:id/photo-check/handle', {
      params: { id: bookingId },
      body: { version, nonce: nonce(), note: '已请摄影方更换，学生知道' },
    });
  }
}

/** Nearly everybody of the morning's first hours, some of the later ones. */
async function bookMost(stack: Stack, demo: Demo): Promise<Booked[]> {
  const [early, late] = [new Date('2022-11-19T10:30:00+08:00'), new Date('2022-11-19T12:00:00+08:00')];
  const startOf = await startsByNumber(demo);
  const coming = [...demo.students.keys()].filter((index) => {
    const start = startOf.get(demo.students[index]?.studentNo ?? '');
    if (!start) return false;
    if (start < early) return index % 13 !== 5;
    return start < late ? index % 2 === 0 : index % 5 === 0;
  });
  const booked: Booked[] = [];
  for (let from = 0; from < coming.length; from += AT_ONCE) {
    const some = coming.slice(from, from + AT_ONCE).map((index) => bookedStudent(stack, demo, index));
    booked.push(...(await Promise.all(some)));
  }
  return booked;
}

async function startsByNumber({ office, campaign }: Demo): Promise<Map<string, Date>> {
  const starts = new Map<string, Date>();
  for (let page = 1; ; page++) {
    const { students, total } = await office.call('POST /api/console/campaigns/:id/find-students', {
      params: { id: campaign.id },
      body: { page, size: 200 },
    });
    for (const { studentNo, session } of students)
      if (session) starts.set(studentNo, new Date(session.startsAt));
    if (page * 200 >= total) return starts;
  }
}

/** Who does what and when: one in twelve does not come, and the third room takes its time. */
function happenings(booked: readonly Booked[]) {
  const slow = [...new Set(booked.map(({ session }) => session.room))].sort()[2];
  return booked
    .filter((_, index) => index % 12 !== 7)
    .flatMap((who, index) => {
      const { startsAt, room } = who.session;
      const arrives = Date.parse(startsAt) + ((index % 5) - 2) * 3 * MINUTE_MS;
      const waits = (room === slow ? 17 : 4) + (index % 3);
      return [
        { when: arrives, who, what: 'arrives' },
        { when: arrives + waits * MINUTE_MS, who, what: 'is photographed' },
      ] as const;
    })
    .sort((a, b) => a.when - b.when);
}

async function admit(stack: Stack, desk: StaffPhone, { code, session }: Booked): Promise<void> {
  await desk.call('POST /api/onsite/redeem', {
    body: {
      nonce: nonce(),
      room: session.room,
      scannedAt: (await stack.sandbox.now()).toISOString(),
      by: { kind: 'code', text: code },
      admitAnyway: true,
    },
  });
}
