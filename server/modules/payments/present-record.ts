import type { OrderRecord, RefundRecord } from '../../../shared/contract/orders';
import { maskName } from '../../../shared/domain/person-name';
import { AppError } from '../../errors';
import { findBookings } from '../bookings/find-booking';
import { findStudents } from '../roster/find-student';
import type { Order, Proposal, Refund } from './model';
import { isRenewed } from './refused-refunds';
import { receivedFen, refundableFen, refundedFen } from './totals';

/** Orders for finance, with whose they are and what became of the place. */
export async function presentRecords(
  reader: { userId: string },
  orders: readonly Order[],
): Promise<OrderRecord[]> {
  const [students, bookings] = await Promise.all([
    findStudents(orders.map(({ studentId }) => studentId)),
    findBookings(orders.map(({ bookingId }) => bookingId)),
  ]);
  const studentOf = new Map(students.map((student) => [student._id, student]));
  const bookingOf = new Map(bookings.map((booking) => [booking._id, booking]));
  return orders.map((order) => {
    const student = studentOf.get(order.studentId);
    const booking = bookingOf.get(order.bookingId) ?? null;
    if (!booking && !order.foundBy) {
      throw new AppError('INTERNAL', {}, { cause: new Error(`order ${order._id} without booking`) });
    }
    return {
      orderNo: order._id,
      campaignId: order.campaignId,
      bookingId: order.bookingId,
      student: {
        studentNo: student?.studentNo ?? '',
        name: maskName(student?.name ?? ''),
        college: student?.college ?? '',
      },
      mchid: order.mchid,
      state: order.state,
      feeItems: order.feeItems,
      totalFen: order.totalFen,
      payerTotalFen: order.payerTotalFen,
      receivedFen: receivedFen(order),
      refundedFen: refundedFen(order),
      refundableFen: refundableFen(order),
      transactionId: order.transactionId ?? null,
      createdAt: order.createdAt.toISOString(),
      expiresAt: order.expiresAt.toISOString(),
      paidAt: order.paidAt?.toISOString() ?? null,
      closedAt: order.closedAt?.toISOString() ?? null,
      quarantine: order.quarantine && {
        reason: order.quarantine.reason,
        receivedFen: order.quarantine.receivedFen,
        currency: order.quarantine.currency,
      },
      refunds: order.refunds.map((refund) => presentRefundRecord(reader, order, refund)),
      proposals: order.proposals.map((proposal) => presentProposal(reader, proposal)),
      booking: booking && {
        place: booking.place,
        payment: booking.payment,
        attendance: booking.attendance,
      },
    };
  });
}

export const presentRefundRecord = (
  reader: { userId: string },
  order: Order,
  refund: Refund,
): RefundRecord => ({
  refundNo: refund.refundNo,
  state: refund.state,
  amountFen: refund.amountFen,
  items: refund.items,
  reason: refund.reason,
  requestedAt: refund.requestedAt.toISOString(),
  dueDay: refund.dueDay,
  acceptedAt: refund.acceptedAt?.toISOString() ?? null,
  succeededAt: refund.succeededAt?.toISOString() ?? null,
  trouble: refund.trouble,
  renewed: isRenewed(order, refund),
  redirect: refund.redirect
    ? {
        bankType: refund.redirect.bankType,
        cardEnding: refund.redirect.cardEnding,
        by: refund.redirect.by.name,
        at: refund.redirect.at.toISOString(),
        mine: refund.redirect.by.userId === reader.userId,
      }
    : null,
});

export const presentProposal = (
  reader: { userId: string },
  proposal: Proposal,
): OrderRecord['proposals'][number] => ({
  id: proposal.id,
  kind: proposal.kind,
  items: proposal.items,
  reason: proposal.reason,
  endsPlace: proposal.endsPlace,
  state: proposal.state,
  by: proposal.by.name,
  at: proposal.at.toISOString(),
  decidedBy: proposal.decidedBy?.name ?? null,
  decidedAt: proposal.decidedAt?.toISOString() ?? null,
  note: proposal.note,
  mine: proposal.by.userId === reader.userId,
});
