import type { BookingView, HomeView } from '../../shared/contract/bookings';
import type { EnrolmentView, IdentityView } from '../../shared/contract/verification';
import { type ApiClient, createApiClient, type Observed } from './api-client';
import type { SandboxClient, SpecimenPerson } from './sandbox-client';

/** A student with a phone, as a program: the steps of the journey in the order of the app. */
export interface StudentPhone {
  api: ApiClient;
  sandbox: SandboxClient;
  person: SpecimenPerson;
  campaignId: string;
  login(): Promise<void>;
  consent(): Promise<void>;
  /** Both sides of the ID card, as the camera would take them. */
  photographId(): Promise<void>;
  verify(
    changes?: Partial<Record<'name' | 'documentNumber' | 'bankCard' | 'phone', string>>,
  ): Promise<IdentityView>;
  findAndConfirm(studentNo?: string): Promise<EnrolmentView>;
  home(): Promise<HomeView>;
  ownSessionId(): Promise<string>;
  hold(sessionId?: string): Promise<BookingView>;
  /** Opens WeChat's cashier and pays; the callback follows by itself. */
  pay(bookingId: string, outcome?: 'pay' | 'cancel' | 'fail'): Promise<BookingView>;
}

export function createStudentPhone(options: {
  baseUrl: string;
  sandbox: SandboxClient;
  person: SpecimenPerson;
  campaignId: string;
  observe?: (seen: Observed) => void;
}): StudentPhone {
  const { sandbox, person, campaignId } = options;
  const api = createApiClient(options.baseUrl, options.observe);
  const phone: StudentPhone = {
    api,
    sandbox,
    person,
    campaignId,
    async login() {
      const { token } = await api.call('POST /api/login/wechat', {
        body: { code: await sandbox.loginCode(person.openid) },
      });
      api.carryToken(token);
    },
    async consent() {
      const kinds = ['id_photo', 'bank_check', 'portrait'] as const;
      await api.call('POST /api/me/consents', {
        body: { campaignId, consents: kinds.map((kind) => ({ kind, version: 1 })) },
      });
    },
    async photographId() {
      for (const side of ['front', 'back'] as const) {
        await api.upload('POST /api/me/id-photos', { side }, await sandbox.idPhoto(person.id, side));
      }
    },
    verify: (changes = {}) =>
      api.call('POST /api/me/verification', {
        body: {
          campaignId,
          name: person.name,
          documentType: 'resident_id',
          documentNumber: person.idNumber,
          bankCard: person.bankCard,
          phone: person.phone,
          ...changes,
        },
      }),
    async findAndConfirm(studentNo) {
      const found = await api.call('POST /api/me/enrolment', {
        body: { campaignId, ...(studentNo ? { studentNo } : {}) },
      });
      return api.call('POST /api/me/enrolment/:id/confirm', {
        params: { id: found.id },
        body: { version: found.version, consentVersion: 1 },
      });
    },
    home: () => api.call('GET /api/me/home', { query: { campaignId } }),
    async ownSessionId() {
      const { sessions } = await api.call('GET /api/me/sessions', { query: { campaignId } });
      const own = sessions.find((session) => session.own);
      if (!own) throw new Error('no session of the own group');
      return own.id;
    },
    async hold(sessionId) {
      return api.call('POST /api/me/bookings', {
        body: { sessionId: sessionId ?? (await phone.ownSessionId()) },
      });
    },
    async pay(bookingId, outcome = 'pay') {
      const { payment } = await api.call('POST /api/me/bookings/:id/pay', { params: { id: bookingId } });
      if (payment) await sandbox.cashier({ ...payment, openid: person.openid, outcome });
      return api.call('POST /api/me/bookings/:id/payment-check', { params: { id: bookingId } });
    },
  };
  return phone;
}
