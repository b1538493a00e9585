import { addMinutes, type ShanghaiDay, spokenDay, spokenTime } from './time';

/**
 * What staff see after a scan: a closed list of reasons, each with its colour, a title to read from a distance, the
 * sentence to say to the student and what to do next. Server and phone (offline) use the same words.
 */
export const SCAN_REASONS = [
  'ok',
  'early',
  'late_same_day',
  'wrong_room',
  'wrong_day',
  'unpaid',
  'see_original',
  'already_arrived',
  'already_shot',
  'cancelled',
  'refunded',
  'collection_over',
  'unknown',
  'forged',
  'expired_code',
  'other_campaign',
  'collection_code',
  'payment_code',
  'other_code',
] as const;

export type ScanReason = (typeof SCAN_REASONS)[number];

/**
 * What a phone without network says beside those: not on its list · no list, or an old one · only the service can
 * look up a document number.
 */
export type OfflineReason = ScanReason | 'not_on_list' | 'no_list' | 'needs_network';

/** green: go in · amber: one more step by staff · red: not with this */
export type Tone = 'green' | 'amber' | 'red';

export interface VerdictWords {
  tone: Tone;
  /** At most six Chinese characters */
  title: string;
  /** To the student */
  say: string;
  /** What staff do */
  next: string;
}

/** What the sentences may name; days as `11月19日`, times as `8:30`. What is unknown is left out of the sentence. */
export interface VerdictFacts {
  session?: { day: string; room: string; startsAt: string; endsAt: string };
  /** When to stand in line */
  lineUpAt?: string;
  arrival?: { time: string; room: string };
}

/** What a sentence may say of a session, and of the line before it. */
export const sessionFacts = (
  { day, room, startsAt, endsAt }: { day: ShanghaiDay; room: string; startsAt: Date; endsAt: Date },
  lineUpLeadMinutes: number,
): Pick<VerdictFacts, 'session' | 'lineUpAt'> => ({
  session: {
    day: spokenDay(day),
    room,
    startsAt: spokenTime(startsAt),
    endsAt: spokenTime(endsAt),
  },
  lineUpAt: spokenTime(addMinutes(startsAt, -lineUpLeadMinutes)),
});

/** The words for a reason. Nothing personal is in them, so that they may be shown, spoken and logged. */
export function verdictWords(reason: ScanReason, facts: VerdictFacts = {}): VerdictWords {
  const [tone, title, say, next] = WORDS[reason];
  return { tone, title, say: say(facts), next };
}

/** The words for a verdict without network. Nobody is called checked in: 已记录, never 已核验. */
export function offlineWords(reason: OfflineReason, facts: VerdictFacts = {}): VerdictWords {
  switch (reason) {
    case 'ok':
      return OFFLINE_RECORDED;
    case 'not_on_list':
    case 'no_list':
    case 'needs_network':
      return OFFLINE_WORDS[reason];
    default:
      return verdictWords(reason, facts);
  }
}

/** Once kept, whatever had to be confirmed for it. */
export const OFFLINE_RECORDED: VerdictWords = {
  tone: 'green',
  title: '离线已记录',
  say: '已经记下，请进场排队，稍后按名字叫您。',
  next: '联网后自动上传，由系统核对',
};

const OFFLINE_WORDS: Readonly<Record<Exclude<OfflineReason, ScanReason>, VerdictWords>> = {
  not_on_list: {
    tone: 'amber',
    title: '名单上没有',
    say: '网络不通，这台手机的名单上没有您，请稍等。',
    next: '核对教室和本人证件，无误可点“放行”，联网后由系统核对',
  },
  no_list: {
    tone: 'amber',
    title: '没有名单',
    say: '网络不通，暂时核对不了，请出示身份证原件。',
    next: '看原件；本人无误可点“放行”先记录，联网后由系统核对',
  },
  needs_network: {
    tone: 'amber',
    title: '需要联网',
    say: '网络不通，证件号查不了，请报学号或出示二维码。',
    next: '改输学号，或扫预约二维码',
  },
};

type Sentence = (facts: VerdictFacts) => string;
type Words = readonly [tone: Tone, title: string, say: Sentence, next: string];

