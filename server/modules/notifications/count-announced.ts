import { type Message, type MessageState, Messages } from './message-model';

/** How many messages of each announcement of a campaign are in which state. */
export async function countAnnounced(
  campaignId: string,
): Promise<ReadonlyMap<string, Partial<Record<MessageState, number>>>> {
  const rows = await Messages.aggregate<{ _id: Pick<Message, 'subjectId' | 'state'>; count: number }>([
    { $match: { campaignId, kind: 'announcement' } },
    { $group: { _id: { subjectId: '$subjectId', state: '$state' }, count: { $sum: 1 } } },
  ]);
  const counts = new Map<string, Partial<Record<MessageState, number>>>();
  for (const { _id, count } of rows) {
    counts.set(_id.subjectId, { ...counts.get(_id.subjectId), [_id.state]: count });
  }
  return counts;
}
