import type { CampaignAdminView } from '../../../../shared/contract/campaigns';
import type { RefundBatchView } from '../../../../shared/contract/settlement';
import { collectionEnds } from '../../../../shared/domain/campaign-phase';
import { stamp, yuan } from '../../words/format';
import { awaitedApproval, type Reader, waitsFor } from '../../words/whose-turn';

/** All that is known of a campaign's state; null where the person may not see it. */
export interface Situation {
  campaign: CampaignAdminView;
  now: Date;
  /** Staff phones in use. */
  phones: number | null;
  /** Newest first. */
  batches: readonly RefundBatchView[] | null;
  uncollected: {
    bookings: number;
    amountFen: number;
    /** Staff phones whose scans are not all here: nothing is refunded before. */
    phones: number;
  } | null;
  /** Who looks, and whether they may approve refunds. */
  reader: Reader;
}

export const STAGES = ['准备', '开放预约', '采集', '收尾退款', '对账'] as const;

export interface NextStep {
  /** Index into STAGES */
  stage: number;
  title: string;
  why: string;
  /** Whose turn it is; null when there is nothing to do but wait. */
  turn: 'office' | 'finance' | 'college' | null;
  /** Page of the campaign where it is done or watched. */
  to: string;
  action: string;
}

/** The one thing that is to be done next, whoever looks. */
export function nextStep(situation: Situation): NextStep {
  const { campaign } = situation;
  const { sessions, students } = campaign.counts;
  if (sessions === 0) return IMPORT_TIMETABLE;
  if (students === 0) return IMPORT_ROSTER;
  switch (campaign.phase) {
    case 'draft':
    case 'announced':
      return beforeOpening(campaign);
    case 'open':
    case 'closed':
      return beforeTheDay(situation);
    case 'collecting':
      return onTheDay(situation);
    case 'over':
    case 'settled':
      return afterwards(situation);
  }
}

/** What a secretary can do: remind those of the own colleges who have not done their part. */
export function secretaryStep(
  step: NextStep,
  own: { students: number; booked: number; paid: number },
): NextStep {
  const unbooked = own.students - own.booked;
  const isBookable = step.stage === 1;
  if (!isBookable || unbooked + own.booked - own.paid === 0) return step;
  return {
    ...step,
    title: unbooked > 0 ? `提醒 ${unbooked} 名学生预约` : `提醒 ${own.booked - own.paid} 名学生付款`,
    why: `本院 ${own.students} 名学生，已预约 ${own.booked} 名，已付款 ${own.paid} 名。点专业和班级看名单，名单可以导出。`,
    turn: 'college',
    to: 'progress',
    action: '看是哪些班级',
  };
}

const IMPORT_TIMETABLE: NextStep = {
  stage: 0,
  title: '导入时间安排表',
  why: '从通知里复制整张表粘贴进来，系统先逐行检查，没有问题才写入。',
  turn: 'office',
  to: 'batch/timetable',
  action: '去粘贴时间安排表',
};

const IMPORT_ROSTER: NextStep = {
  stage: 0,
  title: '导入学生名单',
  why: '名单里的专业会自动对上时间安排表；对不上的会列出来。',
  turn: 'office',
  to: 'batch/roster',
  action: '去导入名单',
};

function beforeOpening({ counts, bookingOpensAt }: CampaignAdminView): NextStep {
  const unmatched = counts.students - counts.matched;
  if (unmatched > 0) {
    return {
      stage: 0,
      title: `处理 ${unmatched} 名没有时段的学生`,
      why: '他们的专业在时间安排表里找不到。开放前补上，学生才约得到自己的时段。',
      turn: 'office',
      to: 'batch/matching',
      action: '看是哪些专业',
    };
  }
  return {
    stage: 0,
    title: bookingOpensAt ? '等待开放预约' : '开放预约',
    why: bookingOpensAt
      ? `数据已齐，${stamp(bookingOpensAt)} 自动开放；也可以现在就开放。`
      : '数据已齐。没有设定自动开放的时间，确认无误后由您开放。',
    turn: 'office',
    to: 'batch/open',
    action: bookingOpensAt ? '再核对一遍' : '去开放预约',
  };
}

