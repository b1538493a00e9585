import type { CampaignDraft } from '../../../shared/contract/campaigns';
import { campaignGaps } from '../../../shared/domain/campaign-gaps';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { forgetCampaign, sessionsOf } from './find-campaign';
import { findOwnMerchant } from './merchants';
import { missingTables, TABLES } from './missing-tables';
import { type Campaign, Campaigns } from './model';
import { type School, Schools } from './school-model';

/** @throws AppError NOT_FOUND when the merchant is not the school's, BAD_REQUEST */
export async function createCampaign(world: World, by: UserActor, draft: CampaignDraft): Promise<Campaign> {
  refuseGaps(draft, { openedAt: null, prefix: '' });
  if (draft.bookingOpensAt !== null) refuseSchedule('bookingOpensAt', TABLES);
  await findOwnMerchant(by, draft.merchantId);
  const school = await Schools.findById(by.schoolId).lean<School>();
  if (!school) throw new AppError('NOT_FOUND');
  return insertRecord(Campaigns, {
    ...newRecord(world.ids.id(), line(world, actorName(by), 'campaign.create')),
    ...stored(draft),
    schoolId: by.schoolId,
    schoolName: school.name,
    timetable: null,
    openedAt: null,
    collectionClosedAt: null,
    majorAliases: {},
  });
}

/**
 * Prices and rules hold for what happens from now on: orders keep the fee items they were made with.
 *
 * @param version the one the user saw
 * @throws AppError NOT_FOUND, CHANGED_MEANWHILE, BAD_REQUEST
 */
export async function changeCampaign(
  world: World,
  by: UserActor,
  { id, version, draft }: { id: string; version: number; draft: CampaignDraft },
): Promise<Campaign> {
  await findOwnMerchant(by, draft.merchantId);
  const before = await Campaigns.findOne({ _id: id, schoolId: by.schoolId }, { openedAt: 1 }).lean<
    Pick<Campaign, 'openedAt'>
  >();
  if (!before) throw new AppError('NOT_FOUND');
  refuseGaps(draft, { ...before, prefix: 'draft.' });
  if (draft.bookingOpensAt !== null && before.openedAt === null) {
    refuseSchedule('draft.bookingOpensAt', await missingTables(id));
  }
  await refuseUnknownSession(id, draft);
  // The rules say where second-degree students go.
  const match = world.effects.planned('match', 'match-students');
  const changed = await changeRecord(
    Campaigns,
    { _id: id, schoolId: by.schoolId, version },
    { $set: stored(draft) },
    line(world, actorName(by), 'campaign.change'),
    [match],
  );
  forgetCampaign(id);
  if (changed) {
    await world.effects.runNow(Campaigns, id, match);
    return changed;
  }
  throw new AppError('CHANGED_MEANWHILE');
}

/** What students see, or will see at a set time, is complete. */
function refuseGaps(
  draft: CampaignDraft,
  { openedAt, prefix }: Pick<Campaign, 'openedAt'> & { prefix: string },
): void {
  if (!draft.announced && draft.bookingOpensAt === null && openedAt === null) return;
  const gaps = campaignGaps(draft);
  if (gaps.length === 0) return;
  const fields = Object.fromEntries(
    gaps.map(({ field, name }) => [`${prefix}${field}`, `公布或定时开放之前，请先填写${name}`]),
  );
  throw new AppError('BAD_REQUEST', { fields });
}

/** A date would open booking all by itself, to students who find nothing. */
function refuseSchedule(field: string, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const message = `定时开放之前，请先导入${missing.join('和')}；现在可以不填，以后再定`;
  throw new AppError('BAD_REQUEST', { fields: { [field]: message } });
}

async function refuseUnknownSession(campaignId: string, { rules }: CampaignDraft): Promise<void> {
  const { secondDegree } = rules;
  if (typeof secondDegree === 'string') return;
  const isThere = (await sessionsOf(campaignId)).some(({ _id }) => _id === secondDegree.sessionId);
  if (!isThere)
    throw new AppError('BAD_REQUEST', { fields: { 'draft.rules.secondDegree': '时间安排表里没有这个时段' } });
}

const stored = ({ bookingOpensAt, bookingClosesAt, ...rest }: CampaignDraft) => ({
  ...rest,
  bookingOpensAt: bookingOpensAt === null ? null : new Date(bookingOpensAt),
  bookingClosesAt: bookingClosesAt === null ? null : new Date(bookingClosesAt),
});

export async function createSchool(world: World, name: string): Promise<School> {
  const school: School = { _id: world.ids.id(), name, createdAt: world.clock.now() };
  await Schools.create(school);
  return school;
}

export const findSchool = (id: string): Promise<School | null> => Schools.findById(id).lean<School>();
