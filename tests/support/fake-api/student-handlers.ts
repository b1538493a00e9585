import { checkBankCard } from '../../../shared/domain/bank-card';
import { atShanghai } from '../../../shared/domain/time';
import type { Handlers } from '.';
import { Refuse } from '.';
import { held, orderOf, paid, refunded, refundOf } from './bookings';
import { CAMPAIGN_ID, SESSIONS } from './campaign';
import { makeUpChoicesOf, makeUpSessionOf } from './make-up';
import { ENROLMENT, VERIFIED } from './people';
import { type FakeState, FRESH, homeOf, OWN_SESSION } from './state';

/** The student's side, one step after the other. */
export const studentHandlers: Handlers = {
  'POST /api/login/wechat': ({ fake, body }) => ({
    token: 'student-token',
    expiresAt: fake.state.now.toISOString(),
    home: body.withHome === true ? homeOf(fake.state) : null,
  }),
  'GET /api/me/home': ({ fake, query }) => {
    if (query.campaignId !== undefined && query.campaignId !== CAMPAIGN_ID) throw new Refuse('NOT_FOUND');
    return homeOf(fake.state);
  },
  'GET /api/me/identity': ({ fake }) => fake.state.identity,

  'POST /api/me/consents': ({ fake, body }) => {
    const given = Array.isArray(body.consents) ? body.consents : [];
    const at = fake.state.now.toISOString();
    const consents = [...fake.state.identity.consents, ...given.map((consent) => ({ ...consent, at }))];
    fake.state = { ...fake.state, identity: { ...fake.state.identity, consents } };
    return fake.state.identity;
  },
  'POST /api/me/id-photos': ({ query }) =>
    query.side === 'back'
      ? {
          photoId: 'f00000000000000000000002',
          side: 'back',
          fields: { authority: '昆明市公安局' },
          doubts: [],
        }
      : {
          photoId: 'f00000000000000000000001',
          side: 'front',
          fields: { name: '李青禾', documentNumber: '11010519491231002X' },
          doubts: [],
        },
  'POST /api/me/verification': ({ fake, body }) => {
    if (!checkBankCard(String(body.bankCard)).ok) throw new Refuse('BANK_CARD_INVALID');
    fake.state = { ...fake.state, identity: { ...VERIFIED, consents: fake.state.identity.consents } };
    return fake.state.identity;
  },
  'POST /api/me/verification/on-site': ({ fake }) => {
    fake.state = { ...fake.state, identity: { ...fake.state.identity, status: 'onsite_only' } };
    return fake.state.identity;
  },
  'POST /api/me/verification/unverified': ({ fake }) => {
    fake.state = { ...fake.state, identity: { ...VERIFIED, status: 'unverified' } };
    return fake.state.identity;
  },
  'POST /api/me/verification/manual': ({ fake }) => {
    fake.state = { ...fake.state, identity: { ...VERIFIED, status: 'manual_review' } };
    return fake.state.identity;
  },
  'POST /api/me/enrolment': ({ fake, body }) => {
    if (body.studentNo !== undefined && body.studentNo !== ENROLMENT.studentNo) {
      throw new Refuse('NOT_ON_ROSTER', { contact: '电话客服 0871-00000002' });
    }
    fake.state = { ...fake.state, enrolment: ENROLMENT };
    return ENROLMENT;
  },
  'POST /api/me/enrolment/:id/confirm': ({ fake }) => {
    const enrolment = {
      ...(fake.state.enrolment ?? ENROLMENT),
      confirmedAt: fake.state.now.toISOString(),
      version: 2,
    };
    fake.state = { ...fake.state, enrolment };
    return enrolment;
  },
  'POST /api/me/enrolment/:id/corrections': ({ fake }) => {
    const correction = { status: 'open' as const, at: fake.state.now.toISOString(), answer: null };
    const enrolment = { ...(fake.state.enrolment ?? ENROLMENT), correction };
    fake.state = { ...fake.state, enrolment };
    return enrolment;
  },

  'GET /api/me/make-up': ({ fake }) => makeUpChoicesOf(fake.state),
  'GET /api/me/sessions': ({ fake }) => ({ sessions: openSessions(fake.state) }),
  'POST /api/me/bookings': ({ fake, body }) => {
    const session =
      SESSIONS.find(({ id }) => id === body.sessionId) ?? makeUpSessionOf(fake.state, body.sessionId);
    if (!session) throw new Refuse('NOT_FOUND');
    fake.state = { ...fake.state, booking: held(fake.state.now, session) };
    return bookingOf(fake.state);
  },
  'POST /api/me/bookings/:id/reschedule': ({ fake, body }) => {
    const session =
      SESSIONS.find(({ id }) => id === body.sessionId) ?? makeUpSessionOf(fake.state, body.sessionId);
    if (!session) throw new Refuse('NOT_FOUND');
    const changeableUntil = atShanghai(session.day).toISOString();
    const booking = { ...bookingOf(fake.state), session, changeableUntil, cancellableUntil: changeableUntil };
    fake.state = { ...fake.state, booking };
    return booking;
  },
  'POST /api/me/bookings/:id/pay': ({ fake }) => {
    const booking = bookingOf(fake.state);
    fake.state = { ...fake.state, booking: { ...booking, order: booking.order ?? orderOf(fake.state.now) } };
    return {
      booking: bookingOf(fake.state),
      payment: {
        appId: 'wx0000000000000000',
        timeStamp: '1668565200',
        nonceStr: 'nonce',
        package: 'prepay_id=wx1',
        signType: 'RSA',
        paySign: 'signature',
      },
    };
  },
  'POST /api/me/bookings/:id/payment-check': ({ fake }) => {
    const booking = bookingOf(fake.state);
    if (fake.hasPaid) fake.state = { ...fake.state, booking: paid(booking, fake.state.now) };
    return bookingOf(fake.state);
  },
  'POST /api/me/bookings/:id/cancel': ({ fake }) => {
    const { now } = fake.state;
    const booking = bookingOf(fake.state);
    const after =
      booking.payment === 'paid'
        ? refunded(booking, 'cancelled', refundOf(now, 'on_its_way', '学生取消'))
        : { ...booking, place: 'cancelled' as const };
    fake.state = { ...fake.state, booking: null, pastOrders: after.order ? [after.order] : [] };
    return after;
  },
  'POST /api/me/bookings/:id/photo-check': ({ fake, body }) => {
    fake.state = { ...fake.state, photoCheck: body.result === 'wrong' ? 'wrong' : 'right' };
    return undefined;
  },
  'POST /api/me/bookings/:id/acknowledge-move': ({ fake }) => {
    const booking = bookingOf(fake.state);
    const moved = booking.moved && { ...booking.moved, acknowledged: true };
    fake.state = { ...fake.state, booking: { ...booking, moved } };
    return undefined;
  },
  'POST /api/me/announcements/:id/read': ({ fake, params }) => {
    const announcements = fake.state.announcements.filter(({ id }) => id !== params.id);
    fake.state = { ...fake.state, announcements };
    return undefined;
  },
  'POST /api/me/message-accepts': ({ fake, body }) => {
    for (const kind of Array.isArray(body.accepted) ? body.accepted : []) fake.accepted.push(String(kind));
    return undefined;
  },
  'POST /api/me/evidence-photos': () => ({ photoId: 'f00000000000000000000003' }),
  'PUT /api/me/enrolment/:id/collection-code': ({ fake, body }) => {
    const collectionCodeAt = body.text === null ? null : fake.state.now.toISOString();
    const enrolment = { ...(fake.state.enrolment ?? ENROLMENT), collectionCodeAt };
    fake.state = { ...fake.state, enrolment };
    return enrolment;
  },
  'PUT /api/me/enrolment/:id/cannot-come': ({ fake, body }) => {
    const cannotComeSince = body.cannotCome === true ? fake.state.now.toISOString() : null;
    const enrolment = { ...(fake.state.enrolment ?? ENROLMENT), cannotComeSince };
    fake.state = { ...fake.state, enrolment };
    return enrolment;
  },
  'GET /api/me/data': ({ fake }) => myDataOf(fake.state),
  'POST /api/me/erasure': ({ fake }) => {
    fake.state = { ...FRESH, now: fake.state.now };
    return myDataOf(fake.state);
  },
  'GET /api/me/orders': ({ fake }) => {
    const { booking, pastOrders } = fake.state;
    return { orders: [...(booking?.order ? [booking.order] : []), ...pastOrders] };
  },
};

const myDataOf = ({ identity, enrolment, booking, now }: FakeState) => ({
  identity,
  consents: identity.consents,
  photos:
    identity.status === 'manual_review'
      ? [{ kind: 'evidence' as const, keptUntil: new Date(now.getTime() + 6 * 86_400_000).toISOString() }]
      : [],
  enrolments: enrolment ? [enrolment] : [],
  bookings: booking ? 1 : 0,
  erasureBlockedBy: booking?.place === 'booked' ? ('active_booking' as const) : null,
});

function bookingOf({ booking }: FakeState) {
  if (!booking) throw new Refuse('NOT_FOUND');
  return booking;
}

/** The own session, and what the rest of that room looks like to someone of another group. */
function openSessions({ booking }: FakeState) {
  const own = { ...OWN_SESSION, left: 23, own: true };
  const mine = booking && ['held', 'booked'].includes(booking.place) && booking.session?.id === own.id;
  const others = SESSIONS.slice(2, 6).map((session, index) => ({
    ...session,
    left: index === 1 ? 0 : 12,
    own: false,
    closedBecause: index === 1 ? ('full' as const) : ('not_your_group' as const),
  }));
  return [{ ...own, closedBecause: mine ? ('yours_already' as const) : null }, ...others];
}
