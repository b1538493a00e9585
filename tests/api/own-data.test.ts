import { MongoClient } from 'mongodb';
import { DEMO_TEMPLATES } from '../../server/demo/message-templates';
import { DEMO_PASSWORD, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { StudentPhone } from '../../server/demo/student-phone';
import { studentPhone } from '../support/site';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(120_000);

/** The text of a 采集码 means nothing to us; this is not one. */
const CODE = 'CJM:9f3c1e77b2d84f6f:2023:demo';

let stack: Stack;
let demo: Demo;
let database: MongoClient;

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 14);
  await stack.sandbox.setClock(phase('open'));
  database = await new MongoClient(stack.mongodbUri).connect();
});
afterAll(async () => {
  await database?.close();
  await stack?.stop();
});

interface Told {
  _id: string;
  accountId: string;
  kind: string;
}
const records = (of: 'messages' | 'message_accepts') => database.db().collection<Told>(of);

async function phoneOf(index: number): Promise<StudentPhone> {
  const phone = await studentPhone(stack, demo, index);
  await phone.consent();
  return phone;
}

/** Verified and on the roster. */
async function enrolled(index: number) {
  const phone = await phoneOf(index);
  await phone.photographId();
  await phone.verify();
  return { phone, enrolment: await phone.findAndConfirm() };
}

/** A picture in which no machine finds an ID card. */
const passport = () => stack.sandbox.idPhoto(studentId(0), 'back');
const studentId = (index: number) => demo.students[index]?.person.id ?? '';

async function countCannotCome(): Promise<number> {
  const { id } = demo.campaign;
  return (await demo.office.call('GET /api/console/campaigns/:id', { params: { id } })).counts.cannotCome;
}

it('keeps a 采集码 sealed, gives nobody its text back, and lets it be taken back', async () => {
  const { phone, enrolment } = await enrolled(0);
  const params = { id: enrolment.id };
  const kept = await phone.api.call('PUT /api/me/enrolment/:id/collection-code', {
    params,
    body: { text: CODE },
  });
  expect(kept.collectionCodeAt).not.toBeNull();
  expect(JSON.stringify(await phone.home())).not.toContain(CODE);
  const back = await phone.api.call('PUT /api/me/enrolment/:id/collection-code', {
    params,
    body: { text: null },
  });
  expect(back.collectionCodeAt).toBeNull();
});

it('takes a correction with its photo, but not with somebody else’s', async () => {
  const [{ phone, enrolment }, other] = [await enrolled(1), await phoneOf(2)];
  const proof = { purpose: 'correction' as const };
  const { photoId } = await phone.api.upload('POST /api/me/evidence-photos', proof, await passport());
  const foreign = await other.api.upload('POST /api/me/evidence-photos', proof, await passport());
  const ask = (id: string) =>
    phone.api.call('POST /api/me/enrolment/:id/corrections', {
      params: { id: enrolment.id },
      body: { field: 'className', proposed: '计科 2019-3 班', reason: '去年转班', photoId: id },
    });
  await expect(ask(foreign.photoId)).rejects.toMatchObject({ code: 'PHOTO_MISSING' });
  expect((await ask(photoId)).correction?.status).toBe('open');
});

it('sends a document that no machine reads to a person', async () => {
  const phone = await phoneOf(3);
  const { photoId } = await phone.api.upload('POST /api/me/evidence-photos', {}, await passport());
  const { status } = await phone.api.call('POST /api/me/verification/manual', {
    body: {
      campaignId: demo.campaign.id,
      name: 'MARIA SILVA',
      documentType: 'passport',
      documentNumber: 'E12345678',
      photoIds: [photoId],
    },
  });
  expect(status).toBe('manual_review');
});

it('counts for the office who cannot come, each once, until they can after all', async () => {
  const { phone, enrolment } = await enrolled(4);
  const say = (cannotCome: boolean) =>
    phone.api.call('PUT /api/me/enrolment/:id/cannot-come', {
      params: { id: enrolment.id },
      body: { cannotCome },
    });
  await Promise.allSettled([say(true), say(true), say(true)]);
  expect((await say(true)).cannotComeSince).not.toBeNull();
  expect(await countCannotCome()).toBe(1);
  await say(false);
  expect(await countCannotCome()).toBe(0);
});

