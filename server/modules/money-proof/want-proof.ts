import { SYSTEM } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { allMerchants } from '../campaigns/merchants';
import { type MoneyProof, MoneyProofs, type Person } from './model';

export const findProof = (schoolId: string): Promise<MoneyProof | null> =>
  MoneyProofs.findById(schoolId).lean<MoneyProof>();

/** Has a school's money proved, soon and by whichever process is free. A later wish takes in the earlier. */
export async function wantProof(
  world: Pick<World, 'clock' | 'ids' | 'effects'>,
  schoolId: string,
  by: Person | null,
): Promise<MoneyProof> {
  const now = world.clock.now();
  const asked = line(world, by ? `user:${by.userId}` : SYSTEM, 'money-proof.want');
  const effect = world.effects.scheduled(`prove:${asked.id}`, 'prove-money', now);
  const wish = { wantedAt: now, wantedBy: by };
  // The hourly proof leaves no line of its own: the trail would grow for ever by what nobody did.
  const known = by
    ? await changeRecord(MoneyProofs, { _id: schoolId }, { $set: wish }, asked, [effect])
    : await MoneyProofs.findOneAndUpdate(
        { _id: schoolId },
        { $set: wish, $push: { effects: effect }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      ).lean<MoneyProof>();
  if (known) return known;
  try {
    return await insertRecord<MoneyProof>(MoneyProofs, {
      ...newRecord(schoolId, asked, [effect]),
      schoolId,
      ...wish,
      busyUntil: null,
      trouble: null,
      latest: null,
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    return wantProof(world, schoolId, by);
  }
}

const HOUR_MS = 3_600_000;

/** The hourly proof of every school with a merchant account. Those proved within the hour are left alone. */
export async function wantDueProofs(world: Pick<World, 'clock' | 'ids' | 'effects'>): Promise<void> {
  const schools = new Set((await allMerchants()).map(({ schoolId }) => schoolId));
  const since = new Date(world.clock.now().getTime() - HOUR_MS);
  for (const schoolId of schools) {
    const known = await findProof(schoolId);
    if (!known || known.wantedAt <= since) await wantProof(world, schoolId, null);
  }
}
