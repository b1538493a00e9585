import { compareWithRoster, type RosterCount } from './notice-check-roster';
import type { CheckedRow, NoticeFinding } from './notice-findings';
import { tidy } from './text';
import type { ShanghaiDay } from './time';

/** How the notice treats students who graduate early or study for a second degree. */
export interface SpecialGroup {
  placement: 'not_invited' | 'own_rows' | 'with_same_major' | 'not_said';
  /** Only with `with_same_major`: the rows' headcounts include them */
  counted: boolean;
}

export interface NoticeFacts {
  /** Hours as `HH:MM`, `[from, to]` in Asia/Shanghai */
  collectionDays: readonly { day: ShanghaiDay; hours: readonly { from: string; to: string }[] }[];
  /** Rooms that the text names, as in the timetable: C区203 */
  rooms: readonly string[];
  /** A student who takes less than this is planned too tightly (15 s is the notice's fastest realistic pace) */
  minSecondsPerStudent: number;
  rules: {
    /** 选择采集时间进行预约 */
    studentsChooseSession: boolean;
    /** 原则上只能在所属班级采集时间段 */
    ownSessionOnly: boolean;
    /** On-site booking asks for the original ID card */
    onSiteNeedsOriginalId: boolean;
    /** Whoever lost the ID card is sent to the on-site booking */
    lostIdBooksOnSite: boolean;
    /** Another proof (temporary ID card, student card and counsellor) is accepted on site */
    otherEvidenceOnSite: boolean;
  };
  /** The number behind 电话客服; undefined or empty when the notice names none */
  supportPhone?: string;
  /** Dates as the notice writes them, with what they are about */
  dates: readonly { about: string; text: string }[];
  earlyGraduates: SpecialGroup;
  secondDegree: SpecialGroup;
  /** Once the roster is known */
  roster?: readonly RosterCount[];
}

/** Compares a notice's text with its timetable and its roster, before students read it. Findings in a stable order. */
export function checkNotice(facts: NoticeFacts, rows: readonly CheckedRow[]): NoticeFinding[] {
  return [
    ...checkRooms(facts, rows),
    ...rows.flatMap((row) => checkHours(facts, row)),
    ...checkOverlaps(rows),
    ...rows.flatMap((row) => checkPace(facts, row)),
    ...checkSpecialGroups(facts, rows),
    ...checkText(facts),
    ...(facts.roster ? compareWithRoster(rows, facts.roster) : []),
  ];
}

function checkRooms({ rooms }: NoticeFacts, rows: readonly CheckedRow[]): NoticeFinding[] {
  const announced = new Set(rooms);
  const used = new Map<string, number>();
  for (const { room, line } of rows) if (!used.has(room)) used.set(room, line);
  const unannounced = [...used].filter(([room]) => !announced.has(room));
  const idle = rooms.filter((room) => !used.has(room));
  return [
    ...unannounced.map(([room, line]) => ({
      code: 'room_not_announced' as const,
      severity: 'error' as const,
      line,
      room,
      message: `时间安排表用了 ${room}，通知正文没有写这间教室，请改正文或改安排表`,
    })),
    ...idle.map((room) => ({
      code: 'room_without_sessions' as const,
      severity: 'warning' as const,
      room,
      message: `通知正文写了 ${room}，时间安排表里没有任何时段，请核对教室号`,
    })),
  ];
}

function checkHours({ collectionDays }: NoticeFacts, row: CheckedRow): NoticeFinding[] {
  const at = { line: row.line, room: row.room };
  const announced = collectionDays.find(({ day }) => day === row.day);
  if (!announced) {
    const message = `“${row.major}”安排在 ${row.day}，这一天不是采集日，请核对日期`;
    return [{ ...at, code: 'day_not_announced', severity: 'error', message }];
  }
  const fits = announced.hours.some(({ from, to }) => row.startsAt >= from && row.endsAt <= to);
  if (fits) return [];
  const hours = announced.hours.map(({ from, to }) => `${from}–${to}`).join('、');
  const message = `“${row.major}”${row.startsAt}–${row.endsAt} 超出了采集时间（${hours}），请调整时段或延长采集时间`;
  return [{ ...at, code: 'outside_hours', severity: 'warning', message }];
}

