/** The contract's shapes by name; types only, so that no validator travels to the phone. */
export type {
  BookingCode,
  BookingView,
  HomeCard,
  HomeView,
  OpenSession,
  OrderView,
  RefundView,
} from '../../shared/contract/bookings';
export type { CampaignView, SessionView, TimetableHit } from '../../shared/contract/campaigns';
export type { Verdict } from '../../shared/contract/onsite';
export type { EnrolmentView, IdCardReading, IdentityView } from '../../shared/contract/verification';
