import { EditOutlined } from '@ant-design/icons';
import { Button, Card, Descriptions } from 'antd';
import { useState } from 'react';
import type { CampaignAdminView } from '../../../../shared/contract/campaigns';
import { useCampaign } from '../../layout/use-campaign';
import { useMay } from '../../session/use-session';
import { dayName, stamp, yuan } from '../../words/format';
import { EditCampaign } from './edit-campaign';
import { secondDegreeWords } from './rules-fields';

export function Facts() {
  const campaign = useCampaign();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  return (
    <div className="stack">
      <Card
        title="批次信息"
        extra={
          may('PUT /api/console/campaigns/:id') && (
            <Button icon={<EditOutlined aria-hidden />} onClick={() => setEditing(true)}>
              修改
            </Button>
          )
        }
      >
        <Descriptions column={2} size="middle" items={factsOf(campaign)} />
      </Card>
      <div className="two-columns">
        <Card title="收费">
          <Descriptions column={1} items={feesOf(campaign)} />
        </Card>
        <Card title="规则">
          <Descriptions column={1} items={rulesOf(campaign)} />
        </Card>
      </div>
      <Card title="补拍">
        {campaign.makeUp ? (
          <Descriptions column={2} items={makeUpOf(campaign.makeUp)} />
        ) : (
          <p className="soft">还没有补拍信息。学生没拍到时，会不知道去哪里补拍。</p>
        )}
      </Card>
      {editing && <EditCampaign campaign={campaign} onClose={() => setEditing(false)} />}
    </div>
  );
}

const NOT_YET = <span className="warn">没有填写</span>;

const item = (label: string, children: React.ReactNode) => ({ key: label, label, children });

const factsOf = (campaign: CampaignAdminView) => [
  item('名称', campaign.name),
  item('届别', `${campaign.graduationYear} 届`),
  item('地点', campaign.place || NOT_YET),
  item('教室', campaign.rooms.join('、') || NOT_YET),
  item(
    '采集日',
    <div>
      {campaign.collectionDays.map(({ day, hours }) => (
        <div key={day}>
          {day}（{dayName(day)}） {hours.map(({ from, to }) => `${from}–${to}`).join('、')}
        </div>
      ))}
      {campaign.collectionDays.length === 0 && NOT_YET}
    </div>,
  ),
  item('预约时间', bookingTime(campaign)),
  item(
    '联系电话',
    <div>
      {campaign.contacts.map(({ label, phone, hours }) => (
        <div key={label}>
          {label} {phone} <span className="faint">{hours}</span>
        </div>
      ))}
      {campaign.contacts.length === 0 && NOT_YET}
    </div>,
  ),
  item('学籍部门', campaign.registryOffice),
  item('开放前公布时间表', campaign.announced ? '是，学生可以先查自己的时段' : '否'),
];

function bookingTime({ openedAt, bookingOpensAt, bookingClosesAt }: CampaignAdminView): string {
  const opens = openedAt ?? bookingOpensAt;
  return `${opens ? stamp(opens) : '由教务处开放'} 至 ${bookingClosesAt ? stamp(bookingClosesAt) : '采集日零点'}`;
}

const feesOf = ({ feeItems, priceFen, feeBasis }: CampaignAdminView) => [
  ...feeItems.map(({ code, name, amountFen }) => ({
    key: code,
    label: name,
    children: `${yuan(amountFen)} 元`,
  })),
  item('合计', <strong>{yuan(priceFen)} 元</strong>),
  item('收费依据', feeBasis || NOT_YET),
];

const rulesOf = ({ rules }: CampaignAdminView) => [
  item('提前列队', `${rules.lineUpLeadMinutes} 分钟`),
  item('占位时间', `${rules.holdMinutes} 分钟未付款自动释放`),
  item(
    '实名认证',
    `每天 ${rules.verificationAttempts} 次${rules.allowUnverified ? '；都没通过可先预约，现场核验原件' : ''}`,
  ),
  item('其他班级的时段', rules.allowOtherSessions ? '可以选' : '不可以选，只能约本班时段'),
  item('预留名额', rules.reserveSeats === 0 ? '没有' : `每个时段 ${rules.reserveSeats} 个，由教务处安排`),
  item('第二学士学位', secondDegreeWords(rules.secondDegree)),
];

const makeUpOf = (makeUp: NonNullable<CampaignAdminView['makeUp']>) => [
  item(
    '方式',
    makeUp.bookable
      ? `要预约：每 ${makeUp.bookable.slotMinutes} 分钟 ${makeUp.bookable.placesPerSlot} 个名额`
      : '只告知，学生自己去',
  ),
  item('截止', makeUp.deadline),
  item('电话', makeUp.phone),
  item('地点', makeUp.place),
  item('时间', makeUp.hours.map(({ from, to }) => `${from}–${to}`).join('、')),
  item('交通', `${makeUp.metro}；公交 ${makeUp.busLines.join('、')}`),
  item('邮箱', makeUp.email),
];