const WORDS: Readonly<Record<ScanReason, Words>> = {
  ok: ['green', '可以拍摄', () => '签到成功，请按序号排队等候拍摄。', '请学生进场排队'],
  early: [
    'amber',
    '还没到时间',
    ({ session, lineUpAt }) =>
      `还没到您的时段${session ? `（${session.startsAt}–${session.endsAt}）` : ''}，${lineUpAt ? `请 ${lineUpAt} 再来排队` : '请稍后再来排队'}。`,
    '请学生稍后再来；现场空闲时可点“仍然放行”',
  ],
  late_same_day: [
    'amber',
    '迟到可补',
    ({ session }) =>
      `${session ? `您的时段 ${session.startsAt}–${session.endsAt} 已过` : '您的时段已过'}，今天集中采集时间内仍可在这里拍摄。`,
    '点“放行”即可，任一教室都行，不占名额',
  ],
  wrong_room: [
    'amber',
    '教室不对',
    ({ session }) => (session ? `您的教室是 ${session.room}，请到那里拍摄。` : '您不在这间教室拍摄。'),
    '指引学生去正确的教室；确有困难可点“仍然放行”',
  ],
  wrong_day: [
    'red',
    '日期不对',
    ({ session }) =>
      session ? `您预约的是 ${session.day} ${session.startsAt}，今天不能拍摄。` : '今天不能用这个预约拍摄。',
    '请学生按预约日期再来，或联系教务处',
  ],
  unpaid: [
    'amber',
    '还没支付',
    () => '您的预约还没有支付，请打开小程序付款后再出示二维码。',
    '请学生当场付款后重扫；付不了就办理现场预约',
  ],
  see_original: [
    'amber',
    '核对原件',
    () => '您还没有通过实名认证，请出示身份证原件。',
    '看原件：姓名、照片、号码一致后点“已核对原件”',
  ],
  already_arrived: [
    'amber',
    '已经签到',
    ({ arrival }) =>
      arrival ? `您 ${arrival.time} 已在 ${arrival.room} 签到，不用再扫。` : '您已经签到，不用再扫。',
    '核对是不是本人，请学生按原序号等候；扫错了可以撤销',
  ],
  already_shot: ['red', '已经拍过', () => '您的照片已经拍好，不用再拍。', '不再放行；要重拍请到摄影台办理'],
  cancelled: [
    'red',
    '预约已取消',
    () => '这个预约已经取消，请到现场预约处重新办理。',
    '指引学生去办理现场预约',
  ],
  refunded: [
    'red',
    '已经退款',
    () => '这个预约的费用已经退回，请到现场预约处重新办理。',
    '指引学生去办理现场预约，重新缴费',
  ],
  collection_over: [
    'red',
    '采集已结束',
    () => '学校集中采集已经结束，请按通知里的地址和时间补拍。',
    '告诉学生补拍的地址、时间和截止日期',
  ],
  unknown: [
    'red',
    '查无预约',
    () => '没有找到您的预约，请到现场预约处办理。',
    '先按姓名或学号查一次，仍没有就办理现场预约',
  ],
  forged: [
    'red',
    '无效二维码',
    () => '这个二维码不是本系统发出的，请打开小程序首页重新出示。',
    '不放行；请学生当面打开小程序，或改查身份证号',
  ],
  expired_code: [
    'amber',
    '二维码过期',
    () => '这个二维码已经过期，请打开小程序首页刷新，不要用截图。',
    '刷新后重扫；打不开小程序就看身份证原件、查号码',
  ],
  other_campaign: [
    'red',
    '不是本批次',
    () => '这是另一个采集批次的预约，不能在这里拍摄。',
    '请学生核对学校和采集批次',
  ],
  collection_code: [
    'amber',
    '这是采集码',
    () => '这是学信网的采集码，签到请出示小程序首页的预约二维码。',
    '请学生换成预约二维码；采集码留到拍摄时用',
  ],
  payment_code: [
    'amber',
    '这是付款码',
    () => '这是付款码，请收好，签到请出示小程序首页的预约二维码。',
    '不要收款；请学生换成预约二维码',
  ],
  other_code: [
    'amber',
    '不是预约码',
    () => '这不是预约二维码，请打开小程序首页出示。',
    '请学生换成预约二维码，或改查身份证号',
  ],
};
