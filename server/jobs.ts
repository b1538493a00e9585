import { Authenticators } from './modules/accounts/authenticator-model';
import { Devices } from './modules/accounts/device-model';
import { Users } from './modules/accounts/user-model';
import { Announcements } from './modules/announcements/model';
import { projectTrails, type TrailSource } from './modules/audit/project-trails';
import { Bookings } from './modules/bookings/model';
import { Merchants } from './modules/campaigns/merchant-model';
import { Campaigns } from './modules/campaigns/model';
import { CollectionSessions } from './modules/campaigns/session-model';
import { TableImports } from './modules/imports/model';
import { MoneyProofs } from './modules/money-proof/model';
import { wantDueProofs } from './modules/money-proof/want-proof';
import { announceOpenings } from './modules/notifications/announce-opening';
import { planFromTrail } from './modules/notifications/plan-from-trail';
import { createMessageRate, sendDueMessages } from './modules/notifications/send-due-messages';
import { Orders } from './modules/payments/model';
import { OrphanNotifications } from './modules/payments/orphan-model';
import { Receipts } from './modules/receipts/model';
import { Differences } from './modules/reconciliation/difference-model';
import { EvidenceFiles } from './modules/reconciliation/evidence-model';
import { fetchDueBills } from './modules/reconciliation/fetch-due-bills';
import { BillDays } from './modules/reconciliation/model';
import { BindingConflicts } from './modules/roster/conflict-model';
import { Students } from './modules/roster/model';
import { RefundBatches } from './modules/settlement/model';
import { Identities } from './modules/verification/model';
import { WorkDaysRecords } from './modules/work-days/model';
import { every, type Repeating } from './platform/effects/every';
import { oneAtATime } from './platform/effects/one-at-a-time';
import { sharedSlots } from './platform/mongo/shared-slots';
import type { World } from './world';

const SWEEP_MS = 500;
const PROJECT_MS = 1_000;
/** A batch of lines takes moments; after a crash the log lags behind by so much. */
const PROJECT_LEASE_MS = 5_000;
const OPENINGS_MS = 5_000;
const MESSAGES_MS = 1_000;
const PROOFS_MS = 600_000;

export const TRAILS: readonly TrailSource[] = [
  { subject: 'booking', model: Bookings },
  { subject: 'order', model: Orders },
  { subject: 'notice', model: OrphanNotifications },
  { subject: 'student', model: Students },
  { subject: 'identity', model: Identities },
  { subject: 'conflict', model: BindingConflicts },
  { subject: 'campaign', model: Campaigns },
  { subject: 'announcement', model: Announcements },
  { subject: 'import', model: TableImports },
  { subject: 'session', model: CollectionSessions },
  { subject: 'refund-batch', model: RefundBatches },
  { subject: 'bill-day', model: BillDays },
  { subject: 'difference', model: Differences },
  { subject: 'receipt', model: Receipts },
  { subject: 'money-proof', model: MoneyProofs },
  { subject: 'evidence', model: EvidenceFiles },
  { subject: 'merchant', model: Merchants },
  { subject: 'device', model: Devices },
  { subject: 'user', model: Users },
  { subject: 'authenticator', model: Authenticators },
  { subject: 'work-days', model: WorkDaysRecords },
];

export interface Jobs {
  stop(): Promise<void>;
}

/**
 * What runs by itself. Every job is safe on many instances at once.
 *
 * @param billsEveryMs how often it is looked whether bills are due
 */
export function startJobs(world: World, billsEveryMs: number): Jobs {
  const turn = createMessageRate(world);
  const jobs: Repeating[] = [
    every(SWEEP_MS, 'effects', world, (isStopped) => world.effects.sweep(isStopped)),
    every(billsEveryMs, 'bills', world, () => fetchDueBills(world)),
    every(PROJECT_MS, 'audit', world, projecting(world)),
    every(PROOFS_MS, 'proofs', world, () => wantDueProofs(world)),
    every(OPENINGS_MS, 'openings', world, () => announceOpenings(world)),
    every(MESSAGES_MS, 'messages', world, () => sendDueMessages(world, turn)),
  ];
  return {
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}

/** One instance at a time: they would all find the same lines, and all but the first write would be for nothing. */
function projecting(world: World): () => Promise<number> {
  const { ids, log } = world;
  const slots = sharedSlots('audit', { count: 1, leaseMs: PROJECT_LEASE_MS, newToken: () => ids.id() });
  const inTurn = oneAtATime(slots, log);
  return () => projectTrails(TRAILS, (lines) => planFromTrail(world, lines), inTurn);
}
