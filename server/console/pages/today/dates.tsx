import { Empty } from 'antd';
import type { CampaignAdminView } from '../../../../shared/contract/campaigns';
import { atShanghai, shanghaiDay } from '../../../../shared/domain/time';
import { useNow } from '../../demo/now';
import { dayName, dayNameFrom, fromToday, moment } from '../../words/format';

interface Dated {
  what: string;
  when: string;
  day: string;
  isPast: boolean;
}

export function Dates({ campaign }: { campaign: CampaignAdminView }) {
  const now = useNow();
  const dates = datesOf(campaign, now);
  if (dates.length === 0) return <Empty description="在“批次”里填了采集日和预约时间之后，列在这里" />;
  return (
    <ol className="dates">
      {dates.map(({ what, when, day, isPast }) => (
        <li key={what} className={isPast ? 'is-past' : ''}>
          <span>{what}</span>
          <span>{when}</span>
          <span className="faint">{fromToday(day, now)}</span>
        </li>
      ))}
    </ol>
  );
}

function datesOf(
  { bookingOpensAt, openedAt, bookingClosesAt, collectionDays, makeUp }: CampaignAdminView,
  now: Date,
) {
  const at = (what: string, instant: string | null): Dated[] =>
    instant === null
      ? []
      : [
          {
            what,
            when: moment(instant),
            day: shanghaiDay(new Date(instant)),
            isPast: new Date(instant) <= now,
          },
        ];
  const days = collectionDays.map(({ day, hours }, index) => ({
    what: collectionDays.length > 1 ? `采集第 ${index + 1} 天` : '集中采集',
    when: `${dayName(day)} ${hours.map(({ from, to }) => `${from}–${to}`).join('、')}`,
    day,
    isPast: hours.every(({ to }) => atShanghai(day, to) <= now),
  }));
  const deadline = makeUp
    ? [
        {
          what: '补拍截止',
          when: dayNameFrom(makeUp.deadline, shanghaiDay(now)),
          day: makeUp.deadline,
          isPast: atShanghai(makeUp.deadline, '24:00') <= now,
        },
      ]
    : [];
  return [
    ...at('预约开放', openedAt ?? bookingOpensAt),
    ...at('预约截止', bookingClosesAt),
    ...days,
    ...deadline,
  ];
}
