import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import { consented, type Newcomer, reachBooking } from './office';
import { nonce } from './steps';

export async function keepPhoto(
  { phone, person }: Newcomer,
  purpose: 'review' | 'correction' = 'review',
): Promise<string> {
  const photo = await phone.sandbox.idPhoto(person.id, 'front');
  return (await phone.api.upload('POST /api/me/evidence-photos', { purpose }, photo)).photoId;
}

export const askForReview = ({ phone, person, campaignId }: Newcomer, photoId: string) =>
  phone.api.call('POST /api/me/verification/manual', {
    body: {
      campaignId,
      name: person.name,
      documentType: 'resident_id',
      documentNumber: person.idNumber,
      photoIds: [photoId],
    },
  });

/** Asks once more; the office says yes, and the student goes on to the sessions. */
async function reviewed(world: CrashWorld, subject: Newcomer, photoId: string): Promise<void> {
  expect((await askForReview(subject, photoId)).status).toBe('manual_review');
  expect((await subject.phone.home()).card.kind).toBe('manual_review');
  const { accountId, version } = await waitingReview(world, subject);
  const key = 'POST /api/console/campaigns/:id/reviews/:accountId/decide';
  const params = { id: subject.campaignId, accountId };
  expect(
    await world.office.call(key, { params, body: { decision: 'approve', version, nonce: nonce() } }),
  ).toEqual({ status: 'verified', isBound: true });
  await reachBooking(subject);
}

/** The review of this student's document; the queue shows every campaign of the school. */
export async function waitingReview({ office }: CrashWorld, { campaignId, person }: Newcomer) {
  const { reviews } = await office.call('GET /api/console/campaigns/:id/reviews', {
    params: { id: campaignId },
  });
  const mine = reviews.filter(({ name }) => name === person.name).at(-1);
  if (!mine) throw new Error('no review waits');
  return mine;
}

const evidencePhoto: UseCase<Newcomer> = {
  name: 'photo of another document',
  arrange: consented,
  scope: () => 'POST /api/me/evidence-photos',
  act: (_, subject) => keepPhoto(subject),
  goOn: async (world, subject) => reviewed(world, subject, await keepPhoto(subject)),
};

const manual: UseCase<Newcomer & { photoId: string }> = {
  name: 'another document, for a person to look at',
  async arrange(world) {
    const subject = await consented(world);
    return { ...subject, photoId: await keepPhoto(subject) };
  },
  scope: () => 'POST /api/me/verification/manual',
  act: (_, subject) => askForReview(subject, subject.photoId),
  goOn: (world, subject) => reviewed(world, subject, subject.photoId),
};

/** All attempts of the bank check are used up. A third one with the same card would be refused, to protect it. */
export async function exhausted(world: CrashWorld): Promise<Newcomer> {
  const subject = await consented(world);
  const other = await consented(world);
  const wrong = [{ phone: '13900000000' }, { phone: '13900000001' }, { bankCard: other.person.bankCard }];
  for (const changes of wrong) {
    const failed = await subject.phone.verify(changes).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'VERIFICATION_FAILED' });
  }
  return subject;
}

const unverified: UseCase<Newcomer> = {
  name: 'on, unverified, after the last attempt',
  arrange: exhausted,
  scope: () => 'POST /api/me/verification/unverified',
  act: (_, { phone, person, campaignId }) =>
    phone.api.call('POST /api/me/verification/unverified', {
      body: {
        campaignId,
        name: person.name,
        documentType: 'resident_id',
        documentNumber: person.idNumber,
      },
    }),
  async goOn(world, subject) {
    expect(await unverified.act(world, subject)).toMatchObject({ status: 'unverified' });
    expect((await subject.phone.findAndConfirm()).confirmedAt).not.toBeNull();
    expect((await subject.phone.home()).card.kind).toBe('book');
  },
};

const onSite: UseCase<Newcomer> = {
  name: 'no ID card at hand',
  arrange: consented,
  scope: () => 'POST /api/me/verification/on-site',
  act: (_, { phone, campaignId }) =>
    phone.api.call('POST /api/me/verification/on-site', { body: { campaignId, reason: 'lost_id' } }),
  async goOn(world, subject) {
    expect(await onSite.act(world, subject)).toMatchObject({ status: 'onsite_only' });
    expect((await subject.phone.home()).card.kind).toBe('on_site');
    // The card was found after all.
    await reachBooking(subject);
  },
};

/** Enrolled and confirmed. */
interface Enrolled extends Newcomer {
  enrolmentId: string;
}

