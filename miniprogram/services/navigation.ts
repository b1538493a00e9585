import { platform } from './platform';

const HOME = '/pages/home/index';

export type GuidePart = 'steps' | 'dress' | 'questions' | 'check' | 'make-up' | 'contact';

/** Every way through the app, by name. */
export const go = {
  verify: () => platform.openPage('/pages/verify/index'),
  otherDocument: () => platform.openPage('/pages/other-document/index'),
  enrolment: () => platform.openPage('/pages/enrolment/index'),
  sessions: () => platform.openPage('/pages/sessions/index'),
  makeUp: () => platform.openPage('/pages/make-up/index'),
  pay: () => platform.openPage('/pages/pay/index'),
  code: () => platform.openPage('/pages/code/index'),
  orders: () => platform.openPage('/pages/orders/index'),
  timetable: () => platform.openPage('/pages/timetable/index'),
  /** @param part what to show first */
  guide: (part?: GuidePart) => platform.openPage(`/pages/guide/index${part ? `?part=${part}` : ''}`),
  myData: () => platform.openPage('/pages/my-data/index'),
  staffEnrol: () => platform.openPage('/staff/enrol/index'),
  staffScan: () => platform.openPage('/staff/scan/index'),
  staffLookup: () => platform.openPage('/staff/lookup/index'),
  staffQueue: () => platform.openPage('/staff/queue/index'),
  staffWalkIn: () => platform.openPage('/staff/walk-in/index'),
  staffCorrect: () => platform.openPage('/staff/correct/index'),
  staffDisplay: () => platform.openPage('/staff/display/index'),
  staffBoard: () => platform.openPage('/staff/board/index'),
};

export const goHome = () => platform.backToStart(HOME);
export const goBack = () => platform.backOr(HOME);
/** Whoever goes back from it has nothing more to do on the page before. */
export const replaceWithEnrolment = () => platform.replacePage('/pages/enrolment/index');
export const replaceWithPay = () => platform.replacePage('/pages/pay/index');
