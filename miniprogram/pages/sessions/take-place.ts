import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { goHome, replaceWithPay } from '../../services/navigation';

interface Taking {
  sessionId: string;
  /** The paid place that is given for it; null for a first one. */
  from: string | null;
  /** Of a place that is not in the own group's timetable. */
  campaignId?: string | undefined;
}

/** Holds the place and goes on to pay, or moves there and goes home. @throws ApiError */
export async function takePlace({ sessionId, from, campaignId }: Taking): Promise<void> {
  if (from === null) {
    await call('POST /api/me/bookings', { body: { sessionId, ...(campaignId && { campaignId }) } });
  } else {
    await call('POST /api/me/bookings/:id/reschedule', { params: { id: from }, body: { sessionId } });
  }
  await refreshHome();
  if (from === null) replaceWithPay();
  else goHome();
}
