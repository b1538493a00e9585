import { app } from './app';
import { code } from './code';
import { enrolment } from './enrolment';
import { guide } from './guide';
import { home } from './home';
import { makeUp } from './make-up';
import { orders } from './orders';
import { otherDocument } from './other-document';
import { pay } from './pay';
import { privacy } from './privacy';
import { sessions } from './sessions';
import { timetable } from './timetable';
import { verify } from './verify';

/** Every word the app says, by page. */
export const copy = {
  ...app,
  home,
  verify,
  otherDocument,
  enrolment,
  sessions,
  makeUp,
  pay,
  privacy,
  code,
  orders,
  timetable,
  guide,
};
