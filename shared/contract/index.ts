import { accounts } from './accounts';
import { announcements } from './announcements';
import { audit } from './audit';
import { authenticators } from './authenticators';
import { bookings } from './bookings';
import { campaigns } from './campaigns';
import { imports } from './imports';
import { makeUps } from './make-up';
import { merchants } from './merchants';
import { moneyProof } from './money-proof';
import { notifications } from './notifications';
import { office } from './office';
import { onsite } from './onsite';
import { orders } from './orders';
import { payments } from './payments';
import { privacy } from './privacy';
import { receipts } from './receipts';
import { reconciliation } from './reconciliation';
import { reports } from './reports';
import { settlement } from './settlement';
import { timetableChanges } from './timetable-changes';
import { verification } from './verification';
import { workDays } from './work-days';

/** The whole API. Server routes, typed clients and the OpenAPI document are made from this one object. */
export const contract = {
  ...accounts,
  ...authenticators,
  ...campaigns,
  ...imports,
  ...timetableChanges,
  ...verification,
  ...bookings,
  ...payments,
  ...privacy,
  ...orders,
  ...merchants,
  ...onsite,
  ...office,
  ...settlement,
  ...reconciliation,
  ...reports,
  ...receipts,
  ...moneyProof,
  ...notifications,
  ...announcements,
  ...makeUps,
  ...audit,
  ...workDays,
};

export type Contract = typeof contract;
export type ContractKey = keyof Contract;
