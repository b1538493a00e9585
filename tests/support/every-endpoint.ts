import { type Demo, firstApi } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { type ContractKey, contract } from '../../shared/contract';
import type { Endpoint } from '../../shared/contract/endpoint';
import { bookedStudent } from './site';

/** For tests that ask every endpoint of the contract, whatever it is about. */

export interface Answer {
  status: number;
  /** Why not; null when it was done. */
  code: string | null;
  text: string;
}

export interface Parts {
  params?: Record<string, string>;
  query?: unknown;
  body?: unknown;
  /** For an upload; a table unless given. */
  file?: File;
}

/** Asks one endpoint; what is not given of its address is an id that nothing has. */
export async function askEndpoint(
  baseUrl: string,
  key: ContractKey,
  headers: Record<string, string>,
  parts: Parts = {},
): Promise<Answer> {
  const [method = 'GET', path = ''] = key.split(' ');
  const filled = path.replace(/:(\w+)/g, (_, name: string) => parts.params?.[name] ?? '0'.repeat(24));
  const search = new URLSearchParams(Object(parts.query));
  const { upload }: Endpoint = contract[key];
  const body = upload ? asForm(parts.file ?? A_TABLE) : JSON.stringify(parts.body ?? {});
  const response = await fetch(`${baseUrl}${filled}?${search}`, {
    method,
    headers: { ...headers, ...(method === 'GET' || upload ? {} : { 'content-type': 'application/json' }) },
    ...(method === 'GET' ? {} : { body }),
  });
  const text = await response.text();
  const code = response.ok ? null : (JSON.parse(text).error.code as string);
  return { status: response.status, code, text };
}

const A_TABLE = new File(['姓名,学号,专业\n'], '名单.csv');

function asForm(file: File): FormData {
  const form = new FormData();
  form.set('file', file);
  return form;
}

/** What there is in a school, by the place of its id in an address: "/bookings/:id" → { id }. */
export type Things = ReadonlyMap<string, Record<string, string>>;

/** A paid booking with its order, a staff phone, an announcement, an import, a merchant. */
export async function layThings(stack: Stack, demo: Demo, student = 0): Promise<Things> {
  const { office, campaign, merchantId } = demo;
  const of = { params: { id: campaign.id } };
  const { phone, bookingId } = await bookedStudent(stack, demo, student);
  const { orders } = await phone.api.call('GET /api/me/orders');
  const { device } = await office.call('POST /api/console/campaigns/:id/devices', {
    ...of,
    body: { label: '一号机', rooms: [] },
  });
  const { students } = await office.call('GET /api/console/campaigns/:id/announcements/preview', {
    ...of,
    query: { standing: 'unbooked' },
  });
  const announced = await office.call('POST /api/console/campaigns/:id/announcements', {
    ...of,
    body: {
      title: '请尽快预约',
      text: '名额有限。',
      group: { standing: 'unbooked' },
      students,
      nonce: 'one-of-each-thing-0001',
    },
  });
  const opened = await office.call('POST /api/console/campaigns/:id/imports/pasted', {
    ...of,
    body: { kind: 'roster', text: '姓名,学号,专业\n' },
  });
  const list = await office.call('POST /api/console/campaigns/:id/find-students', {
    ...of,
    body: { size: 1 },
  });
  const { users } = await office.call('GET /api/console/users');
  return new Map(
    Object.entries<Record<string, string>>({
      '/campaigns/:id': { id: campaign.id },
      '/merchants/:merchantId': { merchantId, day: '2022-11-15' },
      '/bookings/:id': { id: bookingId },
      '/orders/:orderNo': { orderNo: orders[0]?.orderNo ?? '' },
      '/devices/:id': { id: device.id },
      '/announcements/:id': { id: announced.id },
      '/imports/:id': { id: opened.import.id, sheet: '0' },
      '/students/:id': { id: list.students[0]?.id ?? '' },
      '/users/:id': { id: users[0]?.id ?? '' },
    }),
  );
}

/** The ids of our things for the places of an address; null when there is none. */
export const idsFor = (things: Things, key: ContractKey): Record<string, string> | null =>
  [...things].find(([place]) => key.includes(place))?.[1] ?? null;

/** As a user of the console: what every request carries. */
export async function consoleHeaders(
  stack: Stack,
  login: string,
  password: string,
): Promise<Record<'cookie' | 'x-csrf-token', string>> {
  const response = await fetch(`${firstApi(stack)}/api/console/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  const [cookie = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return { cookie, 'x-csrf-token': csrfToken };
}
