import type { MyData } from '../../../shared/contract/privacy';
import { actorName, type StudentActor } from '../../http/actor';
import type { World } from '../../world';
import { bookingsOfAccount } from '../bookings/find-booking';
import { findCampaign } from '../campaigns/find-campaign';
import { boundStudents } from '../roster/find-student';
import { presentEnrolment } from '../roster/presenter';
import { identityOf } from '../verification/find-identity';
import { presentIdentity } from '../verification/presenter';

const PHOTO_KINDS: Readonly<Record<string, MyData['photos'][number]['kind']>> = {
  'id-photo-front': 'id_front',
  'id-photo-back': 'id_back',
  'correction-proof': 'proof',
};
/** Someone who is bound to no campaign yet has no attempts of one: the usual number is shown. */
const NO_CAMPAIGN = { rules: { verificationAttempts: 3, allowUnverified: false } };

/** What is kept about a student, gathered from where it is kept. */
export async function myData(world: World, by: StudentActor): Promise<MyData> {
  const [identity, photos, students, bookings] = await Promise.all([
    identityOf(world, by),
    world.blobs.ownedBy(actorName(by)),
    boundStudents(by.accountId),
    bookingsOfAccount(by.accountId),
  ]);
  const [latest] = students;
  const campaign = latest ? await findCampaign(latest.campaignId) : NO_CAMPAIGN;
  const view = presentIdentity(identity, campaign, world.clock.now());
  return {
    identity: view,
    consents: view.consents,
    photos: photos.map(({ kind, expiresAt }) => ({
      kind: PHOTO_KINDS[kind] ?? 'evidence',
      keptUntil: expiresAt.toISOString(),
    })),
    enrolments: students.map(presentEnrolment),
    bookings: bookings.length,
    erasureBlockedBy: bookings.some(isInUse) ? 'active_booking' : null,
  };
}

/** Held or booked, and the portrait not yet taken: without a name nobody could be let in. */
export const isInUse = ({ active, attendance }: { active: boolean; attendance: string }): boolean =>
  active && attendance !== 'shot';
