import { MongoClient } from 'mongodb';
import { DEMO_TEMPLATES } from '../../server/demo/message-templates';
import { type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { Message } from '../../server/modules/notifications/message-model';
import { bookedStudent, nonce } from '../support/site';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(90_000);

let stack: Stack;
let demo: Demo;
let client: MongoClient;

/** Nobody sends at first: what a crash leaves behind is laid out by hand, then a worker comes. */
beforeAll(async () => {
  stack = await startTestStack({ env: { WORKER: 'off' } });
  demo = await seedDemo(stack, 6);
  await stack.sandbox.setClock(phase('open'));
  client = await MongoClient.connect(stack.mongodbUri);
});
afterAll(async () => {
  await client?.close();
  await stack?.stop();
});

const messages = () => client.db().collection<Message>('messages');

async function student(index: number, accepts: number) {
  const { phone, bookingId } = await bookedStudent(stack, demo, index);
  const accept = async () => {
    await stack.sandbox.subscribe(phone.person.openid, DEMO_TEMPLATES.booked.id);
    await phone.api.call('POST /api/me/message-accepts', {
      body: { campaignId: demo.campaign.id, accepted: ['booked'], nonce: nonce() },
    });
  };
  for (let n = 0; n < accepts; n += 1) await accept();
  return { bookingId, openid: phone.person.openid, accept };
}

/** As `planMessages` writes it, or as a crash between the call and its answer leaves it. */
async function lay(
  bookingId: string,
  openid: string,
  state: 'queued' | 'sending',
  otherwise: Partial<Message> = {},
): Promise<string> {
  const account = await client.db().collection('accounts').findOne({ openid });
  const _id = `booked:${bookingId}`;
  await messages().insertOne({
    _id,
    kind: 'booked',
    schoolId: demo.campaign.schoolId,
    campaignId: demo.campaign.id,
    accountId: String(account?._id),
    subjectId: bookingId,
    state,
    whyNot: null,
    dueAt: phase('before'),
    waitsForAccept: false,
    expiresAt: phase('day'),
    attempts: state === 'sending' ? 1 : 0,
    plannedAt: phase('open'),
    sentAt: null,
    fields: null,
    ...otherwise,
  });
  return _id;
}

/** @param meanwhile what goes on while it is awaited: time, for who has to wait for the next try */
const settled = (id: string, meanwhile: () => Promise<unknown> = async () => undefined) =>
  eventually(`${id} is settled`, async () => {
    await meanwhile();
    const found = await messages().findOne({ _id: id });
    return found && (found.state === 'sent' || found.state === 'not_sent') ? found : null;
  });

const received = async (openid: string) => (await stack.sandbox.inbox(openid)).length;

it('sends each message once, wherever the one before was cut off', async () => {
  const before = await student(0, 1);
  const after = await student(1, 1);
  const twice = await student(2, 2);
  const slow = await student(3, 1);
  const ids = {
    before: await lay(before.bookingId, before.openid, 'sending'),
    after: await lay(after.bookingId, after.openid, 'sending'),
    twice: await lay(twice.bookingId, twice.openid, 'sending'),
    slow: await lay(slow.bookingId, slow.openid, 'queued'),
  };
  // Killed after WeChat had taken it: the phone has it, and the accept is used up.
  await sendAsThePhoneGotIt(after.openid);
  // Taken, but the answer is lost on the way.
  await stack.sandbox.plantFault({
    service: 'wechat',
    operation: 'subscribe-send',
    kind: 'timeout-after-effect',
    delayMs: 50,
    times: 1,
    match: { openid: slow.openid },
  });
  await stack.addApi({ WORKER: 'on' });

  expect(await settled(ids.before)).toMatchObject({ state: 'sent', attempts: 2 });
  expect(await received(before.openid)).toBe(1);
  expect(await settled(ids.after)).toMatchObject({ state: 'sent' });
  expect(await received(after.openid)).toBe(1);
  // With two accepts nobody can tell whether a second sending would be a second message.
  expect(await settled(ids.twice)).toMatchObject({ state: 'not_sent', whyNot: 'in_doubt' });
  expect(await received(twice.openid)).toBe(0);
  const minute = () => stack.sandbox.advance(60_000);
  expect(await settled(ids.slow, minute)).toMatchObject({ state: 'sent' });
  expect(await received(slow.openid)).toBe(1);
});

it('ends what has expired, each for its own reason', async () => {
  const { bookingId, openid, accept } = await student(4, 1);
  // The worker that came tells of the booking as well: first that, then whatever else it might send.
  expect(await settled(`booked:${bookingId}`)).toMatchObject({ state: 'sent' });
  await accept();
  const expired = { expiresAt: phase('before') };
  const ids = [
    await lay(`${bookingId}:1`, openid, 'queued', { ...expired, waitsForAccept: true }),
    await lay(`${bookingId}:2`, openid, 'queued', expired),
    await lay(`${bookingId}:3`, openid, 'sending', { ...expired, waitsForAccept: true }),
    await lay(`${bookingId}:4`, openid, 'queued', { dueAt: phase('day'), waitsForAccept: true }),
  ];
  const ends = await Promise.all(ids.slice(0, 3).map((id) => settled(id)));
  expect(ends.map(({ whyNot }) => whyNot)).toEqual(['no_accept', 'expired', 'in_doubt']);
  // One that may still get its accept waits on.
  expect(await messages().findOne({ _id: ids[3] })).toMatchObject({ state: 'queued' });
  expect(await received(openid)).toBe(1);
});

/** The call that a killed process made: straight to WeChat, past our books. */
async function sendAsThePhoneGotIt(openid: string): Promise<void> {
  const { wechat } = await stack.sandbox.credentials();
  const token = await fetch(new URL('/cgi-bin/stable_token', stack.sandboxUrls.wechat), {
    method: 'POST',
    body: JSON.stringify({ grant_type: 'client_credential', appid: wechat.appid, secret: wechat.secret }),
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const url = new URL('/cgi-bin/message/subscribe/send', stack.sandboxUrls.wechat);
  url.searchParams.set('access_token', access_token);
  const data = Object.fromEntries(
    Object.keys(DEMO_TEMPLATES.booked.fields).map((field) => [
      field,
      {
        value: field.startsWith('date')
          ? '2022-11-19 09:10'
          : field.startsWith('amount')
            ? '30.00元'
            : '样本',
      },
    ]),
  );
  const answer = await fetch(url, {
    method: 'POST',
    body: JSON.stringify({ touser: openid, template_id: DEMO_TEMPLATES.booked.id, data }),
  });
  expect(await answer.json()).toMatchObject({ errcode: 0 });
}
