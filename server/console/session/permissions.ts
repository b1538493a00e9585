import type { ContractKey } from '../../../shared/contract';
import type { Role } from '../../../shared/contract/endpoint';

const EVERYONE = ['office', 'college', 'support', 'finance', 'auditor', 'operator'] as const;
const WITH_MONEY = ['office', 'finance', 'auditor'] as const;
const LOOKS_AT_BILLS = ['finance', 'auditor'] as const;

/**
 * Who may call what, as the contract says (a test compares the two): so that nobody is shown a page or a button that the
 * server would refuse. The server decides.
 */
export const WHO = {
  'GET /api/console/campaigns': EVERYONE,
  'POST /api/console/campaigns': ['office'],
  'GET /api/console/campaigns/:id': EVERYONE,
  'PUT /api/console/campaigns/:id': ['office'],
  'POST /api/console/campaigns/:id/timetable/preview': ['office'],
  'POST /api/console/campaigns/:id/timetable': ['office'],
  'GET /api/console/campaigns/:id/sessions': EVERYONE,
  'POST /api/console/campaigns/:id/roster/preview': ['office'],
  'POST /api/console/campaigns/:id/roster': ['office'],
  'POST /api/console/campaigns/:id/open': ['office'],
  'POST /api/console/campaigns/:id/close-collection': ['office'],
  'GET /api/console/campaigns/:id/devices': ['office', 'auditor'],
  'POST /api/console/campaigns/:id/devices': ['office'],
  'POST /api/console/devices/:id/revoke': ['office'],
  'GET /api/console/campaigns/:id/uncollected': WITH_MONEY,
  'GET /api/console/campaigns/:id/refund-batches': WITH_MONEY,
  'POST /api/console/campaigns/:id/refund-batches': ['finance'],
  'POST /api/console/refund-batches/:id/decide': ['finance'],
  'POST /api/console/refund-batches/:id/pause': ['finance'],
  'GET /api/console/merchants': WITH_MONEY,
  'GET /api/console/merchants/:merchantId/days': LOOKS_AT_BILLS,
  'POST /api/console/merchants/:merchantId/days/:day/fetch': ['finance'],
  'GET /api/console/merchants/:merchantId/days/:day/differences': LOOKS_AT_BILLS,
  'GET /api/console/audit': ['office', 'auditor'],
  'GET /api/console/bookings/:id/timeline': ['office', 'support', 'finance', 'auditor'],
} as const satisfies Partial<Record<ContractKey, readonly Role[]>>;

export type GuardedKey = keyof typeof WHO;

export function may(role: Role, key: GuardedKey): boolean {
  const roles: readonly Role[] = WHO[key];
  return roles.includes(role);
}

/** The pages in the order of the work, each with what it cannot do without. */
export const PAGES = [
  { key: 'today', title: '今天', needs: 'GET /api/console/campaigns' },
  { key: 'batch', title: '批次', needs: 'GET /api/console/campaigns/:id/sessions' },
  { key: 'onsite', title: '现场', needs: 'GET /api/console/campaigns/:id/sessions' },
  { key: 'settlement', title: '结算', needs: 'GET /api/console/campaigns/:id/refund-batches' },
  { key: 'reconciliation', title: '对账', needs: 'GET /api/console/merchants/:merchantId/days' },
  { key: 'audit', title: '审计', needs: 'GET /api/console/audit' },
] as const satisfies readonly { key: string; title: string; needs: GuardedKey }[];

export type PageKey = (typeof PAGES)[number]['key'];

export const pagesFor = (role: Role) => PAGES.filter(({ needs }) => may(role, needs));
