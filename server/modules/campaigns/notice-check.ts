import type { NoticeCheckView } from '../../../shared/contract/imports';
import { checkNotice, type NoticeFacts, type SpecialGroup } from '../../../shared/domain/notice-check';
import type { RosterCount } from '../../../shared/domain/notice-check-roster';
import type { CheckedRow, NoticeFinding } from '../../../shared/domain/notice-findings';
import { readNotice, withoutTimetable } from '../../../shared/domain/notice-text';
import { shanghaiTime } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { countKinds } from '../roster/count-kinds';
import { forgetCampaign, sessionsOf } from './find-campaign';
import { type Campaign, Campaigns } from './model';
import { presentFinding } from './present-problem';
import type { CollectionSession } from './session-model';

/** The notice's fastest realistic pace; what is planned tighter is told. */
const MIN_SECONDS_PER_STUDENT = 15;

/**
 * Where a timetable contradicts its campaign, the roster and the notice's text.
 *
 * @param text of the notice; "" when there is none, then only the campaign's own facts count
 */
export function noticeFindings(
  campaign: Campaign,
  rows: readonly CheckedRow[],
  { roster, text }: { roster: readonly RosterCount[]; text: string },
): NoticeFinding[] {
  const notice = withoutTimetable(text);
  const facts = notice ? factsOfNotice(campaign, notice) : factsOfCampaign(campaign);
  return checkNotice(roster.length > 0 ? withRoster(facts, roster) : facts, rows);
}

/** The campaign as it stands: its timetable, its roster, and the notice's text if the office gave it. */
export async function checkCampaign(campaign: Campaign): Promise<NoticeCheckView> {
  const [sessions, roster] = await Promise.all([sessionsOf(campaign._id), countKinds(campaign)]);
  const { noticeText: text = '' } = campaign;
  const findings =
    sessions.length > 0 ? noticeFindings(campaign, sessions.flatMap(checkedRows), { roster, text }) : [];
  return {
    version: campaign.version,
    text,
    findings: findings.map(presentFinding),
    checked: { sessions: sessions.length, students: roster.reduce((sum, { students }) => sum + students, 0) },
  };
}

/** @throws AppError CHANGED_MEANWHILE */
export async function keepNoticeText(
  world: World,
  by: UserActor,
  { campaign, version, text }: { campaign: Campaign; version: number; text: string },
): Promise<Campaign> {
  const changed = await changeRecord(
    Campaigns,
    { _id: campaign._id, version },
    { $set: { noticeText: text } },
    line(world, actorName(by), 'campaign.notice-text', { characters: text.length }),
  );
  forgetCampaign(campaign._id);
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  return changed;
}

const NOT_INVITED: SpecialGroup = { placement: 'not_invited', counted: false };

/** Without the notice's text: what the product itself tells students, which does not contradict itself. */
const factsOfCampaign = ({ collectionDays, rooms, rules, contacts }: Campaign): NoticeFacts => ({
  collectionDays,
  rooms,
  minSecondsPerStudent: MIN_SECONDS_PER_STUDENT,
  rules: {
    studentsChooseSession: rules.allowOtherSessions,
    ownSessionOnly: !rules.allowOtherSessions,
    onSiteNeedsOriginalId: true,
    lostIdBooksOnSite: true,
    // On-site booking takes a temporary ID card, or a student card with the counsellor's word.
    otherEvidenceOnSite: true,
  },
  supportPhone: supportPhoneOf(contacts),
  dates: [],
  earlyGraduates: NOT_INVITED,
  secondDegree: NOT_INVITED,
});

function factsOfNotice(campaign: Campaign, text: string): NoticeFacts {
  const { namesSupport, supportPhone, rooms, ...said } = readNotice(text);
  return {
    collectionDays: campaign.collectionDays,
    minSecondsPerStudent: MIN_SECONDS_PER_STUDENT,
    ...said,
    rooms: rooms.length > 0 ? rooms : campaign.rooms,
    supportPhone: namesSupport ? supportPhone : supportPhoneOf(campaign.contacts),
  };
}

/** Headcounts are then compared with the students themselves, early graduates and second degrees among them. */
function withRoster(facts: NoticeFacts, roster: readonly RosterCount[]): NoticeFacts {
  const counted = (group: SpecialGroup): SpecialGroup => ({ ...group, counted: true });
  return {
    ...facts,
    roster,
    earlyGraduates: counted(facts.earlyGraduates),
    secondDegree: counted(facts.secondDegree),
  };
}

const supportPhoneOf = (contacts: Campaign['contacts']): string =>
  contacts.find(({ label }) => label.includes('客服'))?.phone ?? '';

const checkedRows = (session: CollectionSession): CheckedRow[] =>
  session.groups.map(({ major, direction, trainings }) => ({
    line: session.line ?? 0,
    room: session.room,
    major: session.title,
    majorName: major,
    direction,
    trainings,
    headcount: session.headcount,
    day: session.day,
    startsAt: shanghaiTime(session.startsAt),
    endsAt: shanghaiTime(session.endsAt),
    remark: session.remark,
  }));
