import type { CampaignAdminView } from '../../../../../shared/contract/campaigns';
import type { NoticeCheckView } from '../../../../../shared/contract/imports';
import { collectionBegins } from '../../../../../shared/domain/campaign-phase';
import { count, stamp, yuan } from '../../../words/format';

export const STEPS = [
  { key: 'school', title: '学校与商户' },
  { key: 'fees', title: '收费项目' },
  { key: 'rooms', title: '教室与采集日' },
  { key: 'rules', title: '预约规则' },
  { key: 'timetable', title: '时间安排表' },
  { key: 'roster', title: '学生名单' },
  { key: 'matching', title: '专业对应' },
  { key: 'notice', title: '通知检查' },
  { key: 'window', title: '预约时间' },
  { key: 'make-up', title: '补拍信息' },
  { key: 'open', title: '开放预约' },
] as const;

export type StepKey = (typeof STEPS)[number]['key'];

/** todo: something is still missing · problem: filled in, but worth a look; it does not keep booking closed */
export interface StepState {
  state: 'done' | 'todo' | 'problem';
  says: string;
}

export interface Step extends StepState {
  key: StepKey;
  title: string;
}

/** What is prepared and what is not, as the service knows it: so that anybody may go on at any time. */
export function stepsOf(campaign: CampaignAdminView, notice: NoticeCheckView | null): Step[] {
  const states: Readonly<Record<StepKey, StepState>> = {
    school: schoolState(campaign),
    fees: feesState(campaign),
    rooms: roomsState(campaign),
    rules: rulesState(campaign),
    timetable: timetableState(campaign),
    roster: rosterState(campaign),
    matching: matchingState(campaign),
    notice: noticeState(notice),
    window: windowState(campaign),
    'make-up': makeUpState(campaign),
    open: openState(campaign),
  };
  return STEPS.map((step) => ({ ...step, ...states[step.key] }));
}

/** Where the work goes on: the first step with something missing. */
export const nextOf = (steps: readonly Step[]): StepKey =>
  steps.find(({ state }) => state === 'todo')?.key ?? 'open';

/** The step after this one. */
export function after(key: StepKey): (typeof STEPS)[number] | undefined {
  return STEPS[STEPS.findIndex((step) => step.key === key) + 1];
}

export const isStep = (key: string): key is StepKey => STEPS.some((step) => step.key === key);

const done = (says: string): StepState => ({ state: 'done', says });
const todo = (says: string): StepState => ({ state: 'todo', says });
const problem = (says: string): StepState => ({ state: 'problem', says });

const schoolState = ({ contacts, graduationYear }: CampaignAdminView): StepState =>
  contacts.length === 0 ? problem('没有联系电话') : done(`${graduationYear} 届`);

const feesState = ({ feeBasis, priceFen }: CampaignAdminView): StepState =>
  feeBasis === '' ? todo('没有收费依据') : done(`${yuan(priceFen)} 元`);

function roomsState({ place, rooms, collectionDays }: CampaignAdminView): StepState {
  if (place === '' || rooms.length === 0) return todo('没有地点和教室');
  if (collectionDays.length === 0) return todo('没有采集日');
  return done(`${rooms.length} 间，${collectionDays.length} 天`);
}

const rulesState = ({ rules }: CampaignAdminView): StepState =>
  done(rules.allowOtherSessions ? '可约其他时段' : '只约本班时段');

const timetableState = ({ counts }: CampaignAdminView): StepState =>
  counts.sessions === 0 ? todo('还没有导入') : done(`${count(counts.sessions)} 个时段`);

const rosterState = ({ counts }: CampaignAdminView): StepState =>
  counts.students === 0 ? todo('还没有导入') : done(`${count(counts.students)} 名学生`);

function matchingState({ counts: { sessions, students, matched } }: CampaignAdminView): StepState {
  if (sessions === 0 || students === 0) return todo('等时间表和名单');
  return students > matched ? problem(`${count(students - matched)} 人没有时段`) : done('都有时段');
}

function noticeState(notice: NoticeCheckView | null): StepState {
  if (!notice || notice.checked.sessions === 0) return todo('等时间安排表');
  if (notice.text === '') return todo('没有通知正文');
  const wrong = notice.findings.filter(({ severity }) => severity !== 'info').length;
  return wrong > 0 ? problem(`${count(wrong)} 处要核对`) : done('没有矛盾');
}

function windowState(campaign: CampaignAdminView): StepState {
  const { bookingOpensAt, bookingClosesAt } = campaign;
  if (bookingClosesAt === null) return todo('没有截止时间');
  const closes = new Date(bookingClosesAt);
  if (bookingOpensAt !== null && new Date(bookingOpensAt) >= closes) return problem('截止早于开放');
  const begins = collectionBegins(campaign);
  if (begins && closes > begins) return problem('截止晚于采集日');
  return done(`${stamp(bookingClosesAt)} 止`);
}

function makeUpState({ makeUp, collectionDays }: CampaignAdminView): StepState {
  if (makeUp === null) return todo('没有填写');
  const isEarly = collectionDays.some(({ day }) => makeUp.deadline <= day);
  return isEarly ? problem('截止早于采集日') : done(`${makeUp.deadline} 止`);
}

function openState({ phase, bookingOpensAt }: CampaignAdminView): StepState {
  if (phase !== 'draft' && phase !== 'announced') return done('已开放');
  return bookingOpensAt === null ? todo('由您开放') : todo(`${stamp(bookingOpensAt)} 自动`);
}
