import type { Alias, MatchingView } from '../../../shared/contract/imports';
import { likelyMajors } from '../../../shared/domain/likely-majors';
import { majorKey, readMajor, type Training } from '../../../shared/domain/majors';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import type { World } from '../../world';
import { aliasesOf, saveAliases } from '../campaigns/aliases';
import { findCampaign, sessionsOf } from '../campaigns/find-campaign';
import type { Campaign } from '../campaigns/model';
import { Students } from './model';

/** Who has a session and who has none, with the alias table that decides it. */
export async function showMatching(campaign: Campaign): Promise<MatchingView> {
  const campaignId = campaign._id;
  const [sessions, kinds, bySession, placedByOffice] = await Promise.all([
    sessionsOf(campaignId),
    unmatchedKindsOf(campaignId),
    countBySession(campaignId),
    Students.countDocuments({ campaignId, removedAt: null, placedByOffice: true }),
  ]);
  const majors = [
    ...new Set(
      sessions.flatMap(({ groups }) =>
        groups.map(({ major, direction }) => majorKey({ name: major, direction })),
      ),
    ),
  ];
  const matched = [...bySession.values()].reduce((sum, count) => sum + count, 0);
  const unmatched = kinds.reduce((sum, { students }) => sum + students, 0);
  const aliases = aliasesOf(campaign);
  return {
    version: campaign.version,
    aliases: Object.entries(campaign.majorAliases).map(([from, to]) => ({ from, to })),
    majors,
    students: matched + unmatched,
    matched,
    placedByOffice,
    unmatched: kinds.map((kind) => ({
      ...kind,
      suggestions: likelyMajors(majorKey(readMajor(kind.major, aliases)), majors),
    })),
    groups: sessions.map(({ _id, title, room, headcount }) => ({
      title,
      room,
      planned: headcount,
      matched: bySession.get(_id) ?? 0,
    })),
  };
}

/**
 * Changes the alias table and matches again. Bookings stay where they are.
 *
 * @param version the one the user saw
 * @throws AppError BAD_REQUEST for a spelling that stands twice or leads in a circle, CHANGED_MEANWHILE
 */
export async function changeAliases(
  world: World,
  by: UserActor,
  { campaign, version, aliases }: { campaign: Campaign; version: number; aliases: readonly Alias[] },
): Promise<MatchingView> {
  const fields = problemsIn(aliases);
  if (Object.keys(fields).length > 0) throw new AppError('BAD_REQUEST', { fields });
  await saveAliases(world, actorName(by), { campaign, version, aliases });
  return showMatching(await findCampaign(campaign._id));
}

/** By field, as `aliases.3.from`. */
function problemsIn(aliases: readonly Alias[]): Record<string, string> {
  const bare = aliases.map(({ from, to }) => ({ from: readMajor(from).name, to: readMajor(to).name }));
  const problems: Record<string, string> = {};
  bare.forEach(({ from, to }, index) => {
    if (from === to) problems[`aliases.${index}.to`] = '两边是同一个名称';
    if (bare.findIndex((other) => other.from === from) !== index) {
      problems[`aliases.${index}.from`] = '这个写法已经有了';
    }
    if (bare.some((other) => other.from === to)) {
      problems[`aliases.${index}.to`] = '右边应是时间表里的名称，不能是另一个别名';
    }
  });
  return problems;
}

async function unmatchedKindsOf(campaignId: string) {
  const rows = await Students.aggregate<{
    _id: { major: string; training: Training; because: string | null };
    count: number;
  }>([
    { $match: { campaignId, removedAt: null, sessionId: null } },
    {
      $group: {
        _id: { major: '$major', training: '$training', because: '$unmatchedBecause' },
        count: { $sum: 1 },
      },
    },
  ]);
  return rows
    .map(({ _id: { major, training, because }, count }) => ({
      major,
      training,
      students: count,
      reason: because ?? '还没有对应到时段',
    }))
    .sort((a, b) => b.students - a.students);
}

async function countBySession(campaignId: string): Promise<Map<string, number>> {
  const rows = await Students.aggregate<{ _id: string; count: number }>([
    { $match: { campaignId, removedAt: null, sessionId: { $ne: null } } },
    { $group: { _id: '$sessionId', count: { $sum: 1 } } },
  ]);
  return new Map(rows.map(({ _id, count }) => [_id, count]));
}
