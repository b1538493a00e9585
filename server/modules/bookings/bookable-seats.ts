import type { Campaign } from '../campaigns/model';
import type { CollectionSession } from '../campaigns/session-model';
import type { SeatedSession } from './seats';

/**
 * The session as students may fill it: without the reserve (预留名额), which the office gives away. A reserve never takes
 * seats from the session's own headcount.
 */
export function withoutReserve(
  { _id, campaignId, capacity, headcount }: CollectionSession,
  { rules }: Pick<Campaign, 'rules'>,
): SeatedSession {
  const planned = Math.min(headcount, capacity);
  return { _id, campaignId, capacity: Math.max(planned, capacity - rules.reserveSeats) };
}
