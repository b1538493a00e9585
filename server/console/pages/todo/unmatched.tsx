import { App, Button, Card, Empty, Select } from 'antd';
import { useState } from 'react';
import type { UnmatchedGroup } from '../../../../shared/contract/office';
import { TRAINING_LABELS } from '../../../../shared/domain/majors';
import { useRead, useWrite } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { useMay } from '../../session/use-session';
import { clock, count, dayName } from '../../words/format';

const EVERY_MS = 15_000;
/** As many as one request takes. */
const AT_ONCE = 500;

/** Majors that the timetable does not name: the office says which session they belong to. */
export function Unmatched() {
  const { id } = useCampaign();
  const groups = useRead('GET /api/console/campaigns/:id/unmatched', { params: { id } }, { every: EVERY_MS });
  return (
    <Loaded query={groups}>
      {({ groups: all }) =>
        all.length === 0 ? (
          <Card>
            <Empty description="每名学生都有自己的时段" />
          </Card>
        ) : (
          <div className="stack">
            {all.map((group) => (
              <Group key={`${group.major} ${group.training}`} group={group} />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

function Group({ group: { major, training, because, students } }: { group: UnmatchedGroup }) {
  const { id } = useCampaign();
  const may = useMay();
  const { message } = App.useApp();
  const [sessionId, setSessionId] = useState<string | null>(null);
  const sessions =
    useRead('GET /api/console/campaigns/:id/sessions', { params: { id } }).data?.sessions ?? [];
  const place = useWrite('POST /api/console/campaigns/:id/place-students', {
    onDone: ({ placed }) => message.success(`${placed} 名学生已安排，打开小程序就能预约`),
  });
  const names = students.map(({ name, studentNo }) => `${name} ${studentNo}`);
  return (
    <Card
      title={
        <>
          {major} <span className="faint">{TRAINING_LABELS[training]}</span> · {count(students.length)} 人
        </>
      }
    >
      <p>{because}</p>
      <p className="faint number">
        {names.slice(0, 8).join('，')}
        {names.length > 8 && ` 等 ${names.length} 人`}
      </p>
      {may('POST /api/console/campaigns/:id/place-students') && (
        <div className="row">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            className="session-choice"
            aria-label={`${major} 的时段`}
            placeholder="安排到哪个时段"
            value={sessionId}
            options={sessions.map(({ id: value, day, startsAt, room, title, capacity, booked }) => ({
              value,
              label: `${dayName(day)} ${clock(startsAt)} ${room} ${title}（名额 ${capacity}，已约 ${booked}）`,
            }))}
            onChange={setSessionId}
          />
          <Button
            type="primary"
            disabled={sessionId === null}
            loading={place.isPending}
            onClick={() =>
              place.mutate({
                params: { id },
                body: { sessionId, studentIds: students.slice(0, AT_ONCE).map((student) => student.id) },
              })
            }
          >
            安排 {count(Math.min(AT_ONCE, students.length))} 人
          </Button>
          <span className="faint">名额不够时先在“采集时段”里增加</span>
        </div>
      )}
    </Card>
  );
}
