import type { Placement } from '../../../shared/domain/timetable-change';
import { findCampaign } from './find-campaign';
import { type TimetableChange, TimetableChanges } from './timetable-change-model';

export interface SessionNews extends Pick<TimetableChange, '_id' | 'changeNo' | 'reason' | 'at'> {
  from: Placement;
  to: Placement;
}

/** Where a session has moved since then, as one move under the newest change's name; null when it has not. */
export async function moveSince(
  campaignId: string,
  sessionId: string,
  since: Date,
): Promise<SessionNews | null> {
  const { timetableChanges = [] } = await findCampaign(campaignId);
  if (timetableChanges.length === 0) return null;
  const changes = await TimetableChanges.find({ _id: { $in: timetableChanges }, at: { $gt: since } })
    .sort({ changeNo: 1 })
    .lean<TimetableChange[]>();
  const moves = changes.flatMap((change) =>
    change.moves.filter((move) => move.sessionId === sessionId).map((move) => ({ change, ...move })),
  );
  const [first] = moves;
  const last = moves.at(-1);
  if (!first || !last) return null;
  const { _id, changeNo, reason, at } = last.change;
  return { _id, changeNo, reason, at, from: first.from, to: last.to };
}
