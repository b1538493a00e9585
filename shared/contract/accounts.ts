import { z } from 'zod';
import { HomeView } from './bookings';
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
  /** Signed in with a password that the office gave. */
  mustChangePassword: z.boolean(),
});
export type ConsoleUser = z.infer<typeof ConsoleUser>;

export const DeviceView = z.object({
  id: Id,
  label: z.string(),
  campaignId: Id,
  rooms: z.array(z.string()),
  /** Until when it can be enrolled; null once it is. */
  codeExpiresAt: Instant.nullable(),
  enrolledAt: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  /** unused: never had a list to work offline with · waiting: may keep scans nobody has seen · uploaded · waived */
  upload: z.enum(['unused', 'waiting', 'uploaded', 'waived']),
  /** Scans it said it still keeps, and when; null when it never said. */
  pending: z.int().nullable(),
  reportedAt: Instant.nullable(),
});
export type DeviceView = z.infer<typeof DeviceView>;

/** Roles that the office gives. An operator is made at the command line. */
export const GIVEN_ROLES = ['office', 'college', 'support', 'finance', 'auditor'] as const;

export const UserView = z.object({
  id: Id,
  login: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  colleges: z.array(z.string()),
  disabledAt: Instant.nullable(),
  lockedUntil: Instant.nullable(),
  mustChangePassword: z.boolean(),
  /** Since when they have a second factor to approve with; null without. */
  authenticatorSince: Instant.nullable(),
  version: z.int(),
});
export type UserView = z.infer<typeof UserView>;

const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,29}$/);
const UserFacts = {
  name: Line(30),
  role: z.enum(GIVEN_ROLES),
  /** At least one for a college secretary, none for others. */
  colleges: z.array(Line(60)).max(50),
};

export const accounts = {
  'POST /api/login/wechat': {
    summary: 'Silent WeChat login: the code of wx.login becomes a session token',
    who: ['anyone'],
    limit: 'login',
    body: z.strictObject({
      code: z.string().min(1).max(256),
      /** The first page in the same answer: on a bad network every further question is half a second. */
      withHome: z.boolean().optional(),
    }),
    response: SignedIn.extend({ home: HomeView.nullable() }),
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
      /** Keeps the name that the office gave it, unless it brings another one. */
      label: Line(30).optional(),
    }),
    response: SignedIn.extend({ device: DeviceView }),
    errors: ['DEVICE_CODE_INVALID'],
  },
  'GET /api/staff/me': {
    summary: 'What this staff phone may do',
    who: ['staff'],
    limit: 'read',
    response: DeviceView.extend({ campaignName: z.string(), days: z.array(z.string()), now: Instant }),
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
    evenWithGivenPassword: true,
  },
  'GET /api/console/me': {
    summary: 'The signed-in console user, with a fresh CSRF token',
    who: ['office', 'college', 'support', 'finance', 'auditor', 'operator'],
    limit: 'read',
    evenWithGivenPassword: true,
    response: z.object({ user: ConsoleUser, csrfToken: z.string() }),
  },
  'POST /api/console/me/password': {
    summary: 'Change the own password; other sign-ins of the same person end',
    who: ['office', 'college', 'support', 'finance', 'auditor', 'operator'],
    limit: 'login',
    evenWithGivenPassword: true,
    body: z.strictObject({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) }),
    response: z.object({ user: ConsoleUser, csrfToken: z.string() }),
    errors: ['WRONG_PASSWORD', 'ACCOUNT_LOCKED', 'PASSWORD_TOO_WEAK'],
  },
  'GET /api/console/users': {
    summary: 'Who may sign in at the console of this school',
    who: ['office', 'auditor'],
    limit: 'read',
    response: z.object({ users: z.array(UserView) }),
  },
  'POST /api/console/users': {
    summary: 'A new person at the console, with a password that is shown once',
    who: ['office'],
    limit: 'write',
    body: z.strictObject({ login: Login, ...UserFacts }),
    response: z.object({ user: UserView, password: z.string() }),
    errors: ['LOGIN_TAKEN'],
  },
  'PUT /api/console/users/:id': {
    summary: 'Another name, role or colleges; the person signs in again',
    who: ['office'],
    limit: 'write',
    params: z.strictObject({ id: Id }),
    body: z.strictObject({ version: z.int(), ...UserFacts }),
    response: UserView,
    errors: ['CHANGED_MEANWHILE', 'LAST_OFFICE_USER', 'NOT_YOURSELF'],
  },
  'POST /api/console/users/:id/disable': {
    summary: 'No more sign-ins; those there are end within five seconds',
    who: ['office'],
    limit: 'write',
    params: z.strictObject({ id: Id }),
    body: z.strictObject({ version: z.int() }),
    response: UserView,
    errors: ['CHANGED_MEANWHILE', 'LAST_OFFICE_USER', 'NOT_YOURSELF'],
  },
  'POST /api/console/users/:id/enable': {
    summary: 'May sign in again',
    who: ['office'],
    limit: 'write',
    params: z.strictObject({ id: Id }),
    body: z.strictObject({ version: z.int() }),
    response: UserView,
    errors: ['CHANGED_MEANWHILE'],
  },
  'POST /api/console/users/:id/reset-password': {
    summary: 'A new password that is shown once and must be changed; unlocks the account',
    who: ['office'],
    limit: 'write',
    params: z.strictObject({ id: Id }),
    body: z.strictObject({ version: z.int() }),
    response: z.object({ user: UserView, password: z.string() }),
    errors: ['CHANGED_MEANWHILE', 'NOT_YOURSELF'],
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
  'POST /api/console/devices/:id/waive': {
    summary: 'Do not wait for the offline scans of a lost or broken phone',
    who: ['office'],
    limit: 'write',
    params: z.strictObject({ id: Id }),
    body: z.strictObject({ reason: Line(200) }),
    response: DeviceView,
  },
} as const satisfies ContractPart;
