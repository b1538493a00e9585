import type { BookingView, HomeCard, HomeView, OrderView } from '../../../shared/contract/bookings';
import type { EnrolmentView, IdentityView } from '../../../shared/contract/verification';
import { type HomeFacts, homeKind, photoCheckFrom, track } from '../../../shared/domain/home-state';
import { makeUpStage } from '../../../shared/domain/make-up-slots';
import { shanghaiDay } from '../../../shared/domain/time';
import { campaignAt, sessionOf } from './campaign';
import { codeAt, NOBODY } from './people';

export const OWN_SESSION = sessionOf('计算机科学与技术');

/** One student's world. The card on the home page follows from it by the rules of shared/domain. */
export interface FakeState {
  now: Date;
  hasCampaign: boolean;
  collectionClosedAt: Date | null;
  /** Make-up places are booked here, not only told of. */
  makeUpBookable: boolean;
  identity: IdentityView;
  hasConflict: boolean;
  enrolment: EnrolmentView | null;
  booking: BookingView | null;
  photoCheck: 'right' | 'wrong' | null;
  announcements: HomeView['announcements'];
  /** Of bookings that are over. */
  pastOrders: readonly OrderView[];
}

export const FRESH: FakeState = {
  now: new Date('2022-11-16T10:20:00+08:00'),
  hasCampaign: true,
  collectionClosedAt: null,
  makeUpBookable: false,
  identity: NOBODY,
  hasConflict: false,
  enrolment: null,
  booking: null,
  photoCheck: null,
  announcements: [],
  pastOrders: [],
};

export function homeOf(state: FakeState): HomeView {
  const { now, identity, enrolment, booking } = state;
  const campaign = state.hasCampaign ? campaignAt(now, state) : null;
  const phase = campaign?.phase ?? null;
  const facts: HomeFacts = {
    phase: phase === 'settled' ? 'over' : phase,
    today: shanghaiDay(now),
    identity: identity.status,
    hasConflict: state.hasConflict,
    enrolment: enrolment && { confirmed: enrolment.confirmedAt !== null },
    makeUpOpen: makeUpStage({ makeUp: campaign?.makeUp ?? null, ...state }, now) === 'open',
    booking: booking && {
      place: booking.place,
      payment: booking.payment,
      attendance: booking.attendance,
      orderOpen: isOpen(booking.order),
      holdExpired: booking.holdExpiresAt !== null && Date.parse(booking.holdExpiresAt) <= now.getTime(),
      missed: isMissed(state),
      shotDay: booking.shotAt === null ? null : shanghaiDay(new Date(booking.shotAt)),
    },
  };
  const kind = homeKind(facts);
  return {
    now: now.toISOString(),
    campaign,
    card: cardOf(kind, state),
    track: track(kind, facts),
    identity: campaign && identity,
    enrolment,
    booking,
    code: kind === 'booked' ? codeAt(now) : null,
    queue: kind === 'arrived' ? { room: 'C区202', ahead: 6, minutes: 2 } : null,
    announcements: [...state.announcements],
  };
}

const isOpen = (order: OrderView | null) => order?.status === 'to_pay' || order?.status === 'confirming';

/** Paid, the time gone by, no shot. */
const isMissed = ({ booking, collectionClosedAt }: FakeState) =>
  booking?.place === 'booked' &&
  booking.attendance !== 'shot' &&
  collectionClosedAt !== null &&
  booking.session?.isMakeUp !== true;

function cardOf(kind: HomeCard['kind'], state: FakeState): HomeCard {
  const { booking } = state;
  if (kind === 'not_open') return { kind, opensAt: '2022-11-15T00:00:00.000Z' };
  if (kind === 'book') return { kind, ownSession: OWN_SESSION };
  if (kind === 'make_up') return { kind, until: '2023-04-30', isPaid: isMissed(state) };
  if (kind === 'check_photo') {
    const since = photoCheckFrom(shanghaiDay(new Date(booking?.shotAt ?? 0)));
    return { kind, since, result: state.photoCheck };
  }
  return { kind };
}