export async function enrolled(world: CrashWorld): Promise<Enrolled> {
  const subject = await consented(world);
  await reachBooking(subject);
  const { enrolment } = await subject.phone.home();
  return { ...subject, enrolmentId: enrolment?.id ?? '' };
}

const parted = async (world: CrashWorld): Promise<Enrolled> => {
  const subject = await enrolled(world);
  const { enrolment } = await subject.phone.home();
  await world.office.call('POST /api/console/students/:id/unbind', {
    params: { id: subject.enrolmentId },
    body: { version: enrolment?.version ?? 0, nonce: nonce(), reason: '绑错了微信' },
  });
  return subject;
};

const claim: UseCase<Enrolled> = {
  name: 'finding oneself on the roster',
  arrange: parted,
  scope: () => 'POST /api/me/enrolment',
  act: (_, { phone, campaignId }) => phone.api.call('POST /api/me/enrolment', { body: { campaignId } }),
  async goOn(world, subject) {
    expect(await claim.act(world, subject)).toMatchObject({ id: subject.enrolmentId });
    await reachBooking(subject);
  },
};

const CODE = 'https://register.example/collect?code=2023-yn-000117';

const collectionCode: UseCase<Enrolled> = {
  name: '采集码 deposited',
  arrange: enrolled,
  scope: ({ enrolmentId }) => `PUT /api/me/enrolment/${enrolmentId}/collection-code`,
  act: (_, { phone, enrolmentId: id }) =>
    phone.api.call('PUT /api/me/enrolment/:id/collection-code', { params: { id }, body: { text: CODE } }),
  async goOn(world, subject) {
    expect(await collectionCode.act(world, subject)).toMatchObject({ collectionCodeAt: expect.any(String) });
    const { enrolmentId: id, phone } = subject;
    const key = 'PUT /api/me/enrolment/:id/collection-code';
    expect(await phone.api.call(key, { params: { id }, body: { text: null } })).toMatchObject({
      collectionCodeAt: null,
    });
    await reachBooking(subject);
  },
};

const cannotCome: UseCase<Enrolled> = {
  name: 'a student cannot come',
  arrange: enrolled,
  scope: ({ enrolmentId }) => `PUT /api/me/enrolment/${enrolmentId}/cannot-come`,
  act: (_, { phone, enrolmentId: id }) =>
    phone.api.call('PUT /api/me/enrolment/:id/cannot-come', { params: { id }, body: { cannotCome: true } }),
  async goOn(world, subject) {
    expect(await cannotCome.act(world, subject)).toMatchObject({ cannotComeSince: expect.any(String) });
    const { counts } = await world.office.call('GET /api/console/campaigns/:id', {
      params: { id: subject.campaignId },
    });
    expect(counts.cannotCome).toBe(1);
  },
};

export interface Asking extends Enrolled {
  photoId: string;
}

/** With a photo that proves what is wrong. */
export async function withProof(world: CrashWorld): Promise<Asking> {
  const subject = await enrolled(world);
  return { ...subject, photoId: await keepPhoto(subject, 'correction') };
}

export const askForCorrection = ({ phone, enrolmentId: id, photoId }: Asking) =>
  phone.api.call('POST /api/me/enrolment/:id/corrections', {
    params: { id },
    body: { field: 'className', proposed: '农学1902', reason: '大三转到了二班', photoId },
  });

/** The requests that the office has to answer. */
export async function openRequests({ office }: CrashWorld, { campaignId: id }: Newcomer) {
  return (await office.call('GET /api/console/campaigns/:id/corrections', { params: { id } })).corrections;
}

const correction: UseCase<Asking> = {
  name: 'a correction asked for, with another photo than before',
  async arrange(world) {
    const subject = await withProof(world);
    await askForCorrection(subject);
    return { ...subject, photoId: await keepPhoto(subject, 'correction') };
  },
  scope: ({ enrolmentId }) => `POST /api/me/enrolment/${enrolmentId}/corrections`,
  act: (_, subject) => askForCorrection(subject),
  async goOn(world, subject) {
    await askForCorrection(subject);
    expect(await openRequests(world, subject)).toMatchObject([
      { field: 'className', proposed: '农学1902', hasPhoto: true },
    ]);
    const { dataUrl } = await world.office.call('POST /api/console/students/:id/open-proof', {
      params: { id: subject.enrolmentId },
    });
    expect(dataUrl).toMatch(/^data:image/);
  },
};

export const VERIFICATION_CASES = [evidencePhoto, manual, unverified, onSite, claim] as UseCase[];
export const ENROLMENT_CASES = [collectionCode, cannotCome, correction] as UseCase[];
