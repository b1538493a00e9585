import type { SessionView } from '../../shared/contract/campaigns';
import { shanghaiTime } from '../../shared/domain/time';
import type { Stack } from '../demo/stack';
import { type Cohort, WALK_INS } from './cohorts';
import { expectRefused } from './expect-refused';
import { inParallel } from './in-parallel';
import { ofCohorts, type Player } from './player';
import { codeOf, expectVerdict, type Lane, photograph, scan } from './site';
import { playWalkIn } from './walk-ins';

interface Day {
  stack: Stack;
  sessions: readonly SessionView[];
  players: readonly Player[];
  lanes: ReadonlyMap<string, readonly Lane[]>;
}

const COMING: readonly Cohort[] = [
  'usual',
  'callback_lost',
  'pays_late',
  'corrected',
  'never_shot',
  'unverified',
];

/** The whole collection day, start by start: each group in its room, then whoever is late, then who books at the door. */
export async function playCollectionDay(day: Day, tell: (step: string) => void): Promise<void> {
  const { stack, sessions } = day;
  const starts = [...new Set(sessions.map(({ startsAt }) => startsAt))].sort();
  const late = new Set(ofCohorts(day.players, 'late'));
  for (const [index, start] of starts.entries()) {
    const moment = new Date(start);
    await stack.sandbox.setClock(moment);
    if (index % 10 === 0) tell(`采集日 ${shanghaiTime(moment)}`);
    await playStart(day, moment);
    await playLate(day, moment, late);
  }
  const evening = new Date(Math.max(...sessions.map(({ endsAt }) => Date.parse(endsAt))));
  await stack.sandbox.setClock(evening);
  await playLate(day, evening, late);
  await inLanes(day, ofCohorts(day.players, ...WALK_INS), (lane, player) =>
    playWalkIn(stack, lane, evening, player),
  );
}

/** Everybody of the sessions that begin now, in both lanes of their rooms. */
async function playStart(day: Day, moment: Date): Promise<void> {
  const starting = day.sessions.filter(({ startsAt }) => Date.parse(startsAt) === moment.getTime());
  await inParallel(starting.length, starting, async ({ id, room }) => {
    const lanes = lanesOf(day, room);
    const coming = ofCohorts(day.players, ...COMING).filter(({ sessionId }) => sessionId === id);
    const queue = [...coming];
    await inParallel(lanes.length, lanes, async (lane) => {
      for (let player = queue.shift(); player; player = queue.shift()) await playComing(lane, moment, player);
    });
  });
}

async function playComing(lane: Lane, moment: Date, player: Player): Promise<void> {
  const code = await codeOf(player);
  if (player.cohort === 'unverified') {
    expectVerdict(await scan(lane, moment, code), { reason: 'see_original', admitted: false });
    const seen = await scan(lane, moment, code, { originalSeen: true });
    expectVerdict(seen, { reason: 'ok', admitted: true });
  } else {
    expectVerdict(await scan(lane, moment, code), { reason: 'ok', admitted: true });
  }
  if (player.cohort === 'never_shot') return;
  if (player.cohort === 'corrected') await correctClassName(lane, player);
  await photograph(lane, player);
  if (player.cohort === 'corrected') {
    await expectRefused(['CORRECTION_AFTER_SHOT'], () => correctClassName(lane, player));
  }
}

/** At the desk, between check-in and camera. */
async function correctClassName({ scanner }: Lane, { phone, student }: Player): Promise<void> {
  const { id, version } = await phone.api.call('GET /api/me/enrolment', {
    query: { campaignId: phone.campaignId },
  });
  await scanner.call('POST /api/onsite/students/:id/correct', {
    params: { id },
    body: { version, field: 'className', value: `${student.className}（更正）`, reason: '班级名称有误' },
  });
}

/** Whose session is over goes to another room: late on the same day, one tap. */
async function playLate(day: Day, moment: Date, late: Set<Player>): Promise<void> {
  for (const player of late) {
    const session = day.sessions.find(({ id }) => id === player.sessionId);
    if (!session || Date.parse(session.endsAt) > moment.getTime()) continue;
    const [elsewhere = session.room] = [...day.lanes.keys()].filter((room) => room !== session.room);
    const [lane] = lanesOf(day, elsewhere);
    const code = await codeOf(player);
    expectVerdict(await scan(lane, moment, code), { reason: 'late_same_day', admitted: false });
    const admitted = await scan(lane, moment, code, { admitAnyway: true });
    expectVerdict(admitted, { reason: 'late_same_day', admitted: true });
    await photograph(lane, player);
    late.delete(player);
  }
}

async function inLanes(
  { lanes }: Day,
  players: readonly Player[],
  play: (lane: Lane, player: Player) => Promise<void>,
): Promise<void> {
  const all = [...lanes.values()].flat();
  const queue = [...players];
  await inParallel(all.length, all, async (lane) => {
    for (let player = queue.shift(); player; player = queue.shift()) await play(lane, player);
  });
}

function lanesOf({ lanes }: Day, room: string): [Lane, ...Lane[]] {
  const [first, ...others] = lanes.get(room) ?? [];
  if (!first) throw new Error(`no phone in ${room}`);
  return [first, ...others];
}
