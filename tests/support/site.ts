import { randomUUID } from 'node:crypto';
import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { type Demo, firstApi } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { createStudentPhone, type StudentPhone } from '../../server/demo/student-phone';

/** A fresh one for every intention. */
export const nonce = () => `test-${randomUUID()}`;

export interface StaffPhone extends ApiClient {
  id: string;
  /** The session token, which also opens the phone's snapshot. */
  token: string;
}

/** A staff phone, enrolled by a code from the office; no rooms = all rooms. */
export async function staffPhone(
  stack: Stack,
  { office, campaign }: Demo,
  {
    label = '一号机',
    rooms = [],
    api = firstApi(stack),
  }: { label?: string; rooms?: string[]; api?: string } = {},
): Promise<StaffPhone> {
  const { code } = await office.call('POST /api/console/campaigns/:id/devices', {
    params: { id: campaign.id },
    body: { label, rooms },
  });
  const phone = createApiClient(api);
  const { token, device } = await phone.call('POST /api/staff/enrol', { body: { code, label } });
  phone.carryToken(token);
  return { ...phone, token, id: device.id };
}

/** The demo's student of that index with a phone, signed in to WeChat and nothing more. */
export async function studentPhone(stack: Stack, demo: Demo, index: number): Promise<StudentPhone> {
  const student = demo.students[index];
  if (!student) throw new Error(`the demo has no student ${index}`);
  const phone = createStudentPhone({
    baseUrl: firstApi(stack),
    sandbox: stack.sandbox,
    person: student.person,
    campaignId: demo.campaign.id,
  });
  await phone.login();
  return phone;
}

/** Verified, confirmed, booked and paid: what most students are on the day. */
export async function bookedStudent(stack: Stack, demo: Demo, index: number) {
  const phone = await studentPhone(stack, demo, index);
  await phone.consent();
  await phone.verify();
  await phone.findAndConfirm();
  const { id } = await phone.pay((await phone.hold()).id);
  const { code, booking } = await phone.home();
  if (!code || !booking?.session) throw new Error(`student ${index} has no code`);
  return { phone, bookingId: id, code: code.fixed, session: booking.session };
}

/** The demo clock, as everybody reads it. */
export async function nowOf(phone: StudentPhone): Promise<string> {
  return (await phone.home()).now;
}
