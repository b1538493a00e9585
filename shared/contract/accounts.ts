import { z } from 'zod';
import { type ContractPart, Id, Instant, Line, ROLES } from './endpoint';

export const SignedIn = z.object({ token: z.string(), expiresAt: Instant });

export const ConsoleUser = z.object({
  id: Id,
  login: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  schoolId: Id,
  schoolName: z.string(),
  /** Only for college secretaries: the colleges they see. */
  colleges: z.array(z.string()),
});
export type ConsoleUser = z.infer<typeof ConsoleUser>;

export const DeviceView = z.object({
  id: Id,
  label: z.string(),
  campaignId: Id,
  rooms: z.array(z.string()),
  enrolledAt: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type DeviceView = z.infer<typeof DeviceView>;

export const accounts = {
  'POST /api/login/wechat': {
    summary: 'Silent WeChat login: the code of wx.login becomes a session token',
    who: ['anyone'],
    limit: 'login',
    body: z.strictObject({ code: z.string().min(1).max(256) }),
    response: SignedIn,
    errors: ['LOGIN_FAILED'],
  },
  'POST /api/staff/enrol': {
    summary: 'A staff phone redeems a one-time code and becomes a device of a campaign',
    who: ['anyone'],
    limit: 'login',
    body: z.strictObject({
      code: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[0-9A-Z]{8}$/),
      label: Line(30),
    }),
    response: SignedIn.extend({ device: DeviceView }),
    errors: ['DEVICE_CODE_INVALID'],
  },
  'GET /api/staff/me': {
    summary: 'What this staff phone may do',
    who: ['staff'],
    limit: 'read',
    response: DeviceView.extend({ campaignName: z.string(), days: z.array(z.string()) }),
  },
  'POST /api/console/login': {
    summary: 'Console sign-in; the session lives in an httpOnly cookie, the answer carries the CSRF token',
    who: ['anyone'],
    limit: 'login',
    body: z.strictObject({ login: Line(60), password: z.string().min(1).max(200) }),
    response: z.object({ user: ConsoleUser, csrfToken: z.string() }),
    errors: ['WRONG_PASSWORD', 'ACCOUNT_LOCKED'],
  },
  'POST /api/console/logout': {
    summary: 'End the console session',
    who: ['office', 'college', 'support', 'finance', 'auditor', 'operator'],
    limit: 'write',
  },
  'GET /api/console/me': {
    summary: 'The signed-in console user, with a fresh CSRF token',
    who: ['office', 'college', 'support', 'finance', 'auditor', 'operator'],
    limit: 'read',
    response: z.object({ user: ConsoleUser, csrfToken: z.string() }),
  },
  'GET /api/console/campaigns/:id/devices': {
    summary: 'Staff phones of a campaign',
    who: ['office', 'auditor'],
    limit: 'read',
    params: z.strictObject({ id: Id }),
    response: z.object({ devices: z.array(DeviceView) }),
  },
  'POST /api/console/campaigns/:id/devices': {
    summary: 'A one-time code for one more staff phone, valid for 24 hours',
    who: ['office'],
    limit: 'write',
    params: z.strictObject({ id: Id }),
    body: z.strictObject({ label: Line(30), rooms: z.array(Line(30)).max(50) }),
    response: z.object({ device: DeviceView, code: z.string(), expiresAt: Instant }),
  },
  'POST /api/console/devices/:id/revoke': {
    summary: 'Stop a staff phone, effective within five seconds',
    who: ['office'],
    limit: 'write',
    params: z.strictObject({ id: Id }),
    response: DeviceView,
  },
} as const satisfies ContractPart;
