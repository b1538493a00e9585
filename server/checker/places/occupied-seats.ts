import type { Findings } from '../findings';
import type { Booking, Session } from '../reading/documents';
import type { Records } from '../reading/records';
import { NumberSet } from './number-set';

interface SessionCount {
  seats: NumberSet;
  /** Active bookings with a seat from 1 to the capacity. */
  within: number;
}

/**
 * Counts who sits where. What looks taken twice is asked of the database once more, since a booking may have moved
 * away between the reading of one and of the other.
 */
export class OccupiedSeats {
  taken = 0;
  private readonly counts = new Map<string, SessionCount>();

  constructor(
    private readonly records: Records,
    private readonly sessions: ReadonlyMap<string, Session>,
    private readonly findings: Findings,
  ) {}

  async take({ id, active, sessionId, seatNo }: Booking): Promise<void> {
    if (!active || seatNo === null || sessionId === null) return;
    this.taken += 1;
    const session = this.sessions.get(sessionId);
    if (!session || seatNo < 1 || seatNo > session.capacity) return;
    const count = this.counts.get(sessionId) ?? { seats: new NumberSet(), within: 0 };
    this.counts.set(sessionId, count);
    count.within += 1;
    if (count.seats.add(seatNo)) return;
    const others = await this.others(id, sessionId, seatNo);
    if (others.length === 0) return;
    const sentence = `has seat ${seatNo} of session ${sessionId}, as has booking ${others.join(', ')}`;
    this.findings.add({ rule: 'seat-twice', subject: `booking ${id}`, sentence, fen: 0 });
  }

  /** After all bookings: no session has more of them than seats, whatever their seat numbers say. */
  async checkTotals(): Promise<void> {
    for (const [id, { within }] of this.counts) {
      const capacity = this.sessions.get(id)?.capacity ?? 0;
      if (within <= capacity) continue;
      const now = await this.records
        .collection('bookings')
        .countDocuments({ sessionId: id, active: true, seatNo: { $gte: 1, $lte: capacity } });
      if (now <= capacity) continue;
      const sentence = `has ${now} bookings on ${capacity} seats`;
      this.findings.add({ rule: 'session-overfull', subject: `session ${id}`, sentence, fen: 0 });
    }
  }

  private async others(id: string, sessionId: string, seatNo: number): Promise<string[]> {
    const now = this.records
      .collection('bookings')
      .find({ sessionId, active: true, seatNo }, { projection: { _id: 1 } });
    const ids: string[] = [];
    for await (const { _id } of now) ids.push(String(_id));
    return ids.includes(id) ? ids.filter((other) => other !== id) : [];
  }
}