function beforeTheDay({ phones, campaign }: Situation): NextStep {
  const { booked, students } = campaign.counts;
  if (phones === 0) {
    return {
      stage: 1,
      title: '登记现场手机',
      why: '预约正在进行。采集日前，给每位现场工作人员发一个登记码，当天才能扫码。',
      turn: 'office',
      to: 'onsite/phones',
      action: '去发登记码',
    };
  }
  return {
    stage: 1,
    title: campaign.phase === 'open' ? '预约进行中' : '预约已截止，等待采集日',
    why: `${students} 名学生中已有 ${booked} 名占好名额。没约上的可以在现场办理。`,
    turn: null,
    to: 'batch/sessions',
    action: '看各时段预约情况',
  };
}

function onTheDay({ campaign, now }: Situation): NextStep {
  const ends = collectionEnds(campaign);
  if (ends && ends <= now) {
    return {
      stage: 2,
      title: '结束采集',
      why: '今天的采集时间已过。结束后不再扫码，已付款而未拍的学生会列入待退款名单。',
      turn: 'office',
      to: 'settlement',
      action: '去结束采集',
    };
  }
  return {
    stage: 2,
    title: '采集进行中',
    why: '看板每 5 秒更新一次：每间教室的应到、签到和已拍。',
    turn: null,
    to: 'onsite/board',
    action: '看现场看板',
  };
}

function afterwards({ campaign, batches, uncollected, reader }: Situation): NextStep {
  const [batch] = batches ?? [];
  if (batch && batch.state !== 'rejected' && batch.state !== 'done') return duringRefund(batch, reader);
  if (uncollected === null && campaign.phase === 'over') return OF_FINANCE;
  if (uncollected && uncollected.bookings > 0 && uncollected.phones > 0) return waitForPhones(uncollected);
  if (uncollected && uncollected.bookings > 0) {
    return {
      stage: 3,
      title: `退还 ${uncollected.bookings} 人共 ${yuan(uncollected.amountFen)} 元`,
      why: '他们付了款、没有拍摄。财务核对名单后提交，另一位财务同事审批。',
      turn: 'finance',
      to: 'settlement',
      action: '去核对并提交',
    };
  }
  return {
    stage: 4,
    title: '核对微信账单',
    why: '未拍的退款已处理完。每天的账单次日 10 点后可下载，逐笔和我方记录核对。',
    turn: 'finance',
    to: 'reconciliation',
    action: '去对账',
  };
}

/** Whether anybody still waits for a refund is not known to whoever may not see the money. */
const OF_FINANCE: NextStep = {
  stage: 3,
  title: '退款和对账',
  why: '采集已经结束。付了款没有拍的学生由财务统一退款，再逐日核对微信账单。',
  turn: 'finance',
  to: 'settlement',
  action: '看退款进度',
};

const waitForPhones = ({ phones, bookings, amountFen }: NonNullable<Situation['uncollected']>): NextStep => ({
  stage: 3,
  title: `等 ${phones} 台现场手机传完`,
  why: `它们可能还有断网时拍的人，传完才能提交 ${bookings} 人共 ${yuan(amountFen)} 元的退款。联网打开一次小程序就会传完；手机丢了、坏了，教务处写明原因后不再等。`,
  turn: 'office',
  to: 'settlement',
  action: '看是哪几台',
});

function duringRefund(
  { state, submittedBy, amountFen, stoppedBecause, lines }: RefundBatchView,
  reader: Reader,
): NextStep {
  const money = `${lines.total} 笔共 ${yuan(amountFen)} 元`;
  const at = { stage: 3, turn: 'finance', to: 'settlement' } as const;
  if (state === 'submitted') {
    return {
      ...at,
      title: '审批统一退款',
      why: `${submittedBy}提交了${money}，${awaitedApproval(reader, submittedBy)}。`,
      action: waitsFor(reader, submittedBy) ? '去审批' : '去看这一批',
    };
  }
  if (state === 'approved') {
    return { ...at, turn: null, title: '退款进行中', why: `${money}，正在逐笔退回。`, action: '看退款进度' };
  }
  return {
    ...at,
    title: '处理暂停的退款',
    why: stoppedBecause ?? `${money}，有人暂停了这一批。`,
    action: '去处理',
  };
}
