import { createHash } from 'node:crypto';
import { MAKE_UP_ROOM, type MakeUpSlot, makeUpSlots } from '../../../shared/domain/make-up-slots';
import { shanghaiDay, shanghaiTime } from '../../../shared/domain/time';
import { SYSTEM } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import { createRemembered } from '../../platform/remembered';
import type { World } from '../../world';
import { line } from '../audit/line';
import { workCalendarOf } from '../work-days/find-work-days';
import { CACHE_MS } from './find-campaign';
import type { Campaign } from './model';
import { type CollectionSession, CollectionSessions } from './session-model';

/** Beside the imports' own names, so that a new timetable leaves them alone. */
const MAKE_UP_TIMETABLE = 'make-up';

const stored = createRemembered<readonly CollectionSession[]>({ max: 200, ttlMs: CACHE_MS });

export const forgetMakeUpSessions = (campaignId: string): void => stored.forget(campaignId);

/** Those that somebody has booked or the office has touched: every booking's make-up session is among them. */
export const keptMakeUpSessions = (campaignId: string): Promise<readonly CollectionSession[]> =>
  stored.get(campaignId, () =>
    CollectionSessions.find({ campaignId, timetable: MAKE_UP_TIMETABLE })
      .sort({ startsAt: 1 })
      .lean<CollectionSession[]>(),
  );

/** One of them by id, also when another process has kept it a moment ago; null for none. */
export async function keptMakeUpSession(campaignId: string, id: string): Promise<CollectionSession | null> {
  const known = (await keptMakeUpSessions(campaignId)).find(({ _id }) => _id === id);
  if (known) return known;
  const found = await CollectionSessions.findOne({
    _id: id,
    campaignId,
    timetable: MAKE_UP_TIMETABLE,
  }).lean<CollectionSession>();
  if (found) forgetMakeUpSessions(campaignId);
  return found;
}

/**
 * The make-up sessions that can be booked by the hours and holidays as they are now, kept or not. A slot is kept only
 * once somebody wants a place in it (`keepMakeUpSession`): until then hours, holidays and places may change freely.
 */
export async function offeredMakeUpSessions(
  world: World,
  campaign: Campaign,
): Promise<readonly CollectionSession[]> {
  const { makeUp } = campaign;
  if (!makeUp?.bookable) return [];
  const bookable = makeUp.bookable;
  const [calendar, kept] = await Promise.all([
    workCalendarOf(campaign.schoolId),
    keptMakeUpSessions(campaign._id),
  ]);
  const keptOf = new Map(kept.map((session) => [session._id, session]));
  return makeUpSlots({ ...makeUp, bookable }, calendar, shanghaiDay(world.clock.now())).map((slot) => {
    const session = sessionOf(world, campaign, slot, bookable.placesPerSlot);
    const known = keptOf.get(session._id);
    // The office may have raised this one slot, or all of them since.
    return known ? withPlaces(known, Math.max(known.capacity, bookable.placesPerSlot)) : session;
  });
}

/** What is offered, and what was booked under other hours or holidays; in order. */
export async function allMakeUpSessions(
  world: World,
  campaign: Campaign,
): Promise<readonly CollectionSession[]> {
  const offered = await offeredMakeUpSessions(world, campaign);
  const ids = new Set(offered.map(({ _id }) => _id));
  const others = (await keptMakeUpSessions(campaign._id)).filter(({ _id }) => !ids.has(_id));
  return [...offered, ...others].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

/**
 * Writes the session down, so that its seats count. Twice at once is once: its id follows from campaign and time.
 *
 * @throws the driver's errors but E11000
 */
export async function keepMakeUpSession(world: World, session: CollectionSession): Promise<void> {
  const before = await CollectionSessions.findById(session._id).lean<CollectionSession>();
  if (before && before.capacity >= session.capacity) return;
  try {
    if (!before) await insertRecord(CollectionSessions, session);
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
  const { _id, capacity, headcount } = session;
  await changeRecord(
    CollectionSessions,
    { _id, capacity: { $lt: capacity } },
    { $set: { capacity, headcount } },
    line(world, SYSTEM, 'session.raise-capacity', { capacity }),
  );
  forgetMakeUpSessions(session.campaignId);
}

const withPlaces = (session: CollectionSession, places: number): CollectionSession => ({
  ...session,
  capacity: places,
  headcount: places,
});

const sessionOf = (
  world: World,
  { _id, schoolId, makeUp }: Campaign,
  { day, startsAt, endsAt }: MakeUpSlot,
  places: number,
): CollectionSession => ({
  ...newRecord(idOf(_id, startsAt), line(world, SYSTEM, 'session.make-up', { capacity: places })),
  schoolId,
  campaignId: _id,
  timetable: MAKE_UP_TIMETABLE,
  kind: 'make_up',
  building: makeUp?.place ?? '',
  room: MAKE_UP_ROOM,
  day,
  startsAt,
  endsAt,
  title: `补拍 ${shanghaiTime(startsAt)}–${shanghaiTime(endsAt)}`,
  groups: [],
  remark: '',
  headcount: places,
  capacity: places,
});

const idOf = (campaignId: string, startsAt: Date): string =>
  createHash('sha256').update(`make-up ${campaignId} ${startsAt.toISOString()}`).digest('hex').slice(0, 24);
