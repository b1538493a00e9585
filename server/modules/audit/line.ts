import type { TrailLine } from '../../platform/mongo/record';
import type { World } from '../../world';

/** A line for a record's trail. Facts never hold a document or card number, and a name only where it was corrected. */
export const line = (
  world: Pick<World, 'clock' | 'ids'>,
  actor: string,
  verb: string,
  facts: TrailLine['facts'] = {},
): TrailLine => ({ id: world.ids.id(), at: world.clock.now(), actor, verb, facts });
