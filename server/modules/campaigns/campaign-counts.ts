import type { CampaignAdminView } from '../../../shared/contract/campaigns';
import { countBySession, countPaid } from '../bookings/counts';
import { countCannotCome, countMatched, countStudents } from '../roster/find-student';
import { sessionsOf } from './find-campaign';

export async function campaignCounts(campaignId: string): Promise<CampaignAdminView['counts']> {
  const [sessions, students, matched, cannotCome, bySession, paid] = await Promise.all([
    sessionsOf(campaignId),
    countStudents(campaignId),
    countMatched(campaignId),
    countCannotCome(campaignId),
    countBySession(campaignId),
    countPaid(campaignId),
  ]);
  const totals = { booked: 0, arrived: 0, shot: 0 };
  for (const { booked, arrived, shot } of bySession.values()) {
    totals.booked += booked;
    totals.arrived += arrived;
    totals.shot += shot;
  }
  return { sessions: sessions.length, students, matched, cannotCome, paid, ...totals };
}
