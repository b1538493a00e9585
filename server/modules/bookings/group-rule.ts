import type { Campaign } from '../campaigns/model';
import type { CollectionSession } from '../campaigns/session-model';
import type { Student } from '../roster/model';

/** Own group's session by default (原则上只能在所属班级采集时间段); others only where the campaign allows it. */
export const maySit = (campaign: Campaign, session: CollectionSession, student: Student): boolean =>
  student.sessionId === session._id || campaign.rules.allowOtherSessions;