it('shows a student what is kept, and erases it but for the orders and the message that tells where the money is', async () => {
  const { phone, enrolment } = await enrolled(5);
  await stack.sandbox.subscribe(phone.person.openid, DEMO_TEMPLATES.booked.id);
  await phone.api.call('POST /api/me/message-accepts', {
    body: {
      campaignId: demo.campaign.id,
      accepted: ['booked', 'day_before', 'refunded'],
      nonce: 'accepts-before-an-erasure',
    },
  });
  const held = await phone.hold();
  await phone.pay(held.id);
  const { accountId } = await eventually('the message of the booking', () =>
    records('messages').findOne({ subjectId: held.id, kind: 'booked', state: 'sent', fields: { $ne: null } }),
  );
  await expect(phone.api.call('POST /api/me/erasure')).rejects.toMatchObject({
    code: 'ERASURE_TOO_EARLY',
  });
  await phone.api.call('POST /api/me/bookings/:id/cancel', { params: { id: held.id }, body: {} });
  await phone.api.upload('POST /api/me/evidence-photos', {}, await passport());

  const before = await phone.api.call('GET /api/me/data');
  expect(before).toMatchObject({
    identity: { status: 'verified' },
    photos: [{ kind: 'evidence' }],
    enrolments: [{ id: enrolment.id }],
    bookings: 1,
    erasureBlockedBy: null,
  });
  expect(before.consents).toHaveLength(3);

  const after = await phone.api.call('POST /api/me/erasure');
  expect(after).toMatchObject({
    identity: { status: 'none', name: null, documentMasked: null },
    photos: [],
    consents: [],
    enrolments: [],
    bookings: 1,
  });
  const { orders } = await phone.api.call('GET /api/me/orders');
  expect(orders[0]?.refunds).toHaveLength(1);
  expect((await phone.home()).card.kind).toBe('verify');
  const accepts = await records('message_accepts')
    .find({ accountId, left: { $gt: 0 } })
    .toArray();
  expect(accepts.map(({ kind }) => kind)).toEqual(['refunded']);
  expect(await records('messages').countDocuments({ accountId, fields: { $ne: null } })).toBe(0);
});

it('answers the home page together with the sign-in, where that is asked for', async () => {
  const { phone } = await enrolled(7);
  const signIn = async (withHome?: boolean) => {
    const code = await stack.sandbox.loginCode(phone.person.openid);
    return phone.api.call('POST /api/login/wechat', { body: { code, ...(withHome && { withHome }) } });
  };
  expect((await signIn()).home).toBeNull();
  const { home } = await signIn(true);
  const { now: _then, ...asked } = await phone.api.call('GET /api/me/home', { query: {} });
  expect(home).toMatchObject(asked);
});

it('answers 304 while nothing but the time of day has changed', async () => {
  const { phone } = await enrolled(6);
  const code = await stack.sandbox.loginCode(phone.person.openid);
  const { token } = await phone.api.call('POST /api/login/wechat', { body: { code } });
  const ask = (etag?: string) =>
    fetch(`${firstApi(stack)}/api/me/home`, {
      headers: { authorization: `Bearer ${token}`, ...(etag && { 'if-none-match': etag }) },
    });
  const first = await ask();
  const again = await ask(first.headers.get('etag') ?? '');
  expect(again.status).toBe(304);
  await phone.hold();
  expect((await ask(first.headers.get('etag') ?? '')).status).toBe(200);
});

