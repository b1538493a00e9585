import { AppError } from '../../errors';
import type { StudentActor } from '../../http/actor';
import type { World } from '../../world';
import type { Campaign } from '../campaigns/model';
import { claimEnrolment, type KnownPerson } from './claim-enrolment';

/**
 * Right after the identity is known: most students are found by their document without being asked anything more. Who
 * is not, is asked for the student number; a conflict waits for staff already.
 */
export async function tryClaim(
  world: World,
  by: StudentActor,
  campaign: Campaign,
  person: KnownPerson,
): Promise<void> {
  try {
    await claimEnrolment(world, by, {
      campaignId: campaign._id,
      person,
      studentNo: undefined,
      contact: campaign.registryOffice,
    });
  } catch (error) {
    const expected =
      error instanceof AppError && (error.code === 'NOT_ON_ROSTER' || error.code === 'STUDENT_TAKEN');
    if (!expected) throw error;
  }
}
