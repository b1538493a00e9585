import type { CampaignAdminView } from '../../../../shared/contract/campaigns';
import { dayName, dayNameFrom, moment, yuan } from '../../words/format';

/** The notice for class groups, of the campaign's own facts: nothing in it can be out of date. */
export function noticeText(campaign: CampaignAdminView, college: string | null): string {
  const { schoolName, name, collectionDays, place, rooms, priceFen, feeBasis, rules, contacts } = campaign;
  const days = collectionDays.map(
    ({ day, hours }) => `${dayName(day)} ${hours.map(({ from, to }) => `${from}–${to}`).join('、')}`,
  );
  const { bookingClosesAt, makeUp } = campaign;
  const opens = campaign.openedAt ?? campaign.bookingOpensAt;
  const lines = [
    `【${schoolName}】${name}`,
    college ? `@${college} 全体毕业生：` : '@全体毕业生：',
    '没有学历证书电子注册图像就不能毕业，请务必按时采集。',
    '',
    `一、采集时间：${days.join('；')}`,
    `二、采集地点：${place}（${rooms.join('、')}），按本班时段到场，提前 ${rules.lineUpLeadMinutes} 分钟列队`,
    `三、怎么预约：微信扫码打开小程序“图采预约”，点“第一次登录”实名认证 → 确认学籍信息 → ${
      rules.allowOtherSessions ? '选时段' : '选本班时段'
    } → 付款${priceFen > 0 ? ` ${yuan(priceFen)} 元（${feeBasis}）` : ''}`,
    opens
      ? `四、预约时间：${moment(opens)} 起${bookingClosesAt ? `，${moment(bookingClosesAt)} 止` : ''}`
      : '',
    '五、当天带身份证原件，出示小程序首页的预约二维码；没有约上的也可以到现场办理',
    '六、未能采集的，费用在采集结束后 3 个工作日内原路退回，不用申请',
    makeUp
      ? `七、错过的可在 ${dayNameFrom(makeUp.deadline, collectionDays[0]?.day ?? '')} 前到${makeUp.place}补拍`
      : '',
    contacts.length > 0 ? `咨询：${contacts.map(({ label, phone }) => `${label} ${phone}`).join('；')}` : '',
  ];
  return lines.filter((line, index) => line !== '' || index === 3).join('\n');
}
