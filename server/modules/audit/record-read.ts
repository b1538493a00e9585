import { type Actor, actorName } from '../../http/actor';
import type { World } from '../../world';
import { AuditLines } from './model';

/** Someone saw what is worth a line of its own: a full document number, an ID photo, an export. Written before it is shown. */
export async function recordRead(
  world: World,
  actor: Actor,
  what: { verb: string; subject: string; schoolId: string; facts?: { [name: string]: unknown } },
): Promise<void> {
  await AuditLines.create({
    _id: world.ids.id(),
    at: world.clock.now(),
    schoolId: what.schoolId,
    actor: actorName(actor),
    verb: what.verb,
    subject: what.subject,
    facts: what.facts ?? {},
  });
}
