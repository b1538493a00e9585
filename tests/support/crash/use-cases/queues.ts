import { laySession } from '../../../../server/demo/ground';
import { createStudentPhone } from '../../../../server/demo/student-phone';
import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import { consented, type Newcomer, reachBooking } from './office';
import { nonce, passUntil } from './steps';
import {
  type Asking,
  askForCorrection,
  askForReview,
  enrolled,
  exhausted,
  keepPhoto,
  openRequests,
  waitingReview,
  withProof,
} from './verification';

/** A document that waits for somebody to look at it. */
interface Reviewed extends Newcomer {
  accountId: string;
  version: number;
  nonce: string;
}

async function reviewed(world: CrashWorld): Promise<Reviewed> {
  const subject = await consented(world);
  await askForReview(subject, await keepPhoto(subject));
  const { accountId, version } = await waitingReview(world, subject);
  return { ...subject, accountId, version, nonce: nonce() };
}

const DECIDE = 'POST /api/console/campaigns/:id/reviews/:accountId/decide';
const reviewScope =
  (step: 'open' | 'decide') =>
  ({ campaignId, accountId }: Reviewed) =>
    `POST /api/console/campaigns/${campaignId}/reviews/${accountId}/${step}`;

const approve = ({ office }: CrashWorld, { campaignId: id, accountId, version, nonce }: Reviewed) =>
  office.call(DECIDE, { params: { id, accountId }, body: { decision: 'approve', version, nonce } });

const openReview: UseCase<Reviewed> = {
  name: 'a document is looked at',
  arrange: reviewed,
  scope: reviewScope('open'),
  act: ({ office }, { campaignId: id, accountId }) =>
    office.call('POST /api/console/campaigns/:id/reviews/:accountId/open', { params: { id, accountId } }),
  async goOn(world, subject) {
    expect(await openReview.act(world, subject)).toMatchObject({
      documentNumber: subject.person.idNumber,
      photos: [{ side: 'front' }],
    });
    expect(await approve(world, subject)).toEqual({ status: 'verified', isBound: true });
  },
};

const approveReview: UseCase<Reviewed> = {
  name: 'a document is found right',
  arrange: reviewed,
  scope: reviewScope('decide'),
  act: approve,
  async goOn(world, subject) {
    expect(await approve(world, subject)).toEqual({ status: 'verified', isBound: true });
    await reachBooking(subject);
  },
};

const rejectReview: UseCase<Reviewed> = {
  name: 'a document is found wrong',
  arrange: reviewed,
  scope: reviewScope('decide'),
  act: ({ office }, { campaignId: id, accountId, version, nonce }) =>
    office.call(DECIDE, {
      params: { id, accountId },
      body: { decision: 'reject', version, nonce, reason: '照片看不清' },
    }),
  async goOn(world, subject) {
    expect(await rejectReview.act(world, subject)).toEqual({ status: 'none', isBound: false });
    expect((await subject.phone.home()).identity).toMatchObject({
      status: 'none',
      reviewAnswer: '照片看不清',
    });
    await reachBooking(subject);
  },
};

/** Has a place, and is parted from the WeChat user. */
interface Placed extends Newcomer {
  enrolmentId: string;
  bookingId: string;
  nonce: string;
}

async function placed(world: CrashWorld): Promise<Placed> {
  const subject = await enrolled(world);
  const sessionId = await laySession(world.ground, { campaignId: subject.campaignId, capacity: 2 });
  const { id: bookingId } = await subject.phone.hold(sessionId);
  return { ...subject, bookingId, nonce: nonce() };
}

const unbind: UseCase<Placed & { version: number }> = {
  name: 'a student is parted from a WeChat user',
  async arrange(world) {
    const subject = await placed(world);
    const { enrolment } = await subject.phone.home();
    return { ...subject, version: enrolment?.version ?? 0 };
  },
  scope: ({ enrolmentId }) => `POST /api/console/students/${enrolmentId}/unbind`,
  act: ({ office }, { enrolmentId: id, version, nonce }) =>
    office.call('POST /api/console/students/:id/unbind', {
      params: { id },
      body: { version, nonce, reason: '被他人误绑' },
    }),
  async goOn(world, subject) {
    await unbind.act(world, subject);
    expect(await subject.phone.home()).toMatchObject({ enrolment: null, booking: null });
    await subject.phone.findAndConfirm();
    expect((await subject.phone.home()).booking).toMatchObject({ id: subject.bookingId, place: 'held' });
  },
};

/** Two WeChat users say that they are the same student. */
interface Contested extends Placed {
  conflictId: string;
  version: number;
  other: Newcomer['phone'];
}

