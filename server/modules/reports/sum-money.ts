import type { MoneyGroup, MoneySummary, ReportDay } from '../../../shared/contract/reports';
import { NO_MONEY } from '../../../shared/domain/money-days';
import type { World } from '../../world';
import { findOwnCampaign } from '../campaigns/find-campaign';
import type { BillDay } from '../reconciliation/model';
import { billDaysIn } from '../reconciliation/report-days';
import { type Asked, refuseSpan } from './asked';
import { type Movement, movementsOf, ordersOfShots } from './movements';
import { campaignNames, NOBODY, whoseOf } from './whose';

/**
 * All the money of a span by day, and the same money by campaign, college and fee item. Read as a stream: memory grows
 * with days and colleges, not with payments.
 *
 * @throws AppError BAD_REQUEST for a span that cannot be; NOT_FOUND for another school's campaign
 */
export async function sumMoney(world: Pick<World, 'clock'>, asked: Asked): Promise<MoneySummary> {
  refuseSpan(asked);
  if (asked.campaignId !== undefined) await findOwnCampaign(asked.merchant, asked.campaignId);
  const days = new Map<string, ReportDay>();
  const groups = new Map<string, MoneyGroup>();
  const campaigns = await campaignNames(asked.merchant.schoolId);
  for await (const movements of movementsOf(asked)) {
    const whose = await whoseOf(
      movements.map(({ order }) => order),
      campaigns,
    );
    for (const movement of movements) {
      addToDay(dayOf(days, movement.day), movement);
      const { college, campaign } = whose.get(movement.order._id) ?? NOBODY;
      addToGroups(groups, movement, { college, campaign });
    }
  }
  if (asked.by === 'shot') await countShots(asked, days);
  // A bill is of the whole account, and of the days on which money moved.
  else if (asked.campaignId === undefined) await addFooters(asked, days);
  return {
    at: world.clock.now().toISOString(),
    by: asked.by,
    days: [...days.values()].sort((a, b) => a.day.localeCompare(b.day)),
    groups: [...groups.values()].sort(inReadingOrder),
  };
}

function addToDay({ ours }: ReportDay, { refund, parts }: Movement): void {
  const fen = parts.reduce((sum, part) => sum + part.fen, 0);
  if (refund) {
    ours.refunds += 1;
    ours.refundedFen += fen;
  } else {
    ours.payments += 1;
    ours.paidFen += fen;
  }
}

function addToGroups(
  groups: Map<string, MoneyGroup>,
  { order: { campaignId }, refund, parts }: Movement,
  names: { college: string; campaign: string },
): void {
  for (const { code, name: item, fen } of parts) {
    const key = JSON.stringify([campaignId, names.college, code]);
    const group = groups.get(key) ?? { campaignId, ...names, code, item, ...NO_MONEY };
    groups.set(key, group);
    if (refund) {
      group.refunds += 1;
      group.refundedFen += fen;
    } else {
      group.payments += 1;
      group.paidFen += fen;
    }
  }
}

async function countShots(asked: Asked, days: Map<string, ReportDay>): Promise<void> {
  for await (const { shotDays } of ordersOfShots(asked)) {
    for (const day of shotDays.values()) dayOf(days, day).shots += 1;
  }
}

async function addFooters({ merchant, ...span }: Asked, days: Map<string, ReportDay>): Promise<void> {
  for (const bill of await billDaysIn(merchant._id, span)) {
    const isIdle = !days.has(bill.day) && bill.differences === 0 && (bill.theirs?.rows ?? 0) === 0;
    if (!isIdle) Object.assign(dayOf(days, bill.day), footerOf(bill));
  }
}

const footerOf = ({ theirs, state, signOff, differences }: BillDay) => ({
  theirs: theirs && {
    payments: theirs.payments,
    paidFen: theirs.paidFen,
    refunds: theirs.refunds,
    refundedFen: theirs.refundedFen,
    feeFen: theirs.feeFen,
  },
  state: signOff?.kind === 'close' ? ('to_review' as const) : state,
  differences,
});

function dayOf(days: Map<string, ReportDay>, day: string): ReportDay {
  const known = days.get(day);
  if (known) return known;
  const empty = { day, ours: { ...NO_MONEY }, theirs: null, state: null, differences: 0, shots: 0 };
  days.set(day, empty);
  return empty;
}

const inReadingOrder = (a: MoneyGroup, b: MoneyGroup): number =>
  a.campaignId.localeCompare(b.campaignId) ||
  a.college.localeCompare(b.college, 'zh-CN') ||
  a.code.localeCompare(b.code);
