import { LRUCache } from 'lru-cache';
import { placedAnew } from '../../../shared/domain/timetable-change';
import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { createRemembered } from '../../platform/remembered';
import { type Campaign, Campaigns } from './model';
import { type CollectionSession, CollectionSessions } from './session-model';
import { type TimetableChange, TimetableChanges } from './timetable-change-model';

/** Dates, rules and sessions change rarely and may be seen up to 5 s late on other instances. */
export const CACHE_MS = 5_000;
const campaigns = createRemembered<Campaign>({ max: 500, ttlMs: CACHE_MS });
const sessions = createRemembered<readonly CollectionSession[]>({ max: 200, ttlMs: CACHE_MS });
/** Which campaign a session belongs to never changes. */
const campaignIds = new LRUCache<string, string>({ max: 20_000 });

/** @throws AppError NOT_FOUND */
export const findCampaign = (id: string): Promise<Campaign> => campaigns.get(id, () => readCampaign(id));

async function readCampaign(id: string): Promise<Campaign> {
  const campaign = await Campaigns.findById(id).lean<Campaign>();
  if (!campaign) throw new AppError('NOT_FOUND');
  return campaign;
}

/** The campaign, when it is of the user's school. @throws AppError NOT_FOUND, also for other schools' */
export async function findOwnCampaign(user: Pick<UserActor, 'schoolId'>, id: string): Promise<Campaign> {
  const campaign = await findCampaign(id);
  if (campaign.schoolId !== user.schoolId) throw new AppError('NOT_FOUND');
  return campaign;
}

/** As it is stored at this moment, for decisions that rest on its version. @throws AppError NOT_FOUND */
export async function findFreshCampaign(user: Pick<UserActor, 'schoolId'>, id: string): Promise<Campaign> {
  forgetCampaign(id);
  return findOwnCampaign(user, id);
}

/**
 * Sessions in the order of the day. The newest timetable change is laid over them, so that all of it is seen from the
 * moment the campaign names it, though the sessions themselves are written one by one.
 */
export async function sessionsOf(campaignId: string): Promise<readonly CollectionSession[]> {
  const campaign = await findCampaign(campaignId);
  // That there are none is not remembered: another instance may be importing them.
  if (campaign.timetable === null) return [];
  return sessions.get(campaignId, () => readSessions(campaign));
}

async function readSessions({
  _id: campaignId,
  timetable,
  timetableChanges,
}: Campaign): Promise<readonly CollectionSession[]> {
  const [stored, newest] = await Promise.all([
    CollectionSessions.find({ campaignId, timetable }).lean<CollectionSession[]>(),
    findChange(timetableChanges?.at(-1)),
  ]);
  return placedAnew(stored, newest?.moves ?? []);
}

const findChange = async (id: string | undefined): Promise<TimetableChange | null> =>
  id === undefined ? null : TimetableChanges.findById(id).lean<TimetableChange>();

/**
 * A session of the timetable that counts; null for none. Whoever names it may have it from another instance that
 * imported it a moment ago: before it is said to be none, it is looked for where it is stored.
 */
export async function timetabledSession(
  campaignId: string,
  sessionId: string,
): Promise<CollectionSession | null> {
  const look = async () => (await sessionsOf(campaignId)).find(({ _id }) => _id === sessionId) ?? null;
  const known = await look();
  if (known || !(await countsNow(campaignId, sessionId))) return known;
  forgetCampaign(campaignId);
  return look();
}

/** What is known is forgotten only for a session that is truly there: made-up ids cost the others nothing. */
async function countsNow(campaignId: string, sessionId: string): Promise<boolean> {
  const session = await CollectionSessions.findOne({ _id: sessionId, campaignId }, { timetable: 1 }).lean<
    Pick<CollectionSession, 'timetable'>
  >();
  if (!session) return false;
  return (await Campaigns.exists({ _id: campaignId, timetable: session.timetable })) !== null;
}

/**
 * The session that a student has chosen from a list.
 *
 * @throws AppError NOT_FOUND, TIMETABLE_REPLACED when it is of a timetable that no longer counts
 */
export async function findChosenSession(sessionId: string): Promise<CollectionSession> {
  const { _id } = await campaignOfSession(sessionId);
  const session = await timetabledSession(_id, sessionId);
  if (!session) throw new AppError('TIMETABLE_REPLACED');
  return session;
}

/** @throws AppError NOT_FOUND when the session does not exist */
async function campaignOfSession(sessionId: string): Promise<Campaign> {
  const known = campaignIds.get(sessionId);
  if (known) return findCampaign(known);
  const session = await CollectionSessions.findById(sessionId, { campaignId: 1 }).lean<
    Pick<CollectionSession, 'campaignId'>
  >();
  if (!session) throw new AppError('NOT_FOUND');
  campaignIds.set(sessionId, session.campaignId);
  return findCampaign(session.campaignId);
}

/** This process has just kept the timetable; everything else it knows of the campaign stays as old as it is. */
export const noteKept = (id: string, timetableKeptUntil: Date): void =>
  campaigns.amend(id, (campaign) => ({ ...campaign, timetableKeptUntil }));

/** After a change by this process. */
export function forgetCampaign(id: string): void {
  campaigns.forget(id);
  sessions.forget(id);
}

export const priceOf = (campaign: Pick<Campaign, 'feeItems'>): number =>
  campaign.feeItems.reduce((sum, { amountFen }) => sum + amountFen, 0);