function checkOverlaps(rows: readonly CheckedRow[]): NoticeFinding[] {
  const latest = new Map<string, CheckedRow>();
  const findings: NoticeFinding[] = [];
  const ordered = [...rows].sort(
    (a, b) => compare(`${a.day} ${a.startsAt}`, `${b.day} ${b.startsAt}`) || a.line - b.line,
  );
  for (const row of ordered) {
    const place = `${row.day} ${row.room}`;
    const before = latest.get(place);
    if (before && row.startsAt < before.endsAt) {
      const message = `${row.room} 的“${row.major}”${row.startsAt} 开始，“${before.major}”要到 ${before.endsAt} 才结束，请错开`;
      findings.push({ code: 'overlap', severity: 'error', line: row.line, room: row.room, message });
    }
    if (!before || row.endsAt > before.endsAt) latest.set(place, row);
  }
  return findings;
}

function checkPace({ minSecondsPerStudent }: NoticeFacts, row: CheckedRow): NoticeFinding[] {
  const minutes = minutesOf(row.endsAt) - minutesOf(row.startsAt);
  const seconds = (minutes * 60) / row.headcount;
  if (seconds >= minSecondsPerStudent) return [];
  const needed = Math.ceil((row.headcount * minSecondsPerStudent) / 60);
  const message = `“${row.major}”${row.headcount} 人只有 ${minutes} 分钟，平均每人 ${seconds.toFixed(1)} 秒，至少需要 ${needed} 分钟，请延长或分流`;
  return [{ code: 'too_tight', severity: 'warning', line: row.line, room: row.room, message }];
}

function checkSpecialGroups(facts: NoticeFacts, rows: readonly CheckedRow[]): NoticeFinding[] {
  const hasEarlyRow = rows.some(({ major, remark }) => `${major}${remark}`.includes('提前毕业'));
  const hasSecondDegreeRow = rows.some(({ trainings }) => trainings.includes('second_degree'));
  return [
    ...checkSpecialGroup(
      'early_graduates_without_session',
      '提前毕业的学生',
      facts.earlyGraduates,
      hasEarlyRow,
    ),
    ...checkSpecialGroup(
      'second_degree_without_session',
      '第二学士学位学生',
      facts.secondDegree,
      hasSecondDegreeRow,
    ),
  ];
}

function checkSpecialGroup(
  code: NoticeFinding['code'],
  who: string,
  { placement, counted }: SpecialGroup,
  hasRow: boolean,
): NoticeFinding[] {
  if (placement === 'not_invited' || hasRow) return [];
  if (placement === 'with_same_major') {
    const message = `${who}跟同专业一起拍，安排表没有单列，请确认各行人数已把他们算进去，或预留名额`;
    return counted ? [] : [{ code, severity: 'info', message }];
  }
  const message = `通知把${who}列为采集对象，但安排表没有他们的时段，请补一行或指定他们去哪个时段`;
  return [{ code, severity: 'error', message }];
}

function checkText({ rules, supportPhone, dates }: NoticeFacts): NoticeFinding[] {
  const findings: NoticeFinding[] = [];
  if (!supportPhone || tidy(supportPhone) === '') {
    const message = '通知让学生联系电话客服，但没有写号码，请补上客服电话';
    findings.push({ code: 'support_phone_missing', severity: 'warning', message });
  }
  for (const { about, text } of dates) {
    const missing = missingFromDate(text);
    if (missing === '') continue;
    const message = `${about}写作“${tidy(text)}”，缺少${missing}，请写全年月日`;
    findings.push({ code: 'date_incomplete', severity: 'warning', message });
  }
  if (rules.studentsChooseSession && rules.ownSessionOnly) {
    const message =
      '正文一处说选择采集时间预约，一处说只能在所属班级时段采集，请统一，并在规则里选定是否允许选其他时段';
    findings.push({ code: 'rules_contradict_choice', severity: 'warning', message });
  }
  if (rules.lostIdBooksOnSite && rules.onSiteNeedsOriginalId && !rules.otherEvidenceOnSite) {
    const message =
      '身份证遗失的学生被请到现场预约，而现场预约要身份证原件，请写明可用的其他证明（临时身份证等）';
    findings.push({ code: 'rules_contradict_lost_id', severity: 'warning', message });
  }
  return findings;
}

/** The notice writes 2022年11月19（上午…: a number without its 日. */
function missingFromDate(text: string): string {
  const written = tidy(text).replace(/ /g, '');
  if (/\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/.test(written)) return '';
  const missing = [
    /\d{4}年/.test(written) ? '' : '年份',
    /\d{1,2}月/.test(written) ? '' : '月份',
    /\d{1,2}[日号]/.test(written) ? '' : '“日”',
  ];
  return missing.filter((part) => part !== '').join('、');
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
