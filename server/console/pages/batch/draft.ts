import type { CampaignAdminView, CampaignDraft } from '../../../../shared/contract/campaigns';
import { shanghaiStamp } from '../../../../shared/domain/time';

/** What the service takes back of what it showed. */
export const draftOf = (campaign: CampaignAdminView): CampaignDraft => ({
  name: campaign.name,
  merchantId: campaign.merchantId,
  graduationYear: campaign.graduationYear,
  feeItems: campaign.feeItems,
  feeBasis: campaign.feeBasis,
  place: campaign.place,
  rooms: campaign.rooms,
  collectionDays: campaign.collectionDays,
  announced: campaign.announced,
  bookingOpensAt: campaign.bookingOpensAt,
  bookingClosesAt: campaign.bookingClosesAt,
  rules: campaign.rules,
  contacts: campaign.contacts,
  registryOffice: campaign.registryOffice,
  makeUp: campaign.makeUp,
});

/** A draft as the form edits it: instants as the Shanghai time, "2022-11-18T22:00", "" for none. */
export type CampaignForm = Omit<CampaignDraft, 'bookingOpensAt' | 'bookingClosesAt'> & {
  bookingOpensAt: string;
  bookingClosesAt: string;
};

export const formOf = (draft: CampaignDraft): CampaignForm => ({
  ...draft,
  bookingOpensAt: localTime(draft.bookingOpensAt),
  bookingClosesAt: localTime(draft.bookingClosesAt),
});

export const draftFrom = (before: CampaignDraft, form: CampaignForm): CampaignDraft => ({
  ...before,
  ...form,
  bookingOpensAt: instant(form.bookingOpensAt),
  bookingClosesAt: instant(form.bookingClosesAt),
});

/** The usual hours of an agency; what only the school knows is empty. */
export const BLANK_MAKE_UP: NonNullable<CampaignDraft['makeUp']> = {
  deadline: '',
  place: '',
  weekdays: [2, 3, 4, 5, 6, 0],
  hours: [
    { from: '09:00', to: '12:00' },
    { from: '14:00', to: '18:00' },
  ],
  closedOnPublicHolidays: true,
  metro: '',
  busLines: [],
  parking: '',
  phone: '',
  phoneHours: [],
  email: '',
  notes: [],
  bookable: null,
};

export const BLANK_DRAFT: CampaignDraft = {
  name: '',
  merchantId: '',
  graduationYear: new Date().getFullYear() + 1,
  feeItems: [{ code: 'shooting', name: '拍摄费', amountFen: 1500 }],
  feeBasis: '',
  place: '',
  rooms: [],
  collectionDays: [],
  announced: false,
  bookingOpensAt: null,
  bookingClosesAt: null,
  rules: {
    lineUpLeadMinutes: 15,
    holdMinutes: 15,
    allowUnverified: true,
    allowOtherSessions: false,
    verificationAttempts: 3,
    reserveSeats: 0,
    secondDegree: 'with_same_major',
  },
  contacts: [],
  registryOffice: '',
  makeUp: null,
};

const localTime = (at: string | null): string =>
  at === null ? '' : shanghaiStamp(new Date(at)).slice(0, 16).replace(' ', 'T');

const instant = (local: string): string | null => (local ? `${local}:00+08:00` : null);
