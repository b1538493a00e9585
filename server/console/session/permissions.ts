import type { ContractKey } from '../../../shared/contract';
import type { Role } from '../../../shared/contract/endpoint';

const EVERYONE = ['office', 'college', 'support', 'finance', 'auditor', 'operator'] as const;
const WITH_MONEY = ['office', 'finance', 'auditor'] as const;
/** Who answers the phone and decides about single students. */
const CALLERS = ['office', 'support'] as const;
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
  'POST /api/console/campaigns/:id/imports': ['office'],
  'GET /api/console/campaigns/:id/sessions': EVERYONE,
  'POST /api/console/campaigns/:id/open': ['office'],
  'POST /api/console/campaigns/:id/close-collection': ['office'],
  'POST /api/console/campaigns/:id/timetable-changes': ['office'],
  'GET /api/console/campaigns/:id/timetable-changes': ['office', 'college', 'support', 'auditor'],
  'GET /api/console/campaigns/:id/timetable-changes/:changeId/students': CALLERS,
  'POST /api/console/campaigns/:id/sessions/:sessionId/capacity': ['office'],
  'GET /api/console/campaigns/:id/devices': ['office', 'auditor'],
  'POST /api/console/campaigns/:id/devices': ['office'],
  'POST /api/console/devices/:id/revoke': ['office'],
  'POST /api/console/devices/:id/waive': ['office'],
  'GET /api/console/campaigns/:id/offline-scans': ['office', 'support', 'auditor'],
  'GET /api/console/campaigns/:id/shot-list.xlsx': ['office', 'auditor'],
  'POST /api/console/campaigns/:id/portrait-files': ['office', 'auditor'],
  'GET /api/console/campaigns/:id/board': EVERYONE,
  'POST /api/console/campaigns/:id/find-students': ['office', 'college', 'finance', 'auditor'],
  'POST /api/console/campaigns/:id/identify-caller': CALLERS,
  'POST /api/console/bookings/:id/move': CALLERS,
  'POST /api/console/bookings/:id/cancel': CALLERS,
  'POST /api/console/bookings/:id/waiver': ['office', 'finance'],
  'POST /api/console/bookings/:id/waiver/decide': ['office', 'finance'],
  'POST /api/console/students/:id/unbind': CALLERS,
  'POST /api/console/identities/:id/reset-attempts': CALLERS,
  'POST /api/onsite/students/:id/correct': ['staff', 'support', 'office'],
  'GET /api/console/campaigns/:id/todo': ['office', 'support', 'finance', 'auditor'],
  'GET /api/console/campaigns/:id/reviews': CALLERS,
  'GET /api/console/campaigns/:id/conflicts': CALLERS,
  'GET /api/console/campaigns/:id/corrections': CALLERS,
  'GET /api/console/campaigns/:id/unmatched': ['office', 'support', 'auditor'],
  'POST /api/console/campaigns/:id/place-students': ['office'],
  'GET /api/console/campaigns/:id/progress': ['office', 'college', 'support', 'auditor'],
  'GET /api/console/campaigns/:id/college-timetables': ['office', 'college', 'support'],
  'GET /api/console/campaigns/:id/mini-program-code': ['office', 'college', 'support'],
  'GET /api/console/campaigns/:id/uncollected': WITH_MONEY,
  'GET /api/console/campaigns/:id/refund-batches': WITH_MONEY,
  'POST /api/console/campaigns/:id/refund-batches': ['finance'],
  'POST /api/console/refund-batches/:id/decide': ['finance'],
  'POST /api/console/refund-batches/:id/pause': ['finance'],
  'GET /api/console/merchants': WITH_MONEY,
  'GET /api/console/merchants/:merchantId/days': LOOKS_AT_BILLS,
  'POST /api/console/merchants/:merchantId/days/:day/fetch': ['finance'],
  'POST /api/console/merchants/:merchantId/days/:day/bills': ['finance'],
  'GET /api/console/merchants/:merchantId/reports/summary': LOOKS_AT_BILLS,
  'POST /api/console/orders/:orderNo/receipt': ['finance'],
  'POST /api/console/orders/:orderNo/receipt/void': ['finance'],
  'GET /api/console/money-proof': LOOKS_AT_BILLS,
  'POST /api/console/money-proof': LOOKS_AT_BILLS,
  'GET /api/console/merchants/:merchantId/days/:day/differences': LOOKS_AT_BILLS,
  'POST /api/console/differences/:id/evidence': ['finance'],
  'POST /api/console/differences/:id/own': ['finance'],
  'POST /api/console/differences/:id/propose': ['finance'],
  'POST /api/console/differences/:id/decide': ['finance'],
  'POST /api/console/differences/:id/reopen': ['finance'],
  'POST /api/console/merchants/:merchantId/days/:day/sign-off': ['finance'],
  'POST /api/console/merchants/:merchantId/days/:day/sign-off/decide': ['finance'],
  'GET /api/console/users': ['office', 'auditor'],
  'POST /api/console/me/authenticator': ['office', 'finance'],
  'POST /api/console/users/:id/reset-authenticator': ['office'],
  'POST /api/console/users': ['office'],
  'GET /api/console/money-tasks': LOOKS_AT_BILLS,
  'GET /api/console/campaigns/:id/refund-promises': WITH_MONEY,
  'POST /api/console/orders/:orderNo/proposals': ['finance', 'office'],
  'POST /api/console/orders/:orderNo/proposals/:proposalId/decide': ['finance'],
  'POST /api/console/orders/:orderNo/check': ['finance', 'support'],
  'POST /api/console/orders/:orderNo/refunds/:refundNo/renew': ['finance'],
  'POST /api/console/orders/:orderNo/refunds/:refundNo/redirect': ['finance'],
  'POST /api/console/payment-notices/:noticeId/resolve': ['finance'],
  'GET /api/console/campaigns/:id/messages': ['office', 'support', 'auditor'],
  'GET /api/console/campaigns/:id/photo-checks': ['office', 'support', 'auditor'],
  'POST /api/console/bookings/:id/photo-check/handle': CALLERS,
  'GET /api/console/campaigns/:id/announcements': ['office', 'support', 'auditor'],
  'POST /api/console/campaigns/:id/announcements': ['office'],
  'POST /api/console/announcements/:id/withdraw': ['office'],
  'GET /api/console/campaigns/:id/make-up-students': ['office', 'auditor'],
  'GET /api/console/campaigns/:id/make-up-slots': ['office', 'support', 'auditor'],
  'POST /api/console/campaigns/:id/make-up-slots': ['office'],
  'POST /api/console/students/:id/paper-photo': ['office'],
  'GET /api/console/work-days': ['office', 'finance', 'auditor', 'operator'],
  'PUT /api/console/work-days': ['office', 'operator'],
  'GET /api/console/retention': ['office', 'auditor'],
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
  { key: 'students', title: '学生与预约', needs: 'POST /api/console/campaigns/:id/find-students' },
  { key: 'caller', title: '来电', needs: 'POST /api/console/campaigns/:id/identify-caller' },
  { key: 'todo', title: '待办', needs: 'GET /api/console/campaigns/:id/todo' },
  { key: 'onsite', title: '现场', needs: 'GET /api/console/campaigns/:id/board' },
  { key: 'progress', title: '学院进度', needs: 'GET /api/console/campaigns/:id/progress' },
  { key: 'kit', title: '宣传物料', needs: 'GET /api/console/campaigns/:id/mini-program-code' },
  { key: 'messages', title: '消息与核对', needs: 'GET /api/console/campaigns/:id/messages' },
  { key: 'make-up', title: '补拍', needs: 'GET /api/console/campaigns/:id/make-up-students' },
  { key: 'settlement', title: '结算', needs: 'GET /api/console/campaigns/:id/refund-batches' },
  { key: 'reconciliation', title: '对账', needs: 'GET /api/console/merchants/:merchantId/days' },
  { key: 'reports', title: '报表', needs: 'GET /api/console/merchants/:merchantId/reports/summary' },
  { key: 'whereabouts', title: '资金去向', needs: 'GET /api/console/money-proof' },
  { key: 'settings', title: '账号', needs: 'GET /api/console/users' },
  { key: 'work-days', title: '工作日', needs: 'GET /api/console/work-days' },
  { key: 'retention', title: '个人信息', needs: 'GET /api/console/retention' },
  { key: 'audit', title: '审计', needs: 'GET /api/console/audit' },
] as const satisfies readonly { key: string; title: string; needs: GuardedKey }[];

export type PageKey = (typeof PAGES)[number]['key'];

export const pagesFor = (role: Role) => PAGES.filter(({ needs }) => may(role, needs));
