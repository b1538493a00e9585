import { App, Button, Card, Empty, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { type MakeUpLine, PAPER_PHOTOS } from '../../../../shared/contract/make-up';
import { download } from '../../api/download';
import { useWrite } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { usePages } from '../../api/use-pages';
import { Page } from '../../layout/page';
import { useCampaign } from '../../layout/use-campaign';
import { ExportButton } from '../../parts/export-button';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { newNonce } from '../../parts/new-nonce';
import { useStickyHead } from '../../parts/printing';
import { useMay } from '../../session/use-session';
import { count, moment, stamp } from '../../words/format';
import { OpenNow } from './open-now';
import { Slots } from './slots';

type Show = (typeof PAPER_PHOTOS)[number];
type Answer = AnswerOf<'GET /api/console/campaigns/:id/make-up-students'>;

const PAGE = 100;
const EVERY_MS = 30_000;
const NAMES: Readonly<Record<Show, string>> = { missing: '纸质照片未交', handed_in: '纸质照片已交' };

/** Where a missed portrait is made up, and whose paper photo the registry has. */
export default function MakeUp() {
  const { id, makeUp } = useCampaign();
  const [show, setShow] = useState<Show>('missing');
  const pages = usePages(
    'GET /api/console/campaigns/:id/make-up-students',
    (start) => ({ params: { id }, query: { show, limit: PAGE, ...start } }),
    { every: EVERY_MS },
  );
  return (
    <Page title="补拍" about="没有拍的学生到采集机构补拍，把纸质照片交到教务处">
      <OpenNow />
      {makeUp?.bookable && <Slots />}
      <Card styles={{ body: { padding: 0 } }}>
        <Loaded query={pages} rows={8}>
          {(data) => {
            const first = data.pages[0];
            if (!first?.isOver) {
              return (
                <Empty
                  className="in-card"
                  description="采集结束之后，没有拍的学生列在这里，交来纸质照片时逐个登记"
                />
              );
            }
            return (
              <>
                <div className="toolbar">
                  <Segmented
                    aria-label="纸质照片"
                    value={show}
                    onChange={setShow}
                    options={PAPER_PHOTOS.map((value) => ({
                      value,
                      label: `${NAMES[value]} ${count(first.counts[value])}`,
                    }))}
                  />
                  <span className="fill" />
                  <ExportButton
                    what="没有拍的学生"
                    save={() =>
                      download('GET /api/console/campaigns/:id/make-up-students/export', { params: { id } })
                    }
                  />
                </div>
                <Lines lines={data.pages.flatMap(({ lines }) => lines)} show={show} counts={first.counts} />
                <More of={pages} size={PAGE} />
              </>
            );
          }}
        </Loaded>
      </Card>
    </Page>
  );
}

function Lines({
  lines,
  show,
  counts,
}: {
  lines: readonly MakeUpLine[];
  show: Show;
  counts: Answer['counts'];
}) {
  const stickyHead = useStickyHead();
  const may = useMay();
  const everybodyShot = counts.missing + counts.handed_in === 0;
  return (
    <Table
      className="number"
      size="small"
      rowKey="studentId"
      dataSource={[...lines]}
      pagination={false}
      sticky={stickyHead}
      columns={
        may('POST /api/console/students/:id/paper-photo')
          ? [...COLUMNS, { title: '', width: 150, render: (_, line) => <Mark line={line} /> }]
          : COLUMNS
      }
      locale={{
        emptyText: (
          <Empty
            description={
              everybodyShot
                ? '名单上的学生都拍了'
                : show === 'missing'
                  ? '纸质照片都交来了'
                  : '还没有人交来纸质照片'
            }
          />
        ),
      }}
    />
  );
}

const COLUMNS: TableColumnsType<MakeUpLine> = [
  { title: '学号', width: 150, dataIndex: 'studentNo' },
  { title: '姓名', width: 150, render: (_, { name }) => <strong>{name}</strong> },
  {
    title: '学院 · 班级',
    render: (_, { college, className }) => [college, className].filter((part) => part !== '').join(' · '),
  },
  {
    title: '补拍预约',
    width: 150,
    render: (_, { bookedFor }) => (bookedFor ? moment(bookedFor) : <span className="faint">未约</span>),
  },
  {
    title: '纸质照片',
    width: 260,
    render: (_, { paperPhoto }) =>
      paperPhoto ? `${stamp(paperPhoto.at)} ${paperPhoto.by}` : <span className="faint">未交</span>,
  },
];

function Mark({ line: { studentId, name, version, paperPhoto } }: { line: MakeUpLine }) {
  const { message } = App.useApp();
  const [nonce, setNonce] = useState(newNonce);
  const handedIn = paperPhoto === null;
  const mark = useWrite('POST /api/console/students/:id/paper-photo', {
    onDone() {
      setNonce(newNonce());
      message.success(handedIn ? `${name} 的纸质照片已登记` : `已撤销 ${name} 的登记`);
    },
  });
  return (
    <Button
      size="small"
      aria-label={`${handedIn ? '已交来' : '撤销登记'} ${name}`}
      loading={mark.isPending}
      onClick={() => mark.mutate({ params: { id: studentId }, body: { version, nonce, handedIn } })}
    >
      {handedIn ? '已交来' : '撤销登记'}
    </Button>
  );
}
