import type { CampaignLine } from '../../../shared/contract/reports';
import { placedBookings, type ShotFacts } from '../bookings/shot-days';
import {
  paidOrdersOfCampaign,
  type ReportedOrder,
  receivedParts,
  refundParts,
} from '../payments/reported-orders';
import { studentsOnReport } from '../roster/find-student';
import type { Asked } from './asked';
import { amountsOf } from './list-orders';
import { campaignsAsked } from './movements';
import { campaignNames, NOBODY, whoseOf } from './whose';

/** Each campaign of an account by college: what was photographed, what was paid, and what is left of it by fee item. */
export async function sumCampaigns(asked: Pick<Asked, 'merchant' | 'campaignId'>): Promise<CampaignLine[]> {
  const names = await campaignNames(asked.merchant.schoolId);
  const lines: CampaignLine[] = [];
  for (const campaignId of await campaignsAsked(asked)) {
    const colleges = new Colleges(campaignId, names.get(campaignId) ?? '');
    for await (const orders of paidOrdersOfCampaign(asked.merchant.mchid, campaignId)) {
      const whose = await whoseOf(orders, names);
      for (const order of orders) addOrder(colleges.line((whose.get(order._id) ?? NOBODY).college), order);
    }
    for await (const bookings of placedBookings(campaignId)) {
      const students = await studentsOnReport(bookings.map(({ studentId }) => studentId));
      const collegeOf = new Map(students.map(({ _id, college }) => [_id, college]));
      for (const booking of bookings)
        addBooking(colleges.line(collegeOf.get(booking.studentId) ?? ''), booking);
    }
    lines.push(...colleges.inOrder());
  }
  return lines;
}

class Colleges {
  private readonly lines = new Map<string, CampaignLine>();

  constructor(
    private readonly campaignId: string,
    private readonly campaign: string,
  ) {}

  line(college: string): CampaignLine {
    const known = this.lines.get(college);
    if (known) return known;
    const { campaignId, campaign } = this;
    const empty: CampaignLine = {
      campaignId,
      campaign,
      college,
      shots: 0,
      shotUnpaid: 0,
      shotWaived: 0,
      paidWithoutShot: 0,
      payments: 0,
      receivedFen: 0,
      refundedFen: 0,
      refundingFen: 0,
      asideFen: 0,
      items: [],
    };
    this.lines.set(college, empty);
    return empty;
  }

  inOrder(): CampaignLine[] {
    return [...this.lines.values()].sort((a, b) => a.college.localeCompare(b.college, 'zh-CN'));
  }
}

function addBooking(line: CampaignLine, { shotDay, payment, place }: ShotFacts): void {
  if (shotDay !== null) {
    line.shots += 1;
    if (payment === 'unpaid' || payment === 'owed') line.shotUnpaid += 1;
    if (payment === 'waived') line.shotWaived += 1;
  } else if (payment === 'paid' && place === 'booked') line.paidWithoutShot += 1;
}

function addOrder(line: CampaignLine, order: ReportedOrder): void {
  const { receivedFen, refundedFen, refundingFen } = amountsOf(order);
  line.payments += 1;
  line.receivedFen += receivedFen;
  line.refundedFen += refundedFen;
  line.refundingFen += refundingFen;
  for (const { code, name, fen } of receivedParts(order)) addItem(line, code, name, fen);
  for (const refund of order.refunds.filter(({ state }) => state !== 'closed')) {
    for (const { code, name, fen } of refundParts(order, refund)) addItem(line, code, name, -fen);
  }
}

function addItem(line: CampaignLine, code: string, name: string, fen: number): void {
  if (code === '') {
    line.asideFen += fen;
    return;
  }
  const known = line.items.find((item) => item.code === code);
  if (known) known.netFen += fen;
  else line.items.push({ code, name, netFen: fen });
}
