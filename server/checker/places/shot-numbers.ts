import type { Findings } from '../findings';
import type { Booking } from '../reading/documents';
import type { Records } from '../reading/records';
import { NumberSet } from './number-set';

const KEY = /^(\d{4}-\d{2}-\d{2}\|.+)\|(\d{6,7})$/;

/** Shot numbers (拍摄序号) are given once per campaign, day and room, those of taken-back arrivals included. */
export class ShotNumbers {
  private readonly given = new Map<string, NumberSet>();

  constructor(
    private readonly records: Records,
    private readonly findings: Findings,
  ) {}

  async take(booking: Booking): Promise<void> {
    const { id, campaignId, shotKeys, arrival } = booking;
    for (const key of shotKeys) {
      if (!KEY.test(key)) this.report('shot-number-unclaimed', id, `has shot number "${key}", which is none`);
      else if (!this.isFirst(campaignId, key) && (await this.isTwice(campaignId, key)))
        this.report('shot-number-twice', id, `has shot number ${key}, which was given twice`);
    }
    if (arrival && !shotKeys.some((key) => isKeyOf(key, arrival)))
      this.report(
        'shot-number-unclaimed',
        id,
        `arrived as number ${arrival.shotNumber} of ${arrival.room} on ${arrival.day}, which nothing reserves`,
      );
    if (booking.attendance !== 'expected' && !arrival)
      this.report('shot-number-unclaimed', id, `is ${booking.attendance} without an arrival`);
  }

  private isFirst(campaignId: string, key: string): boolean {
    const [, room, number] = KEY.exec(key) ?? [];
    if (room === undefined || number === undefined) return true;
    const numbers = this.given.get(`${campaignId} ${room}`) ?? new NumberSet();
    this.given.set(`${campaignId} ${room}`, numbers);
    return numbers.add(Number(number));
  }

  /** Asked of the database once more: by how many bookings, and how often in each. */
  private async isTwice(campaignId: string, key: string): Promise<boolean> {
    let times = 0;
    const holders = this.records
      .collection('bookings')
      .find({ campaignId, shotKeys: key }, { projection: { shotKeys: 1 } });
    for await (const { shotKeys } of holders)
      times += Array.isArray(shotKeys) ? shotKeys.filter((one) => one === key).length : 1;
    return times > 1;
  }

  private report(rule: 'shot-number-twice' | 'shot-number-unclaimed', id: string, sentence: string): void {
    this.findings.add({ rule, subject: `booking ${id}`, sentence, fen: 0 });
  }
}

const isKeyOf = (key: string, { day, room, shotNumber }: NonNullable<Booking['arrival']>): boolean => {
  const [, place, number] = KEY.exec(key) ?? [];
  return place === `${day}|${room}` && Number(number) === shotNumber;
};
