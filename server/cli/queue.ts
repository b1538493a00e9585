import { parseArgs } from 'node:util';
import { DEMO_CAMPAIGN } from '../demo/notice-2023';
import { NOTICE_ROWS, type NoticeRow } from '../demo/notice-2023-rows';
import { drawArrivals, type Habits, type Row, USUAL_HABITS } from '../queue-model/arrivals';
import { playRoom } from '../queue-model/play-room';
import { seededRandom } from '../queue-model/seeded-random';
import { overflowingRows, overfullRows, type RoomSummary, summariseRoom } from '../queue-model/summarise';
import { runTool, WrongUse } from './tool/run-tool';

const DESKS = [1, 2, 3];
/** A row that ends so late has run into the next one's line. */
const PATIENCE_SECONDS = 5 * 60;
/** A row that is too full by less is made up for by the next one. */
const NOTEWORTHY_SECONDS = 3 * 60;

const USAGE = 'npm run queue -- [--seconds N] [--no-show SHARE] [--late SHARE] [--days N]';

/**
 * npm run queue: plays the notice's day some twenty times, every room with one to three cameras, and says how long students
 * wait and which rows of the timetable cannot be kept.
 */
function main(): void {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: String(USUAL_HABITS.serviceSeconds) },
      'no-show': { type: 'string', default: String(USUAL_HABITS.noShow) },
      late: { type: 'string', default: String(USUAL_HABITS.late) },
      days: { type: 'string', default: '20' },
    },
  });
  const habits: Habits = {
    ...USUAL_HABITS,
    serviceSeconds: numberIn('--seconds', values.seconds, 1, 600),
    noShow: numberIn('--no-show', values['no-show'], 0, 1),
    late: numberIn('--late', values.late, 0, 1),
  };
  const days = numberIn('--days', values.days, 1, 1_000);
  console.log(
    `\n每人平均 ${habits.serviceSeconds} 秒，${percent(habits.noShow)} 不来，${percent(habits.late)} 迟到，` +
      `其余 ${percent(habits.early)} 提前 15 分钟内成群到达；演 ${days} 天\n`,
  );
  for (const desks of DESKS) console.log(daysWith(desks, habits, days));
}

function daysWith(desks: number, habits: Habits, days: number): string {
  const lines = [`每个教室 ${desks} 个机位`, '  教室       人数   平均等   九成内   最长等   最长队   拍完'];
  const overfull: string[] = [];
  const overflowing: string[] = [];
  for (const [room, notice] of Object.entries(NOTICE_ROWS)) {
    const rows: Row[] = notice.map(([, headcount, from, to]) => ({
      headcount,
      from: secondsOf(from),
      to: secondsOf(to),
    }));
    const nameOf = (row: number) => rowName(room, notice[row]);
    const played = Array.from({ length: days }, (_, day) =>
      playRoom(drawArrivals(rows, habits, seededRandom(`${room} ${day}`)), desks, HOURS),
    );
    lines.push(roomLine(room, meanOf(played.map(summariseRoom))));
    for (const { row, excessSeconds } of overfullRows(rows, desks, habits)) {
      if (excessSeconds > NOTEWORTHY_SECONDS)
        overfull.push(`    ${nameOf(row)}：多出 ${Math.round(excessSeconds / 60)} 分钟`);
    }
    const late = played.flatMap((served) => overflowingRows(rows, served, PATIENCE_SECONDS));
    for (const row of rows.keys()) {
      const times = late.filter((overflow) => overflow.row === row).length;
      if (times * 2 >= days) overflowing.push(`    ${nameOf(row)}：${times} 天`);
    }
  }
  return [
    ...lines,
    listing('自己的时间排不下的行', overfull),
    listing(`一半以上的日子里拖过时段 ${PATIENCE_SECONDS / 60} 分钟的行`, overflowing),
    '',
  ].join('\n');
}

const listing = (title: string, rows: readonly string[]): string =>
  rows.length === 0 ? `  ${title}：没有` : [`  ${title}：${rows.length} 行`, ...rows].join('\n');

function rowName(room: string, row: NoticeRow | undefined): string {
  const [major = '', headcount = 0, from = '', to = ''] = row ?? [];
  const seconds = (secondsOf(to) - secondsOf(from)) / headcount;
  return `${room} ${from}–${to} ${major} ${headcount} 人（每人 ${seconds.toFixed(1)} 秒）`;
}

/** Of several days; the longest waits and queues are the worst of all days. */
function meanOf(days: readonly RoomSummary[]): RoomSummary {
  const mean = (of: (day: RoomSummary) => number) =>
    days.reduce((sum, day) => sum + of(day), 0) / days.length;
  return {
    served: Math.round(mean(({ served }) => served)),
    meanWaitSeconds: mean(({ meanWaitSeconds }) => meanWaitSeconds),
    p90WaitSeconds: mean(({ p90WaitSeconds }) => p90WaitSeconds),
    longestWaitSeconds: Math.max(...days.map(({ longestWaitSeconds }) => longestWaitSeconds)),
    longestQueue: Math.max(...days.map(({ longestQueue }) => longestQueue)),
    endsAt: mean(({ endsAt }) => endsAt),
  };
}

const roomLine = (room: string, summary: RoomSummary): string =>
  [
    `  ${room}`,
    String(summary.served).padStart(6),
    minutes(summary.meanWaitSeconds),
    minutes(summary.p90WaitSeconds),
    minutes(summary.longestWaitSeconds),
    `${summary.longestQueue} 人`.padStart(6),
    timeOf(summary.endsAt).padStart(6),
  ].join(' ');

const minutes = (seconds: number) => `${(seconds / 60).toFixed(1)} 分`.padStart(7);
const percent = (share: number) => `${Math.round(share * 100)}%`;

function secondsOf(time: string): number {
  const [hours = '0', minutes_ = '0'] = time.split(':');
  return Number(hours) * 3600 + Number(minutes_) * 60;
}

const timeOf = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');

const HOURS = DEMO_CAMPAIGN.collectionDays.flatMap(({ hours }) =>
  hours.map(({ from, to }) => ({ from: secondsOf(from), to: secondsOf(to) })),
);

function numberIn(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!(value >= least && value <= most))
    throw new WrongUse(`${name} is ${text}; it must be from ${least} to ${most}`);
  return value;
}

void runTool({ usage: USAGE, run: main, showStacks: true });
