import { renderSVG } from 'uqr';
import { bookedStudent } from '../demo/booked-student';
import { type Demo, type DemoStudentPerson, firstApi, phase, seedDemo } from '../demo/seed';
import type { Stack } from '../demo/stack';
import type { TaskCard, Tryout } from './tryout';

/** Enough for twenty in the room's first sessions: the roster spreads them over the day. */
const STUDENTS = 560;
const BOOKED = 22;
const ROOM = 'C区202';
const MAJORS = ['茶学', '计算机科学与技术'];

export interface StaffScene {
  demo: Demo;
  card: TaskCard;
  /** Who comes to the door, in this order, with the code that their phone shows. */
  coming: { student: DemoStudentPerson; bookingId: string; code: string }[];
  /** Has not booked. */
  stranger: DemoStudentPerson;
  enrolCode: string;
}

/** The morning of the collection day: twenty-two students are about to come, one more has not booked. */
export async function layStaffScene(stack: Stack): Promise<StaffScene> {
  const demo = await seedDemo(stack, STUDENTS);
  await stack.sandbox.setClock(phase('open'));
  const ofRoom = demo.students.filter(({ major }) => MAJORS.includes(major));
  const coming: StaffScene['coming'] = [];
  const booking = { ...demo, students: ofRoom.slice(0, BOOKED) };
  for (const [index, student] of booking.students.entries()) {
    const { bookingId, code } = await bookedStudent(stack, booking, index);
    coming.push({ student, bookingId, code });
  }
  await stack.sandbox.setClock(phase('day'));
  const stranger = demo.students.find(({ major }) => !MAJORS.includes(major));
  if (!stranger) throw new Error('everybody has booked');
  const { code: enrolCode } = await demo.office.call('POST /api/console/campaigns/:id/devices', {
    params: { id: demo.campaign.id },
    body: { label: '签到一', rooms: [ROOM] },
  });
  return { demo, coming, stranger, enrolCode, card: cardOf(stack, { stranger, enrolCode }) };
}

/** At the door of one room, with the network going and coming. */
export const staff: Tryout = {
  title: '现场工作人员：排队的学生、断网、现场预约',
  async prepare(stack) {
    const { card, coming } = await layStaffScene(stack);
    const papers = [{ what: '学生的二维码', fileName: '学生的二维码.html', content: sheetOf(coming) }];
    return { ...card, papers };
  },
};

const cardOf = (
  stack: Stack,
  { stranger, enrolCode }: Pick<StaffScene, 'stranger' | 'enrolCode'>,
): TaskCard => ({
  story:
    `采集日早上 9:05，你在逸夫楼${ROOM}门口负责签到。走廊里排着几十个人，很吵，网络时好时坏。` +
    '教务处给了你一个登记码，说用小程序扫学生的二维码就行。',
  url: `${firstApi(stack)}/#/staff/enrol/index`,
  atHand: [
    ['登记码', enrolCode],
    ['没预约的学生', `${stranger.name}，学号 ${stranger.studentNo}，带了身份证原件`],
  ],
  steps: [
    `登记这台手机，站到${ROOM}，连着给十名学生签到（用摄像头扫，或把二维码下面的文字粘进去回车）。`,
    '断开网络，再签到十名；恢复网络，看记录有没有传上去。',
    '给没预约的学生办现场预约，先拍、待缴。',
    '有一名学生班级写错了，更正；最后一名扫错了，撤销。',
  ],
  done: ['每名学生都有结果，离线的显示“离线已记录”', '联网后待上传变成 0，看板上的人数对得上'],
});

/** A sheet to scan from, and to copy from where there is no camera. */
function sheetOf(coming: StaffScene['coming']): string {
  const students = coming.map(
    ({ student, code }) =>
      `<figure>${renderSVG(code, { ecc: 'M', border: 2 })}<figcaption>${student.name}<br><textarea readonly rows="2" onclick="this.select()">${code}</textarea></figcaption></figure>`,
  );
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>学生的二维码</title>
<style>body{font:16px sans-serif;display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:24px}
svg{width:240px}figure{margin:0;text-align:center}textarea{width:240px}</style>${students.join('\n')}</html>
`;
}
