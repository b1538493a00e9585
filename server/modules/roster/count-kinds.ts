import { readMajor, type Training } from '../../../shared/domain/majors';
import type { RosterCount } from '../../../shared/domain/notice-check-roster';
import { aliasesOf } from '../campaigns/aliases';
import type { Campaign } from '../campaigns/model';
import { Students } from './model';

/** How many students of each major, direction and training a campaign has. */
export async function countKinds(campaign: Campaign): Promise<RosterCount[]> {
  const rows = await Students.aggregate<{ _id: { major: string; training: Training }; count: number }>([
    { $match: { campaignId: campaign._id, removedAt: null } },
    { $group: { _id: { major: '$major', training: '$training' }, count: { $sum: 1 } } },
  ]);
  const aliases = aliasesOf(campaign);
  const kinds = new Map<string, RosterCount>();
  for (const { _id, count } of rows) {
    const { name, direction } = readMajor(_id.major, aliases);
    const key = JSON.stringify([name, direction, _id.training]);
    const known = kinds.get(key) ?? { majorName: name, direction, training: _id.training, students: 0 };
    kinds.set(key, { ...known, students: known.students + count });
  }
  return [...kinds.values()];
}
