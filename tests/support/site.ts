import { randomUUID } from 'node:crypto';
import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { type Demo, firstApi } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { StudentPhone } from '../../server/demo/student-phone';

export { bookedStudent, confirmedStudent, studentPhone } from '../../server/demo/booked-student';

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

/** The demo clock, as everybody reads it. */
export async function nowOf(phone: StudentPhone): Promise<string> {
  return (await phone.home()).now;
}
