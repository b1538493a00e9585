import type { NoticeFacts, SpecialGroup } from './notice-check';
import { readPastedTable } from './pasted-table';
import { compact, tidy } from './text';
import { columnsOf, isHeader } from './timetable-row';

/** What a notice's text says, as far as the notice check needs it. */
export interface NoticeText
  extends Pick<NoticeFacts, 'rooms' | 'rules' | 'dates' | 'earlyGraduates' | 'secondDegree'> {
  /** The text sends students to a support phone (电话客服). */
  namesSupport: boolean;
  supportPhone: string;
}

/** Reads the statements of a notice by the words that such notices use. What it does not say stays open. */
export function readNotice(text: string): NoticeText {
  const sentences = text.split(/[。；;\n\r]+/).map(compact);
  const says = (...patterns: RegExp[]) =>
    sentences.some((one) => patterns.every((pattern) => pattern.test(one)));
  return {
    rooms: roomsIn(text),
    dates: datesIn(text),
    rules: {
      studentsChooseSession: says(/选择(采集|拍摄|预约)?(时间|时段|场次)/),
      ownSessionOnly: says(/只能在?(所属|所在|本)(班级|专业|班)?.{0,8}(时间段|时段)/),
      onSiteNeedsOriginalId: says(/身份证原件/, /现场(办理)?预约/),
      lostIdBooksOnSite: says(/(身份证.{0,6}(遗失|丢失)|(遗失|丢失).{0,6}身份证)/, /现场(办理)?预约/),
      otherEvidenceOnSite: says(/临时身份证|户籍证明|学生证|辅导员/),
    },
    namesSupport: says(/客服/),
    supportPhone: SUPPORT_PHONE.exec(compact(text))?.[1] ?? '',
    earlyGraduates: groupIn(sentences, /提前毕业/),
    secondDegree: groupIn(sentences, /第二学士学位|二学位/),
  };
}

/**
 * The notice around its timetable, when a whole notice was pasted.
 *
 * @param headingLine of the timetable
 * @returns "" when there is no more than a title above the table
 */
export function noticeAround(text: string, headingLine: number): string {
  const lines = text.split(/\r\n|\n|\r/);
  const before = lines.slice(0, headingLine - 1);
  const rest = lines.slice(headingLine);
  const appendix = rest.findIndex((line) => /附件\s*[2-9二三四五六七八九]/.test(line.normalize('NFKC')));
  const around = [...before, ...(appendix < 0 ? [] : rest.slice(appendix))].join('\n');
  return tidy(before.join('\n')).length < SHORTEST_NOTICE ? '' : around;
}

/** A notice without the timetable in it, whose cells are no statements; "" when there is hardly more than the table. */
export function withoutTimetable(text: string): string {
  const isHeading = (cells: readonly string[]) => isHeader(columnsOf(cells));
  const heading = readPastedTable(text, isHeading).find(({ cells }) => isHeading(cells));
  return heading ? noticeAround(text, heading.line) : text;
}

const SHORTEST_NOTICE = 80;
const SUPPORT_PHONE = /客服(?:电话)?[^。\d]{0,12}?((?:0\d{2,3}-?)?\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4})/;

/** `C区203、204、205、207教室` after 采集地点: all of them in the same wing. */
function roomsIn(text: string): string[] {
  const written = compact(text);
  const place = /(?:采集|拍摄)地点[:：]?(.{1,80})/.exec(written)?.[1] ?? '';
  const [, wing = '', numbers = ''] =
    /([A-Z]区|[东南西北中]区|)((?:[A-Z]?\d{2,4}[、,，和及]?)+)(?=教?室|$|[^\d])/.exec(place) ?? [];
  const rooms = numbers.split(/[、,，和及]/).filter((number) => number !== '');
  return rooms.map((number) => `${wing}${number}`);
}

/** Every date with month and day; one without its year counts only when the text never writes it with one. */
function datesIn(text: string): { about: string; text: string }[] {
  const written = compact(text);
  const found = [...written.matchAll(/(\d{4}年)?(\d{1,2})月(\d{1,2})([日号]?)/g)].map((match) => ({
    about: aboutOf(written.slice(Math.max(0, match.index - 20), match.index)),
    text: match[0],
    isWhole: match[1] !== undefined && match[4] !== '',
    hasYear: match[1] !== undefined,
    day: `${match[2]}-${match[3]}`,
  }));
  const whole = new Set(found.filter(({ isWhole }) => isWhole).map(({ day }) => day));
  const told = found.filter(({ isWhole, hasYear, day }) => isWhole || hasYear || !whole.has(day));
  const once = new Map(told.map(({ about, text }) => [`${about} ${text}`, { about, text }]));
  return [...once.values()];
}

function aboutOf(before: string): string {
  const label = /([\u4e00-\u9fff]{2,8})[:：][(（]?$/.exec(before)?.[1];
  return label ?? '日期';
}

function groupIn(sentences: readonly string[], who: RegExp): SpecialGroup {
  const about = sentences.filter((one) => who.test(one));
  if (about.length === 0) return { placement: 'not_invited', counted: false };
  const together = about.some((one) => /同专业|本专业|随班|跟班/.test(one));
  return { placement: together ? 'with_same_major' : 'not_said', counted: false };
}
