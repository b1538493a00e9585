import { AppError } from '../../errors';
import type { StaffActor } from '../../http/actor';

/** A phone works at the rooms it is enrolled for; at every room when none is named. @throws AppError NOT_ALLOWED */
export function refuseForeignRoom({ rooms }: StaffActor, room: string): void {
  if (rooms.length > 0 && !rooms.includes(room)) throw new AppError('NOT_ALLOWED');
}
