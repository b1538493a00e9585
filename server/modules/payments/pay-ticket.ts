import type { PayTicketView } from '../../../shared/contract/payments';
import { maskName } from '../../../shared/domain/person-name';
import type { Booking } from '../bookings/model';
import { findCampaign } from '../campaigns/find-campaign';
import { findStudent } from '../roster/find-student';

/** A walk-in for whoever pays for it: a parent, a classmate, the student. */
export async function presentPayTicket(booking: Booking): Promise<PayTicketView> {
  const [campaign, student] = await Promise.all([
    findCampaign(booking.campaignId),
    findStudent(booking.studentId),
  ]);
  return {
    name: maskName(student?.name ?? ''),
    className: student?.className ?? '',
    campaignName: campaign.name,
    feeItems: booking.feeItems,
    amountFen: booking.amountFen,
    state: stateOf(booking),
  };
}

function stateOf({ place, payment }: Booking): PayTicketView['state'] {
  if (payment === 'paid') return 'paid';
  if (payment === 'waived') return 'nothing_to_pay';
  return place === 'booked' ? 'to_pay' : 'cancelled';
}