describe('the retention report', () => {
  const report = () => demo.office.call('GET /api/console/retention');
  const keptCards = ({ photos }: Awaited<ReturnType<typeof report>>) =>
    photos.reduce((sum, { kind, kept }) => sum + (kind.startsWith('id_') ? kept : 0), 0);

  it('counts photos that are kept, and those that a success has deleted', async () => {
    const before = await report();
    const phone = await phoneOf(8);
    await phone.photographId();
    const taken = await report();
    expect(keptCards(taken)).toBe(keptCards(before) + 2);
    expect(taken.cards).toEqual({ taken: before.cards.taken + 2, deleted: before.cards.deleted });
    await phone.verify();
    const verified = await report();
    expect(keptCards(verified)).toBe(keptCards(before));
    expect(verified.cards.deleted).toBe(before.cards.deleted + 2);
    expect(verified.verifiedWithPhoto).toBe(0);
    expect(verified.photos.map(({ kind, capDays }) => `${kind} ${capDays}`)).toEqual([
      'id_front 7',
      'id_back 7',
      'evidence 7',
      'proof 30',
    ]);
    expect(verified.identities.verified).toBe(before.identities.verified + 1);
  });

  it('counts who agreed to which version, and tells an erasure without saying whose it was', async () => {
    const { consents, erasures } = await report();
    expect(consents.map(({ kind, version }) => `${kind} v${version}`)).toEqual([
      'bank_check v1',
      'id_photo v1',
      'portrait v1',
    ]);
    expect(erasures).toMatchObject({ total: 1, latest: [{ ordersKept: 1 }] });
    const phone = await phoneOf(9);
    const agreed = await report();
    expect(agreed.consents[0]?.people).toBe((consents[0]?.people ?? 0) + 1);
    await phone.api.call('POST /api/me/erasure');
    const erased = await report();
    expect(erased.consents).toEqual(consents);
    expect(erased.erasures.total).toBe(2);
    expect(JSON.stringify(erased)).not.toContain(demo.students[9]?.person.name);
  });

  it('lets a proof for a correction go with the answer', async () => {
    const { phone, enrolment } = await enrolled(11);
    const kept = async () => (await report()).photos.find(({ kind }) => kind === 'proof')?.kept ?? 0;
    const before = await kept();
    const { photoId } = await phone.api.upload(
      'POST /api/me/evidence-photos',
      { purpose: 'correction' },
      await passport(),
    );
    const asked = await phone.api.call('POST /api/me/enrolment/:id/corrections', {
      params: { id: enrolment.id },
      body: { field: 'className', proposed: '计科 2019-3 班', reason: '去年转班', photoId },
    });
    expect(await kept()).toBe(before + 1);
    expect((await phone.api.call('GET /api/me/data')).photos).toMatchObject([{ kind: 'proof' }]);
    await demo.office.call('POST /api/console/students/:id/refuse-correction', {
      params: { id: enrolment.id },
      body: { version: asked.version, nonce: 'refuse-the-correction-1', answer: '名单上就是这个班' },
    });
    expect(await kept()).toBe(before);
    expect((await phone.api.call('GET /api/me/data')).photos).toEqual([]);
  });

  it('keeps a proof that nobody has answered for thirty days, a document for seven, and not a moment longer', async () => {
    const { phone } = await enrolled(12);
    for (const purpose of ['review', 'correction'] as const)
      await phone.api.upload('POST /api/me/evidence-photos', { purpose }, await passport());
    const begun = await stack.sandbox.now();
    const keptAfter = async (days: number) => {
      await stack.sandbox.setClock(new Date(begun.getTime() + days * 86_400_000));
      await demo.office.signIn('office', DEMO_PASSWORD);
      await phone.login();
      const { photos } = await phone.api.call('GET /api/me/data');
      const all = (await report()).photos;
      expect(all.reduce((sum, { overCap }) => sum + overCap, 0)).toBe(0);
      return photos.map(({ kind }) => kind).sort();
    };
    expect(await keptAfter(6.99)).toEqual(['evidence', 'proof']);
    expect(await keptAfter(7.01)).toEqual(['proof']);
    expect(await keptAfter(29.99)).toEqual(['proof']);
    expect(await keptAfter(30.01)).toEqual([]);
    const ended = await report();
    expect(ended.photos.map(({ kept }) => kept)).toEqual([0, 0, 0, 0]);
  });

  it('shows that no photo outlives the cap', async () => {
    const phone = await phoneOf(10);
    await phone.photographId();
    const lastEnd = (await report()).photos.find(({ kind }) => kind === 'id_front')?.lastEnd ?? '';
    const days = (Date.parse(lastEnd) - (await stack.sandbox.now()).getTime()) / 86_400_000;
    expect(days).toBeLessThanOrEqual(7);
    await stack.sandbox.setClock(new Date(Date.parse(lastEnd) + 1_000));
    await demo.office.signIn('office', DEMO_PASSWORD);
    expect(keptCards(await report())).toBe(0);
  });
});
