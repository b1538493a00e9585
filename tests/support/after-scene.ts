import { DEMO_TEMPLATES } from '../../server/demo/message-templates';
import { DEMO_PASSWORD, type Demo, phase } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { bookedStudent, nonce, staffPhone } from './site';
import { eventually } from './stack';

/** A student after the day, by what the tests need of it. */
export interface AfterPerson extends Awaited<ReturnType<typeof bookedStudent>> {
  name: string;
  studentNo: string;
  college: string;
}

export interface AfterScene {
  /** Has said that the portrait is not theirs. */
  wrong: AfterPerson;
  /** Has checked it: right. Had subscribed to nothing but the booking. */
  right: AfterPerson;
  /** The fortieth day has come, and no word. */
  silent: AfterPerson;
}

/** Three students booked, photographed and 40 days older; the office signed in anew. */
export async function layAfterScene(stack: Stack, demo: Demo): Promise<AfterScene> {
  await stack.sandbox.setClock(phase('open'));
  const [wrong, right, silent] = [
    await person(stack, demo, 0),
    await person(stack, demo, 1),
    await person(stack, demo, 2),
  ];
  await subscribe(stack, right);
  await eventually('the others’ messages wait for their yes', async () => {
    const { messages } = await demo.office.call('GET /api/console/campaigns/:id/messages', {
      params: { id: demo.campaign.id },
      query: { kind: 'booked' },
    });
    return messages.filter(({ waitsForAccept }) => waitsForAccept).length === 2 || null;
  });
  await stack.sandbox.setClock(phase('day'));
  const desk = await staffPhone(stack, demo);
  for (const { bookingId, code, session } of [wrong, right, silent]) {
    const scannedAt = (await stack.sandbox.now()).toISOString();
    await desk.call('POST /api/onsite/redeem', {
      body: {
        nonce: nonce(),
        room: session.room,
        scannedAt,
        by: { kind: 'code', text: code },
        admitAnyway: true,
      },
    });
    await desk.call('POST /api/onsite/bookings/:id/shot', {
      params: { id: bookingId },
      body: { nonce: nonce() },
    });
  }
  await stack.sandbox.setClock(phase('later'));
  await demo.office.signIn('office', DEMO_PASSWORD);
  for (const one of [wrong, right]) await one.phone.login();
  await checkPhoto(wrong, 'wrong', '不是本人的照片');
  await checkPhoto(right, 'right');
  return { wrong, right, silent };
}

export const checkPhoto = ({ phone, bookingId }: AfterPerson, result: 'right' | 'wrong', note?: string) =>
  phone.api.call('POST /api/me/bookings/:id/photo-check', {
    params: { id: bookingId },
    body: { result, ...(note ? { note } : {}) },
  });

async function person(stack: Stack, demo: Demo, index: number): Promise<AfterPerson> {
  const student = demo.students[index];
  if (!student) throw new Error(`the demo has no student ${index}`);
  return {
    ...(await bookedStudent(stack, demo, index)),
    name: student.name,
    studentNo: student.studentNo,
    college: student.college,
  };
}

async function subscribe(stack: Stack, { phone }: AfterPerson): Promise<void> {
  await stack.sandbox.subscribe(phone.person.openid, DEMO_TEMPLATES.booked.id);
  await phone.api.call('POST /api/me/message-accepts', {
    body: { campaignId: phone.campaignId, accepted: ['booked'], nonce: nonce() },
  });
  await eventually('the booking’s message arrives', async () => {
    const inbox = await stack.sandbox.inbox(phone.person.openid);
    return inbox.length > 0 ? inbox : null;
  });
}
