import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import type { CampaignAdminView } from '../../../../shared/contract/campaigns';
import type { AnswerOf } from '../../api/send';
import { pathOf } from '../../layout/use-campaign';
import { useOwnWaiting } from '../../parts/use-waiting';
import { pagesFor } from '../../session/permissions';
import { useMay, useUser } from '../../session/use-session';
import { yuan } from '../../words/format';

type Promises = AnswerOf<'GET /api/console/campaigns/:id/refund-promises'>['totals'];

interface Matter {
  text: string;
  to: string;
}

const EVERY_MS = 20_000;

/** What waits for the reader, and what is not wrong yet but will be. */
export function Attention({
  campaign,
  phones,
  promises,
}: {
  campaign: CampaignAdminView;
  phones: number | null;
  promises: Promises;
}) {
  const { role } = useUser();
  const may = useMay();
  const waiting = useOwnWaiting(campaign.id, EVERY_MS);
  const pages = pagesFor(role);
  const matters = [
    ...brokenPromises(promises),
    ...(waiting > 0 ? [{ text: `待办里有 ${waiting} 件等您处理`, to: 'todo' }] : []),
    // What is missing in a campaign is for those who can fill it in.
    ...(may('PUT /api/console/campaigns/:id') ? mattersOf(campaign, phones) : []),
  ];
  if (matters.length === 0) {
    return (
      <p className="soft">
        <CheckCircleOutlined className="good" aria-hidden /> 目前没有需要特别处理的事。
      </p>
    );
  }
  return (
    <ul className="matters">
      {matters.map(({ text, to }) => (
        <li key={text}>
          <WarningOutlined className="warn" aria-hidden />
          {pages.some(({ key }) => to.startsWith(key)) ? (
            <Link to={pathOf(campaign.id, to)}>{text}</Link>
          ) : (
            text
          )}
        </li>
      ))}
    </ul>
  );
}

/** Said a working day before, while there is time to help it along. */
function brokenPromises(promises: Promises): Matter[] {
  const atRisk = {
    overdue: '超过了答应学生的到账日',
    due_soon: '最迟下一个工作日到账，现在还没有到',
  } as const;
  return (['overdue', 'due_soon'] as const).flatMap((wanted) => {
    const total = promises.find(({ promise }) => promise === wanted);
    if (!total || total.refunds === 0) return [];
    const text = `${total.refunds} 笔退款（${yuan(total.amountFen)} 元）${atRisk[wanted]}`;
    return [{ text, to: `settlement?refunds=${wanted}` }];
  });
}

function mattersOf(
  { counts, contacts, phase, makeUp, bookingClosesAt }: CampaignAdminView,
  phones: number | null,
): Matter[] {
  const isBefore = phase === 'draft' || phase === 'announced' || phase === 'open' || phase === 'closed';
  const matters: (Matter | false)[] = [
    counts.students > counts.matched && {
      text: `${counts.students - counts.matched} 名学生的专业没有对应时段，他们约不到`,
      to: 'batch/matching',
    },
    contacts.length === 0 && { text: '没有填写联系电话，学生遇到问题找不到人', to: 'batch/school' },
    isBefore && phones === 0 && { text: '还没有登记任何现场手机，采集日无法扫码', to: 'onsite/phones' },
    isBefore &&
      bookingClosesAt === null && { text: '没有设定预约截止时间，将开放到采集日零点', to: 'batch/window' },
    makeUp === null && { text: '没有补拍信息，未拍的学生不知道去哪里补拍', to: 'batch/make-up' },
    counts.booked > counts.paid &&
      phase === 'over' && {
        text: `${counts.booked - counts.paid} 个预约还没有付款`,
        to: 'todo/owed',
      },
  ];
  return matters.filter((matter) => matter !== false);
}
