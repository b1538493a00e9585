import type { CampaignDraft } from '../../shared/contract/campaigns';
import type { NoticeFacts } from '../../shared/domain/notice-check';
import { NOTICE_ROWS } from './notice-2023-rows';

/*
 * The demo campaign: facts and figures of 云南农业大学's notice 教通[2022]71号 of 14 November 2022. Invented, because the notice
 * has none: the instants of opening and closing, the desk and support phones (0871-0000…, which nobody has), 服务台's hours.
 */

export const DEMO_SCHOOL = { name: '云南农业大学', registryOffice: '教务处学籍学历和信息管理科' } as const;

export const DEMO_DAY = '2022-11-19';
export const DEMO_BUILDING = '逸夫楼';

export const DEMO_CAMPAIGN: Omit<CampaignDraft, 'merchantId'> = {
  name: '2023 届本科毕业生图像采集',
  graduationYear: 2023,
  feeItems: [
    { code: 'shooting', name: '拍摄费', amountFen: 1500 },
    { code: 'web_page', name: '上网信息网页制作费', amountFen: 1500 },
  ],
  feeBasis: '云教函[2013]165号',
  place: DEMO_BUILDING,
  rooms: ['C区202', 'C区203', 'C区204', 'C区207'],
  collectionDays: [
    {
      day: DEMO_DAY,
      hours: [
        { from: '08:30', to: '12:00' },
        { from: '13:00', to: '16:30' },
      ],
    },
  ],
  announced: true,
  bookingOpensAt: '2022-11-15T08:00:00+08:00',
  bookingClosesAt: '2022-11-18T22:00:00+08:00',
  rules: {
    lineUpLeadMinutes: 15,
    holdMinutes: 15,
    allowUnverified: true,
    allowOtherSessions: false,
    verificationAttempts: 3,
    reserveSeats: 0,
    secondDegree: 'with_same_major',
  },
  contacts: [
    { label: '现场服务台', phone: '0871-00000001', hours: '采集日 8:00–17:00' },
    { label: '电话客服', phone: '0871-00000002', hours: '每天 9:00–18:00' },
  ],
  registryOffice: DEMO_SCHOOL.registryOffice,
  makeUp: {
    deadline: '2023-04-30',
    place: '新华社云南分社新闻信息中心图像采集部：昆明市五华区篆塘路 8 号附 1 号新华楼 3 楼 312 室',
    weekdays: [2, 3, 4, 5, 6, 0],
    hours: [
      { from: '09:00', to: '12:00' },
      { from: '14:00', to: '18:00' },
    ],
    closedOnPublicHolidays: true,
    metro: '地铁 5 号线弥勒寺站',
    busLines: '3 4 62 64 73 93 95 106 110 120 127 184 206 264 A1'.split(' '),
    parking: '附近不好停车，建议乘地铁或公交',
    phone: '0871-64094592',
    phoneHours: [
      { from: '09:00', to: '12:00' },
      { from: '14:00', to: '18:00' },
    ],
    email: 'yngxbys@yeah.net',
    notes: [
      '纸质照片自己领取和保管，收到后尽快交到学籍学历和信息管理科',
      '补拍不返回电子照片，学位信息里不会有学位照',
    ],
    bookable: null,
  },
};

/** The notice as it was published, before anyone corrected it: what the notice check is shown. */
export const NOTICE_2023_AS_PUBLISHED: NoticeFacts = {
  collectionDays: DEMO_CAMPAIGN.collectionDays,
  rooms: ['C区203', 'C区204', 'C区205', 'C区207'],
  minSecondsPerStudent: 15,
  rules: {
    studentsChooseSession: true,
    ownSessionOnly: true,
    onSiteNeedsOriginalId: true,
    lostIdBooksOnSite: true,
    otherEvidenceOnSite: false,
  },
  dates: [
    { about: '采集时间', text: '2022年11月19' },
    { about: '补拍截止日期', text: '2023年4月30日' },
    { about: '落款日期', text: '2022年11月14日' },
  ],
  earlyGraduates: { placement: 'with_same_major', counted: false },
  secondDegree: { placement: 'not_said', counted: false },
};

/** The notice's table as it would be pasted from Word: tabs, banner rows for the rooms, no year. */
export function noticeTableText(): string {
  const lines = ['专业\t人 数\t时      间\t备  注\t地 点'];
  for (const [room, rows] of Object.entries(NOTICE_ROWS)) {
    lines.push(`　\t　\t${DEMO_BUILDING}${room}\t　\t　`);
    for (const [major, headcount, from, to, remark = '　'] of rows) {
      const half = from < '12:00' ? '上午' : '下午';
      lines.push(`${major}\t${headcount}\t11月19日（星期六）${half}  ${from}—${to}\t${remark}\t　`);
    }
  }
  return lines.join('\n');
}
