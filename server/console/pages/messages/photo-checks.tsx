import { Button, Card, Empty, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { download } from '../../api/download';
import type { AnswerOf } from '../../api/send';
import { useDialogWrite } from '../../api/use-dialog-write';
import { usePages } from '../../api/use-pages';
import { useCampaign } from '../../layout/use-campaign';
import { ExportButton } from '../../parts/export-button';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { newNonce } from '../../parts/new-nonce';
import { useStickyHead } from '../../parts/printing';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useMay } from '../../session/use-session';
import { count, stamp } from '../../words/format';

type Answer = AnswerOf<'GET /api/console/campaigns/:id/photo-checks'>;
type Line = Answer['lines'][number];
type Show = keyof Answer['counts'];

const PAGE = 100;
const EVERY_MS = 30_000;

const SHOWN: readonly { key: Show; name: string; none: string }[] = [
  { key: 'wrong', name: '说照片不对', none: '没有等着处理的：没有人说照片不对' },
  { key: 'unchecked', name: '还没有核对', none: '没有到了第 40 天还没核对的学生' },
  { key: 'handled', name: '已处理', none: '还没有处理过的' },
  { key: 'right', name: '核对无误', none: '还没有人核对过照片' },
];

/** From the 40th day on: who found the portrait wrong, who has not looked yet. */
export function PhotoChecks() {
  const stickyHead = useStickyHead();
  const { id } = useCampaign();
  const may = useMay();
  const [show, setShow] = useState<Show>('wrong');
  const [handling, setHandling] = useState<Line | null>(null);
  const pages = usePages(
    'GET /api/console/campaigns/:id/photo-checks',
    (start) => ({ params: { id }, query: { show, limit: PAGE, ...start } }),
    { every: EVERY_MS },
  );
  const counts = pages.data?.pages[0]?.counts;
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <div className="toolbar">
        <Segmented
          aria-label="核对情况"
          value={show}
          onChange={setShow}
          options={SHOWN.map(({ key, name }) => ({
            value: key,
            label: counts ? `${name} ${count(counts[key])}` : name,
          }))}
        />
        <span className="fill" />
        <ExportButton
          what="这份名单"
          save={() =>
            download('GET /api/console/campaigns/:id/photo-checks/export', {
              params: { id },
              query: { show },
            })
          }
        />
      </div>
      <Loaded query={pages} rows={10}>
        {(data) => (
          <>
            <Table
              size="small"
              rowKey="bookingId"
              columns={columns(
                show,
                may('POST /api/console/bookings/:id/photo-check/handle') ? setHandling : null,
              )}
              dataSource={data.pages.flatMap(({ lines }) => lines)}
              pagination={false}
              sticky={stickyHead}
              locale={{ emptyText: <Empty description={SHOWN.find(({ key }) => key === show)?.none} /> }}
            />
            <More of={pages} size={PAGE} />
          </>
        )}
      </Loaded>
      {handling && <Handle line={handling} onClose={() => setHandling(null)} />}
    </Card>
  );
}

function Handle({ line, onClose }: { line: Line; onClose: () => void }) {
  const [{ bookingId, name, version, result }] = useState(line);
  const [nonce] = useState(newNonce);
  const handle = useDialogWrite('POST /api/console/bookings/:id/photo-check/handle', {
    done: '已记为处理；学生再次核对时按新的答复',
    onClose,
    endedBy: ['PHOTO_CHECK_SETTLED', 'BOOKING_NOT_ACTIVE'],
  });
  return (
    <ReasonDialog
      title={result === 'wrong' ? `${name} 的照片怎么处理的？` : `怎么联系上 ${name} 的？`}
      consequence="移到“已处理”。学生在手机上再次核对后，以学生的新答复为准。"
      suggestions={
        result === 'wrong'
          ? ['已联系摄影方更换', '已补拍并重新上报', '核实照片无误，已告知本人']
          : ['已电话通知本人', '已请学院转告', '本人称已核对']
      }
      okText="记为已处理"
      isPending={handle.isPending}
      onConfirm={(note) => handle.mutate({ params: { id: bookingId }, body: { version, nonce, note } })}
      onClose={onClose}
    />
  );
}

function columns(show: Show, handle: ((line: Line) => void) | null): TableColumnsType<Line> {
  if (show === 'right') return [...WHO, CHECKED];
  if (show === 'handled') return [...WHO, WRITTEN, HANDLED];
  const act: TableColumnsType<Line> = handle
    ? [
        {
          title: '',
          width: 130,
          render: (_, line) => (
            <Button size="small" aria-label={`记为已处理 ${line.name}`} onClick={() => handle(line)}>
              记为已处理
            </Button>
          ),
        },
      ]
    : [];
  return show === 'wrong' ? [...WHO, CHECKED, WRITTEN, ...act] : [...WHO, ...act];
}

const WHO: TableColumnsType<Line> = [
  { title: '拍摄', width: 160, className: 'number', render: (_, { shotAt }) => stamp(shotAt) },
  {
    title: '学生',
    width: 190,
    render: (_, { name, studentNo }) => (
      <>
        <strong>{name}</strong> <span className="number">{studentNo}</span>
      </>
    ),
  },
  {
    title: '学院 · 班级',
    render: (_, { college, className }) => [college, className].filter((part) => part !== '').join(' · '),
  },
];

const CHECKED: TableColumnsType<Line>[number] = {
  title: '核对',
  width: 160,
  className: 'number',
  render: (_, { checkedAt }) => checkedAt && stamp(checkedAt),
};

const WRITTEN: TableColumnsType<Line>[number] = {
  title: '学生写的',
  width: '24%',
  render: (_, { result, note }) =>
    note ?? <span className="faint">{result === 'wrong' ? '没有写' : '没有核对'}</span>,
};

const HANDLED: TableColumnsType<Line>[number] = {
  title: '处理',
  render: (_, { handled }) =>
    handled && (
      <span className="two-lines">
        {handled.note}
        <span className="faint number">
          {handled.by} {stamp(handled.at)}
        </span>
      </span>
    ),
};
