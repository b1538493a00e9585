import type { BookingCode } from '../../../shared/contract/bookings';
import type { EnrolmentView, IdentityView } from '../../../shared/contract/verification';
import { signBookingToken } from '../../../shared/domain/booking-token';
import { phoneKeyPair } from '../../../shared/domain/ed25519';
import { addMinutes } from '../../../shared/domain/time';
import { CAMPAIGN_ID } from './campaign';

export const BOOKING_ID = 'b00000000000000000000001';
const KEYS = phoneKeyPair(new Uint8Array(32).fill(7));

export const NOBODY: IdentityView = {
  status: 'none',
  name: null,
  documentMasked: null,
  attemptsLeft: 3,
  attemptsBackAt: null,
  consents: [],
  mayBookUnverified: false,
  reviewAnswer: null,
};

export const VERIFIED: IdentityView = {
  ...NOBODY,
  status: 'verified',
  name: '李*禾',
  documentMasked: '530*************28',
};

export const ENROLMENT: EnrolmentView = {
  id: 'e00000000000000000000001',
  campaignId: CAMPAIGN_ID,
  name: '李青禾',
  documentMasked: '530*************28',
  studentNo: '2019310412',
  college: '大数据学院',
  major: '计算机科学与技术',
  className: '计科 2019-2 班',
  training: 'undergraduate',
  graduationType: 'regular',
  confirmedAt: null,
  correction: null,
  collectionCodeAt: null,
  cannotComeSince: null,
  version: 1,
};

export function codeAt(now: Date): BookingCode {
  const fields = { keyId: 1, campaignId: CAMPAIGN_ID, bookingId: BOOKING_ID } as const;
  return {
    rotating: signBookingToken({ ...fields, kind: 'rotating', issuedAt: now }, KEYS.sign),
    refreshAt: addMinutes(now, 0.5).toISOString(),
    fixed: signBookingToken({ ...fields, kind: 'static', day: '2022-11-19' }, KEYS.sign),
  };
}
