/** The contract's shapes by name; types only, so that no validator travels to the phone. */
import type { MakeUpChoice } from '../../shared/contract/make-up';

export type {
  BookingView,
  HomeView,
  OpenSession,
  OrderView,
  RefundView,
} from '../../shared/contract/bookings';
export type { CampaignView } from '../../shared/contract/campaigns';
export type { MakeUpChoice } from '../../shared/contract/make-up';
export type { Verdict } from '../../shared/contract/onsite';
export type { EnrolmentView, IdCardReading, IdentityView } from '../../shared/contract/verification';

export interface MakeUpDayView {
  day: string;
  choices: readonly MakeUpChoice[];
}
