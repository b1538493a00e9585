import { type Proof, prove } from '../checker/prove';
import { type Demo, firstApi, phase, seedDemo } from '../demo/seed';
import type { Stack } from '../demo/stack';
import { createStudentPhone } from '../demo/student-phone';
import { expectReleased, type Player, playBookingTime, playCancelling } from './booking-time';
import { cohortOf, countCohorts, type Funnel } from './cohorts';
import { enrolRooms, playSessions, playWalkIn } from './collection-day';
import { inParallel } from './in-parallel';
import { createLatencies, type Latencies } from './latencies';
import { closeAndRefund, matchBills } from './settle-up';

export interface Rehearsal {
  students: number;
  sessions: number;
  funnel: Funnel & { booked: number; shot: number; released: number; refunded: number };
  seats: Proof['seats'];
  money: Proof['money'];
  reconciliation: { rows: number; differences: number };
  seconds: number;
  requests: number;
  latencyMs: Omit<Latencies, 'requests'>;
  /** What went wrong, in sentences; empty when all is well. */
  failures: string[];
}

const STUDENTS_AT_ONCE = 12;
/** Drawing and reading ID cards is the sandbox's work: one in twenty photographs them. */
const PHOTOS_EVERY = 20;

/** Plays the whole of a campaign over HTTP on the demo clock, and has seats and money proved by the checker. */
export async function rehearse(
  stack: Stack,
  students: number,
  tell: (step: string) => void,
): Promise<Rehearsal> {
  const begun = performance.now();
  const latencies = createLatencies();
  tell(`铺设批次：103 个时段，${students} 名学生`);
  const demo = await seedDemo(stack, students, latencies.observe);
  const players = demo.students.map(
    (student, index): Player => ({
      cohort: cohortOf(index),
      studentNo: student.studentNo,
      bookingId: null,
      sessionId: null,
      phone: createStudentPhone({
        baseUrl: firstApi(stack),
        sandbox: stack.sandbox,
        person: student.person,
        campaignId: demo.campaign.id,
        observe: latencies.observe,
      }),
    }),
  );

  tell('预约开放：认证、确认、占位、支付');
  await stack.sandbox.setClock(phase('open'));
  await inParallel(STUDENTS_AT_ONCE, players, (player, index) =>
    playBookingTime(stack, player, index % PHOTOS_EVERY === 0),
  );

  tell('占位到期：未付的名额释放，丢了回调的付款由查询找回');
  await stack.sandbox.advance(20 * 60_000);
  const released = await releasedHolds(players);
  await allBooked(players);
  await inParallel(STUDENTS_AT_ONCE, of(players, 'cancels'), playCancelling);

  const { shot, booked } = await playDay(stack, demo, players, latencies, tell);

  tell('收尾：结束采集，两人审批，批量退款');
  await stack.sandbox.setClock(phase('closing'));
  const { refunds } = await closeAndRefund(stack, demo);

  tell('次日：下载账单，两边核对');
  await stack.sandbox.setClock(phase('next'));
  const reconciliation = await matchBills(stack, demo.merchantId, ['2022-11-15', '2022-11-19']);
  const proof = await prove({
    mongodbUri: stack.mongodbUri,
    sandboxControlUrl: stack.sandboxUrls.control,
    settled: true,
  });

  const plan = countCohorts(students);
  const { requests, ...latencyMs } = latencies.summary();
  return {
    students,
    sessions: demo.campaign.counts.sessions,
    funnel: { ...plan, booked, shot, released, refunded: refunds + plan.cancels },
    seats: proof.seats,
    money: proof.money,
    reconciliation,
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    requests,
    latencyMs,
    failures: [
      ...proof.problems.map(({ subject, sentence }) => `${subject} ${sentence}`),
      ...differing('photographed', shot, plan.usual + plan.callback_lost + plan.walk_in),
      ...differing('released', released, plan.never_pays),
      ...differing('refunded no-shows', refunds, plan.no_show),
      ...differing('differences in the bills', reconciliation.differences, 0),
      ...differing('fen paid', proof.money.paid, 3000 * (students - plan.never_pays - plan.walk_in)),
      ...differing('fen refunded', proof.money.refunded, 3000 * (plan.no_show + plan.cancels)),
    ],
  };
}

const of = (players: readonly Player[], cohort: Player['cohort']) =>
  players.filter((player) => player.cohort === cohort);

const differing = (what: string, actual: number, expected: number): string[] =>
  actual === expected ? [] : [`${what}: ${actual}, expected ${expected}`];

const WITHIN_MS = 60_000;

/** The sweeps need a moment of real time to see that demo time has passed. */
async function releasedHolds(players: readonly Player[]): Promise<number> {
  let released = 0;
  for (const player of of(players, 'never_pays')) {
    await soon(() => expectReleased(player), `the hold of ${player.studentNo} is not released`);
    released += 1;
  }
  return released;
}

async function allBooked(players: readonly Player[]): Promise<void> {
  for (const player of of(players, 'callback_lost')) {
    const isBooked = async () => (await player.phone.home()).card.kind === 'booked';
    await soon(isBooked, `the payment of ${player.studentNo} was not found`);
  }
}

async function soon(look: () => Promise<boolean>, otherwise: string): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function playDay(
  stack: Stack,
  demo: Demo,
  players: readonly Player[],
  latencies: ReturnType<typeof createLatencies>,
  tell: (step: string) => void,
) {
  tell('采集日：按时段扫码、拍摄，现场预约');
  const { sessions } = await demo.office.call('GET /api/console/campaigns/:id/sessions', {
    params: { id: demo.campaign.id },
  });
  const phones = await enrolRooms(stack, demo.office, demo.campaign, latencies.observe);
  const moments = [...new Set(sessions.map(({ startsAt }) => startsAt))].sort();
  let shot = 0;
  for (const moment of moments) {
    await stack.sandbox.setClock(new Date(moment));
    shot += await playSessions(
      sessions.filter(({ startsAt }) => startsAt === moment),
      players,
      phones,
    );
  }
  const [[room, desk] = []] = [...phones];
  for (const player of of(players, 'walk_in')) {
    if (!room || !desk) throw new Error('no phone for walk-ins');
    await playWalkIn(desk, room, player);
    shot += 1;
  }
  const { counts } = await demo.office.call('GET /api/console/campaigns/:id', {
    params: { id: demo.campaign.id },
  });
  return { shot, booked: counts.booked };
}
