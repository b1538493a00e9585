import { AppError } from '../../errors';
import { duplicateKey } from '../../platform/mongo/failures';
import { markTaken, type SeatedSession, suggestSeat } from './seats';

/**
 * Offers seats to `write` until the unique index accepts one. Every refusal teaches the map one taken seat, so it ends
 * after at most as many attempts as there are seats.
 *
 * @param write one database write that claims the seat; null when it claimed nothing, for a reason of its own
 * @throws AppError SOLD_OUT; whatever else `write` throws, among it E11000 of other indexes
 */
export async function takeSeat<T>(session: SeatedSession, write: (seatNo: number) => Promise<T>): Promise<T> {
  for (;;) {
    const seatNo = await suggestSeat(session);
    if (seatNo === null) throw new AppError('SOLD_OUT');
    try {
      const written = await write(seatNo);
      if (written !== null) markTaken(session._id, seatNo);
      return written;
    } catch (error) {
      if (!duplicateKey(error)?.includes('seatNo')) throw error;
      markTaken(session._id, seatNo);
    }
  }
}
