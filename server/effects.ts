import { Authenticators } from './modules/accounts/authenticator-model';
import { Devices } from './modules/accounts/device-model';
import { keepAnOffice } from './modules/accounts/keep-an-office';
import { endSessionsOfDevice, endSessionsOfUser } from './modules/accounts/sign-in';
import { Users } from './modules/accounts/user-model';
import { Announcements } from './modules/announcements/model';
import { sendAnnouncement } from './modules/announcements/send-announcement';
import { handOverBooking } from './modules/bookings/hand-over-booking';
import { Bookings } from './modules/bookings/model';
import { carryOutTimetableChange } from './modules/campaigns/carry-out-timetable-change';
import { Campaigns } from './modules/campaigns/model';
import { TableImports } from './modules/imports/model';
import { runImport } from './modules/imports/run-import';
import { MoneyProofs } from './modules/money-proof/model';
import { proveMoney } from './modules/money-proof/prove-money';
import { settleBooking } from './modules/payments/apply-payment';
import { endPlace } from './modules/payments/end-place';
import { Orders } from './modules/payments/model';
import { refundBooking } from './modules/payments/refund-booking';
import { releaseHold } from './modules/payments/release-hold';
import { unpayBooking } from './modules/payments/reverse-payment';
import { pollRefund, sendRefund } from './modules/payments/send-refund';
import { watchOrder } from './modules/payments/watch-order';
import { carryOutRepair } from './modules/reconciliation/carry-out-repair';
import { Differences } from './modules/reconciliation/difference-model';
import { keepEvidence } from './modules/reconciliation/evidence';
import { EvidenceFiles } from './modules/reconciliation/evidence-model';
import { recountDayOf } from './modules/reconciliation/recount-day';
import { BindingConflicts } from './modules/roster/conflict-model';
import { handOverStudent } from './modules/roster/decide-conflict';
import { matchAgain, matchStudents } from './modules/roster/match-students';
import { Students } from './modules/roster/model';
import { RefundBatches } from './modules/settlement/model';
import { followLateResults, runBatch } from './modules/settlement/run-batch';
import type { World } from './world';

/** Every effect there is, and who carries it out. */
export function registerEffects(world: World): void {
  const { effects } = world;
  effects.on(Users, 'keep-an-office', (id) => keepAnOffice(world, id));
  effects.on(Users, 'end-sessions', endSessionsOfUser);
  // An authenticator has the id of the user whose it is.
  effects.on(Authenticators, 'end-sessions', endSessionsOfUser);
  effects.on(Devices, 'end-sessions', endSessionsOfDevice);

  effects.on(Bookings, 'release-hold', (id) => releaseHold(world, id));
  effects.on(Bookings, 'refund-booking', (id, { payload }) =>
    refundBooking(world, id, String(payload.reason)),
  );

  effects.on(Campaigns, 'carry-out-timetable-change', (_id, { payload }) =>
    carryOutTimetableChange(world, String(payload.change)),
  );

  effects.on(Students, 'hand-over-booking', (id) => handOverBooking(world, id));
  effects.on(Students, 'match-students', matchAgain);
  effects.on(BindingConflicts, 'hand-over-student', (id, { payload }) =>
    handOverStudent(world, id, payload.level === 'verified' ? 'verified' : 'unverified'),
  );
  effects.on(Campaigns, 'match-students', async (id) => {
    await matchStudents(id);
    return 'done';
  });

  effects.on(Orders, 'settle-booking', (id, { payload }) =>
    settleBooking(world, id, String(payload.bookingId)),
  );
  effects.on(Orders, 'query-order', (id, { attempts }) => watchOrder(world, id, attempts));
  effects.on(Orders, 'send-refund', (id, { payload, attempts }) =>
    sendRefund(world, id, String(payload.refundNo), attempts),
  );
  effects.on(Orders, 'end-place', (id) => endPlace(world, id));
  effects.on(Orders, 'poll-refund', (id, { payload, attempts }) =>
    pollRefund(world, id, String(payload.refundNo), attempts),
  );

  effects.on(Announcements, 'send-announcement', (id) => sendAnnouncement(world, id));

  effects.on(TableImports, 'run-import', (id, effect) => runImport(world, id, effect));

  effects.on(Orders, 'unpay-booking', (id) => unpayBooking(world, id));

  effects.on(Differences, 'carry-out-repair', (id) => carryOutRepair(world, id));
  effects.on(Differences, 'recount-day', (id) => recountDayOf(world, id));
  effects.on(EvidenceFiles, 'keep-evidence', (id) => keepEvidence(world, id));

  effects.on(MoneyProofs, 'prove-money', (id) => proveMoney(world, id));

  effects.on(RefundBatches, 'run-batch', (id) => runBatch(world, id));
  effects.on(RefundBatches, 'late-results', (id) => followLateResults(world, id));
}
