import { Card } from 'antd';
import { shanghaiDay, weekday } from '../../../../shared/domain/time';
import { useRead } from '../../api/hooks';
import { useNow } from '../../demo/now';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { PrepareFirst } from '../../parts/prepare-first';
import { dayNameFrom, moment, stamp } from '../../words/format';

const EVERY_MS = 60_000;
const CLOSED = { weekday: '休息', holiday: '节假日' } as const;
const WEEKDAYS = '日一二三四五六';

/** Whether one can go there now, and the coming days with the holidays. */
export function OpenNow() {
  const { id, makeUp } = useCampaign();
  const now = useNow();
  const answer = useRead('GET /api/campaigns/:id/make-up', { params: { id } }, { every: EVERY_MS });
  return (
    <Loaded query={answer}>
      {({ status }) => {
        if (!status || !makeUp) {
          return (
            <Card>
              <PrepareFirst
                until="没有填写补拍信息，学生不知道去哪里补拍"
                step="make-up"
                action="去填写补拍信息"
              />
            </Card>
          );
        }
        const { isOpen, closesAt, opensAt, days } = status;
        return (
          <Card
            title={
              <span className="row tight">
                {makeUp.place}
                <Pill tone={isOpen ? 'good' : 'calm'}>{isOpen ? '现在开放' : '现在不开放'}</Pill>
              </span>
            }
            extra={<span className="soft">截止 {dayNameFrom(makeUp.deadline, shanghaiDay(now))}</span>}
          >
            <p className="number open-now">
              {closesAt && `今天开到 ${stamp(closesAt).slice(11)}。`}
              {opensAt && `下次开放 ${moment(opensAt)}。`}
              {!isOpen && !opensAt && '截止日前不再开放。'}
              <span className="soft">
                {' '}
                开放日 {makeUp.hours.map(({ from, to }) => `${from}–${to}`).join('、')}，电话 {makeUp.phone}
              </span>
            </p>
            <ol className="open-days number" aria-label="近四周">
              {days.map(({ day, closedBecause }) => (
                <li key={day} className={closedBecause ? 'is-closed' : ''}>
                  <span>
                    {Number(day.slice(5, 7))}/{Number(day.slice(8))} 周{WEEKDAYS[weekday(day)]}
                  </span>
                  <span>{closedBecause ? CLOSED[closedBecause] : '开放'}</span>
                </li>
              ))}
            </ol>
          </Card>
        );
      }}
    </Loaded>
  );
}
