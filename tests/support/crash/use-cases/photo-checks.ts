import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import { type Comer, comer, scan, shoot } from './onsite';
import { booking, nonce } from './steps';

/** Photographed; and may look at the portrait by now. */
interface Looker extends Comer {
  nonce: string;
}

/** Forty days after the shot. */
const PORTRAITS_ARE_THERE = new Date('2022-12-30T10:00:00+08:00');
const everybody: Looker[] = [];

async function looker(world: CrashWorld): Promise<Looker> {
  const subject = { ...(await comer(world)), nonce: nonce() };
  everybody.push(subject);
  return subject;
}

/** All are photographed on the day, before the first of them looks; sign-ins at the console have ended since. */
async function photographed(world: CrashWorld): Promise<void> {
  const waiting = everybody.splice(0);
  if (waiting.length === 0) return;
  for (const subject of waiting) {
    await scan(world, subject);
    await shoot(world, subject);
  }
  await world.stack.sandbox.setClock(PORTRAITS_ARE_THERE);
  await world.signInAll();
}

const say = ({ student, bookingId: id }: Looker, result: 'right' | 'wrong') =>
  student.api.call('POST /api/me/bookings/:id/photo-check', {
    params: { id },
    body: result === 'wrong' ? { result, note: '不是本人' } : { result },
  });

const cardOf = async ({ campaignId }: CrashWorld, { student }: Looker) =>
  (await student.api.call('GET /api/me/home', { query: { campaignId } })).card;

async function lineOf(world: CrashWorld, show: 'wrong' | 'handled', { bookingId }: Looker) {
  const { lines } = await world.office.call('GET /api/console/campaigns/:id/photo-checks', {
    params: { id: world.campaignId },
    query: { show },
  });
  return lines.find((line) => line.bookingId === bookingId);
}

const check: UseCase<Looker> = {
  name: 'a portrait found wrong',
  beforehand: 5,
  arrange: looker,
  prepare: photographed,
  scope: ({ bookingId }) => `POST /api/me/bookings/${bookingId}/photo-check`,
  act: (_, subject) => say(subject, 'wrong'),
  async goOn(world, subject) {
    await say(subject, 'wrong');
    expect(await lineOf(world, 'wrong', subject)).toMatchObject({ note: '不是本人', handled: null });
    await say(subject, 'right');
    expect(await cardOf(world, subject)).toMatchObject({ kind: 'check_photo', result: 'right' });
  },
};

const handle: UseCase<Looker & { version: number }> = {
  name: 'a wrong portrait seen to',
  beforehand: 5,
  arrange: async (world) => Object.assign(await looker(world), { version: 0 }),
  async prepare(world, subject) {
    await photographed(world);
    await say(subject, 'wrong');
    subject.version = (await booking(subject)).version;
  },
  scope: ({ bookingId }) => `POST /api/console/bookings/${bookingId}/photo-check/handle`,
  act: ({ office }, { bookingId: id, version, nonce }) =>
    office.call('POST /api/console/bookings/:id/photo-check/handle', {
      params: { id },
      body: { version, nonce, note: '已联系摄影方更换' },
    }),
  async goOn(world, subject) {
    await handle.act(world, subject);
    await handle.act(world, subject);
    expect(await lineOf(world, 'handled', subject)).toMatchObject({
      handled: { note: '已联系摄影方更换' },
    });
    // The student's own next word ends it.
    await say(subject, 'right');
    expect(await lineOf(world, 'handled', subject)).toBeUndefined();
  },
};

export const PHOTO_CHECK_CASES = [check, handle] as UseCase[];
