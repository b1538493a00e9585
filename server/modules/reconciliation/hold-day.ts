import { addMinutes } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type BillDay, BillDays } from './model';

/** Long enough for a bill of a million rows; then whoever began is taken for dead. */
const BUSY_MINUTES = 10;

export const isBusy = ({ busyUntil }: BillDay, now: Date): boolean => busyUntil !== null && busyUntil > now;

/**
 * Works on a day that nobody else works on meanwhile. The claim only saves work: what `work` writes is guarded by the
 * day's version, so that two who hold it at once, because a clock jumped, do no harm.
 *
 * @param work ends by letting go of the day (`busyUntil: null`) in its last write
 * @throws AppError DAY_BUSY, DAY_CLOSED
 */
export async function holdDay(
  world: World,
  by: string,
  day: BillDay,
  work: (held: BillDay) => Promise<BillDay>,
): Promise<BillDay> {
  const now = world.clock.now();
  if (day.state === 'closed') throw new AppError('DAY_CLOSED');
  if (isBusy(day, now)) throw new AppError('DAY_BUSY');
  const busyUntil = addMinutes(now, BUSY_MINUTES);
  const held = await changeRecord(
    BillDays,
    { _id: day._id, version: day.version },
    { $set: { busyUntil } },
    line(world, by, 'bill.begin'),
  );
  if (!held) throw new AppError('DAY_BUSY');
  try {
    return await work(held);
  } catch (cause) {
    await letGo(world, by, day._id, busyUntil, cause);
    throw cause;
  }
}

async function letGo(world: World, by: string, _id: string, busyUntil: Date, cause: unknown): Promise<void> {
  const trouble = cause instanceof AppError ? cause.publicMessage : '系统出错，稍后会自动再试。';
  await changeRecord(
    BillDays,
    { _id, busyUntil },
    { $set: { busyUntil: null, trouble } },
    line(world, by, 'bill.trouble', { code: cause instanceof AppError ? cause.code : 'INTERNAL' }),
  );
}
