import type { Campaign } from '../campaigns/model';
import type { CollectionSession } from '../campaigns/session-model';
import type { Student } from '../roster/model';
import { isMakeUp } from './make-up-rule';

/** Own group's session by default (原则上只能在所属班级采集时间段); others only where the campaign allows it. Make-up is for everybody. */
export const maySit = (campaign: Campaign, session: CollectionSession, student: Student): boolean =>
  isMakeUp(session) || student.sessionId === session._id || campaign.rules.allowOtherSessions;
