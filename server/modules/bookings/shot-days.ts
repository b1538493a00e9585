import { type Booking, Bookings } from './model';

/** Of a booking, what a report of money needs. */
export type ShotFacts = Pick<Booking, '_id' | 'campaignId' | 'studentId' | 'place' | 'payment'> & {
  /** Asia/Shanghai; null when nobody was photographed. */
  shotDay: string | null;
};

type Thin = Pick<Booking, '_id' | 'campaignId' | 'studentId' | 'place' | 'payment' | 'attendance'> & {
  arrival: Pick<NonNullable<Booking['arrival']>, 'day'> | null;
};

const FIELDS = {
  campaignId: 1,
  studentId: 1,
  place: 1,
  payment: 1,
  attendance: 1,
  'arrival.day': 1,
} as const;
const BATCH = 500;

/** On which day the students of some bookings were photographed. */
export const shotFactsOf = async (bookingIds: readonly string[]): Promise<ShotFacts[]> =>
  (await Bookings.find({ _id: { $in: [...bookingIds] } }, FIELDS).lean<Thin[]>()).map(factsOf);

/**
 * Who was photographed from one day to another, both included, a few hundred at a time, in the order of days, rooms and
 * numbers.
 *
 * @param skip so many are left out at the beginning
 */
export async function* shotBetween(
  campaignId: string,
  { from, to }: { from: string; to: string },
  skip = 0,
): AsyncGenerator<ShotFacts[]> {
  const shot = Bookings.find(
    { campaignId, 'arrival.day': { $gte: from, $lte: to }, attendance: 'shot' },
    FIELDS,
  )
    .sort({ 'arrival.day': 1, 'arrival.room': 1, 'arrival.shotNumber': 1 })
    .skip(skip);
  yield* inBatches(shot.lean<Thin[]>().cursor({ batchSize: BATCH }));
}

/** Who has, or had, to do with money or camera in a campaign: placed, paid or photographed. */
export async function* placedBookings(campaignId: string): AsyncGenerator<ShotFacts[]> {
  const active = Bookings.find({ campaignId, active: true }, FIELDS);
  yield* inBatches(active.lean<Thin[]>().cursor({ batchSize: BATCH }));
}

async function* inBatches(found: AsyncIterable<Thin>): AsyncGenerator<ShotFacts[]> {
  let batch: ShotFacts[] = [];
  for await (const booking of found) {
    batch.push(factsOf(booking));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const factsOf = ({ attendance, arrival, ...facts }: Thin): ShotFacts => ({
  ...facts,
  shotDay: attendance === 'shot' ? (arrival?.day ?? null) : null,
});
