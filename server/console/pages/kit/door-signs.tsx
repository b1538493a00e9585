import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRead } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { groupBy } from '../../parts/group-by';
import { Loaded } from '../../parts/loaded';
import { PrepareFirst } from '../../parts/prepare-first';
import { clock, dayName } from '../../words/format';

/** One sheet a room and day: the number large, who comes when below it. */
export function DoorSigns() {
  const campaign = useCampaign();
  const sessions = useRead('GET /api/console/campaigns/:id/sessions', { params: { id: campaign.id } });
  return (
    <Loaded query={sessions} rows={8}>
      {({ sessions: all }) => {
        const signs = [...groupBy(all, ({ room, day }) => `${day} ${room}`).values()];
        const [any] = all;
        if (!any)
          return (
            <PrepareFirst
              until="导入时间安排表之后，这里每间教室一张"
              step="timetable"
              action="去导入时间安排表"
            />
          );
        return (
          <div className="stack">
            <div className="row no-print">
              <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
                打印 {signs.length} 张
              </Button>
            </div>
            {signs.map((inRoom) => (
              <article key={`${inRoom[0]?.day} ${inRoom[0]?.room}`} className="sheet printed">
                <p className="door-name">
                  {inRoom[0]?.building} <strong>{inRoom[0]?.room}</strong>
                </p>
                <p className="soft">
                  {campaign.schoolName} {campaign.name} · {dayName(inRoom[0]?.day ?? any.day)}
                </p>
                <ul className="door-list number">
                  {inRoom.map(({ id, startsAt, endsAt, title }) => (
                    <li key={id}>
                      <span>
                        {clock(startsAt)}–{clock(endsAt)}
                      </span>
                      {title}
                    </li>
                  ))}
                </ul>
                <p className="door-foot">请准备好身份证原件和预约二维码；迟到的同学到任意一间都可以拍</p>
              </article>
            ))}
          </div>
        );
      }}
    </Loaded>
  );
}
