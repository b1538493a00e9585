import type { World } from '../../world';
import type { Student } from './model';

/** A correction is answered: nobody needs its proof any more. What a crash leaves here, the database ends by itself. */
export async function dropProof(world: World, { correction }: Pick<Student, 'correction'>): Promise<void> {
  if (correction?.photoId) await world.blobs.delete(correction.photoId);
}
