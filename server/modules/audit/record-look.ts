import { actorName, type StaffActor, type UserActor } from '../../http/actor';
import type { World } from '../../world';
import { AuditLines } from './model';

/**
 * Writes down that somebody sees, or takes away, what is personal. Before they do: who cannot be recorded sees nothing.
 *
 * @param subject "identity:<id>", "campaign:<id>" …
 * @param facts no personal data
 */
export async function recordLook(
  world: Pick<World, 'clock' | 'ids'>,
  by: UserActor | StaffActor,
  { verb, subject, facts = {} }: { verb: string; subject: string; facts?: { [name: string]: unknown } },
): Promise<void> {
  await AuditLines.create({
    _id: world.ids.id(),
    at: world.clock.now(),
    schoolId: by.schoolId,
    actor: actorName(by),
    verb,
    subject,
    facts,
  });
}

/** Whether somebody has been written down to have seen something since then. */
export const wasLookedAt = async (
  look: { actor: string; verb: string; subject: string },
  since: Date,
): Promise<boolean> => (await AuditLines.exists({ ...look, at: { $gte: since } })) !== null;