async function contested(world: CrashWorld): Promise<Contested> {
  const subject = await placed(world);
  const { campaignId, person } = subject;
  const { sandbox } = world.stack;
  const other = createStudentPhone({
    baseUrl: world.victim.url,
    sandbox,
    person: { ...person, openid: `other-${person.openid}`.slice(0, 28) },
    campaignId,
  });
  await other.login();
  await other.consent();
  await other.verify();
  const { conflicts } = await world.office.call('GET /api/console/campaigns/:id/conflicts', {
    params: { id: campaignId },
  });
  const [conflict] = conflicts;
  return { ...subject, other, conflictId: conflict?.id ?? '', version: conflict?.version ?? 0 };
}

const decideConflict =
  (decision: 'keep' | 'hand_over') =>
  ({ office }: CrashWorld, { conflictId: id, version, nonce }: Contested) =>
    office.call('POST /api/console/conflicts/:id/decide', {
      params: { id },
      body: { version, nonce, decision, reason: '已核对身份证原件' },
    });

const ofConflict = ({ conflictId }: Contested) => `POST /api/console/conflicts/${conflictId}/decide`;

const handOver: UseCase<Contested> = {
  name: 'a contested student is handed over',
  arrange: contested,
  scope: ofConflict,
  act: decideConflict('hand_over'),
  async goOn(world, subject) {
    await handOver.act(world, subject);
    await passUntil(
      world,
      'the other one has the place',
      async () => (await subject.other.home()).booking?.id === subject.bookingId,
    );
    expect((await subject.phone.home()).booking).toBeNull();
  },
};

const keep: UseCase<Contested> = {
  name: 'a contested student stays where it is',
  arrange: contested,
  scope: ofConflict,
  act: decideConflict('keep'),
  async goOn(world, subject) {
    await keep.act(world, subject);
    expect((await subject.other.home()).booking).toBeNull();
    expect((await subject.phone.home()).booking).toMatchObject({ id: subject.bookingId });
  },
};

interface Stuck extends Newcomer {
  studentId: string;
  accountId: string;
  version: number;
  nonce: string;
}

const resetAttempts: UseCase<Stuck> = {
  name: 'attempts of the bank check given back',
  async arrange(world) {
    const subject = await exhausted(world);
    const { students } = await world.office.call('POST /api/console/campaigns/:id/find-students', {
      params: { id: subject.campaignId },
      body: {},
    });
    const studentId = students[0]?.id ?? '';
    const { identities } = await world.office.call('GET /api/console/students/:id', {
      params: { id: studentId },
    });
    const { accountId = '', version = 0 } = identities[0] ?? {};
    return { ...subject, studentId, accountId, version, nonce: nonce() };
  },
  scope: ({ accountId }) => `POST /api/console/identities/${accountId}/reset-attempts`,
  act: ({ office }, { accountId: id, studentId, version, nonce }) =>
    office.call('POST /api/console/identities/:id/reset-attempts', {
      params: { id },
      body: { version, nonce, studentId, reason: '输错了手机号' },
    }),
  async goOn(world, subject) {
    await resetAttempts.act(world, subject);
    expect((await subject.phone.home()).identity).toMatchObject({ status: 'none', attemptsLeft: 3 });
  },
};

interface Asked extends Asking {
  version: number;
  nonce: string;
}

async function asked(world: CrashWorld): Promise<Asked> {
  const subject = await withProof(world);
  const { version } = await askForCorrection(subject);
  return { ...subject, version, nonce: nonce() };
}

const refuseCorrection: UseCase<Asked> = {
  name: 'a correction is refused',
  arrange: asked,
  scope: ({ enrolmentId }) => `POST /api/console/students/${enrolmentId}/refuse-correction`,
  act: ({ office }, { enrolmentId: id, version, nonce }) =>
    office.call('POST /api/console/students/:id/refuse-correction', {
      params: { id },
      body: { version, nonce, answer: '请带转专业文件来' },
    }),
  async goOn(world, subject) {
    await refuseCorrection.act(world, subject);
    expect(await openRequests(world, subject)).toEqual([]);
    expect((await subject.phone.home()).enrolment?.correction).toMatchObject({
      status: 'refused',
      answer: '请带转专业文件来',
    });
    expect(
      (await askForCorrection({ ...subject, photoId: await keepPhoto(subject, 'correction') })).correction,
    ).toMatchObject({
      status: 'open',
    });
  },
};

const openProof: UseCase<Asked> = {
  name: 'the photo of a correction is looked at',
  arrange: asked,
  scope: ({ enrolmentId }) => `POST /api/console/students/${enrolmentId}/open-proof`,
  act: ({ office }, { enrolmentId: id }) =>
    office.call('POST /api/console/students/:id/open-proof', { params: { id } }),
  async goOn(world, subject) {
    expect(await openProof.act(world, subject)).toMatchObject({
      dataUrl: expect.stringMatching(/^data:image/),
    });
    await refuseCorrection.act(world, subject);
  },
};

export const REVIEW_CASES = [openReview, approveReview, rejectReview, resetAttempts] as UseCase[];
export const CLAIM_CASES = [unbind, handOver, keep, refuseCorrection, openProof] as UseCase[];
