import { PrinterOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { TRAINING_LABELS } from '../../../../shared/domain/majors';
import { useRead } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { groupBy } from '../../parts/group-by';
import { Loaded } from '../../parts/loaded';
import { PrepareFirst } from '../../parts/prepare-first';
import { clock, count, dayName } from '../../words/format';

type Line = AnswerOf<'GET /api/console/campaigns/:id/college-timetables'>['lines'][number];

/** One sheet a college: which of its majors, when, where, how many. */
export function CollegeTimetables() {
  const campaign = useCampaign();
  const [chosen, setChosen] = useState<string | null>(null);
  const timetables = useRead('GET /api/console/campaigns/:id/college-timetables', {
    params: { id: campaign.id },
  });
  return (
    <Loaded query={timetables} rows={8}>
      {({ lines }) => {
        const colleges = [...groupBy(lines, ({ college }) => college)].sort(([a], [b]) =>
          a.localeCompare(b, 'zh-CN'),
        );
        if (colleges.length === 0)
          return <PrepareFirst until="名单和时间安排表都导入之后，这里按学院列出时间" action="去准备批次" />;
        const shown = chosen === null ? colleges : colleges.filter(([college]) => college === chosen);
        return (
          <div className="stack">
            <div className="row no-print">
              <Select
                allowClear
                showSearch
                className="college-choice"
                aria-label="学院"
                placeholder={`全部 ${colleges.length} 个学院，一院一页`}
                value={chosen}
                options={colleges.map(([college]) => ({ value: college, label: college || '（未填学院）' }))}
                onChange={(college: string | null) => setChosen(college ?? null)}
              />
              <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
                打印 {shown.length} 页
              </Button>
            </div>
            {shown.map(([college, ofCollege]) => (
              <Sheet key={college} college={college} lines={ofCollege} />
            ))}
          </div>
        );
      }}
    </Loaded>
  );
}

function Sheet({ college, lines }: { college: string; lines: readonly Line[] }) {
  const campaign = useCampaign();
  return (
    <article className="sheet printed">
      <h2>{college || '（未填学院）'} 采集时间表</h2>
      <p className="soft">
        {campaign.name} · {campaign.place} · 提前 {campaign.rules.lineUpLeadMinutes} 分钟列队
      </p>
      <table className="plain-table number">
        <thead>
          <tr>
            <th scope="col">专业</th>
            <th scope="col">层次</th>
            <th scope="col">日期</th>
            <th scope="col">时间</th>
            <th scope="col">教室</th>
            <th scope="col">人数</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ major, training, session, students }) => (
            <tr key={`${major} ${training} ${session?.id}`}>
              <td>{major}</td>
              <td>{TRAINING_LABELS[training]}</td>
              {session ? (
                <>
                  <td>{dayName(session.day)}</td>
                  <td>
                    {clock(session.startsAt)}–{clock(session.endsAt)}
                  </td>
                  <td>{session.room}</td>
                </>
              ) : (
                <td colSpan={3}>请联系教务处</td>
              )}
              <td>{count(students)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}
