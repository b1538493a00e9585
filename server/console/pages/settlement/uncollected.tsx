import { App, Button, Card, Empty, Input, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { download } from '../../api/download';
import { useWrite } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { ExportButton } from '../../parts/export-button';
import { Pill } from '../../parts/pill';
import { TimeLine } from '../../parts/time-line';
import { useMay } from '../../session/use-session';
import { count, yuan } from '../../words/format';

type Due = AnswerOf<'GET /api/console/campaigns/:id/uncollected'>;
type Line = Due['bookings'][number];

/** Who paid and was not photographed, those who did arrive first: they may have been shot without a mark. */
export function Uncollected({ due, canSubmit, isOver }: { due: Due; canSubmit: boolean; isOver: boolean }) {
  const campaign = useCampaign();
  const may = useMay();
  const { modal, message } = App.useApp();
  const [reasons, setReasons] = useState<ReadonlyMap<string, string>>(new Map());
  const [looked, setLooked] = useState<Line | null>(null);
  const submit = useWrite('POST /api/console/campaigns/:id/refund-batches', {
    onDone: ({ lines }) => message.success(`已提交 ${lines.total} 笔，请另一位财务同事审批`),
  });
  if (due.bookings.length === 0) {
    return (
      <Card>
        <Empty description={isOver ? '没有付了款却没拍的学生，不需要退款' : '目前没有付了款还没拍的学生'} />
      </Card>
    );
  }
  const included = due.bookings.filter(({ bookingId }) => !reasons.has(bookingId));
  const amountFen = included.reduce((sum, line) => sum + line.amountFen, 0);
  const isReasonMissing = [...reasons.values()].some((reason) => reason.trim() === '');
  const ask = () =>
    modal.confirm({
      title: `提交 ${count(included.length)} 人、${yuan(amountFen)} 元的退款？`,
      content: '提交后由另一位财务同事审批，审批通过才开始退款；退款原路退回，无法撤回。',
      okText: '提交审批',
      onOk: () =>
        submit.mutateAsync({
          params: { id: campaign.id },
          body: { exclude: [...reasons].map(([bookingId, reason]) => ({ bookingId, reason })) },
        }),
    });
  const exclude = (id: string, reason: string | null) => {
    const next = new Map(reasons);
    if (reason === null) next.delete(id);
    else next.set(id, reason);
    setReasons(next);
  };
  const arrived = due.bookings.filter((line) => line.arrived).length;
  return (
    <Card
      title={`已付款未拍摄：${count(due.bookings.length)} 人，${yuan(due.amountFen)} 元`}
      extra={
        <span className="row tight">
          <ExportButton
            what="已付未拍名单"
            save={() =>
              download('GET /api/console/campaigns/:id/uncollected.xlsx', { params: { id: campaign.id } })
            }
          />
          {canSubmit && (
            <Button
              type="primary"
              disabled={included.length === 0 || isReasonMissing || due.phones.length > 0}
              loading={submit.isPending}
              onClick={ask}
            >
              提交退款 {count(included.length)} 人 {yuan(amountFen)} 元
            </Button>
          )}
        </span>
      }
      styles={{ body: { padding: 0 } }}
    >
      {arrived > 0 && (
        <p className="note">
          其中 {arrived} 人签到过但没有拍摄记录，排在最前面。请先和现场核实，确已拍摄的应排除。
        </p>
      )}
      <Table
        className="number"
        size="small"
        rowKey="bookingId"
        dataSource={[...due.bookings].sort((a, b) => Number(b.arrived) - Number(a.arrived))}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={columns({
          reasons,
          exclude: canSubmit ? exclude : null,
          look: may('GET /api/console/bookings/:id/timeline') ? setLooked : null,
        })}
      />
      {looked && <TimeLine bookingId={looked.bookingId} who={looked.name} onClose={() => setLooked(null)} />}
    </Card>
  );
}

interface Actions {
  reasons: ReadonlyMap<string, string>;
  exclude: ((id: string, reason: string | null) => void) | null;
  look: ((line: Line) => void) | null;
}

function columns({ reasons, exclude, look }: Actions): TableColumnsType<Line> {
  const facts: TableColumnsType<Line> = [
    { title: '学号', dataIndex: 'studentNo', width: 130 },
    { title: '姓名', dataIndex: 'name', className: 'masked', width: 120 },
    { title: '学院', dataIndex: 'college' },
    {
      title: '到场',
      width: 100,
      render: (_, { arrived }) =>
        arrived ? <Pill tone="warn">签到未拍</Pill> : <span className="faint">未到</span>,
    },
    { title: '金额（元）', width: 110, align: 'right', render: (_, { amountFen }) => yuan(amountFen) },
  ];
  if (exclude) {
    facts.push({
      title: '本次不退',
      width: 260,
      render: (_, { bookingId, name }) => (
        <Exclusion
          who={name}
          reason={reasons.get(bookingId) ?? null}
          onChange={(reason) => exclude(bookingId, reason)}
        />
      ),
    });
  }
  if (look) {
    facts.push({
      title: '',
      width: 80,
      align: 'right',
      render: (_, line) => (
        <Button type="link" onClick={() => look(line)} aria-label={`${line.name} 的经过`}>
          经过
        </Button>
      ),
    });
  }
  return facts;
}

function Exclusion({
  who,
  reason,
  onChange,
}: {
  who: string;
  reason: string | null;
  onChange: (reason: string | null) => void;
}) {
  if (reason === null) {
    return (
      <Button type="link" onClick={() => onChange('')} aria-label={`排除 ${who}`}>
        排除…
      </Button>
    );
  }
  return (
    <span className="exclusion">
      <Input
        size="small"
        autoFocus
        maxLength={100}
        value={reason}
        status={reason.trim() === '' ? 'error' : ''}
        aria-label={`不退 ${who} 的原因`}
        placeholder="写明原因，例如：现场已补拍"
        onChange={(event) => onChange(event.target.value)}
      />
      <Button size="small" type="link" onClick={() => onChange(null)}>
        取消
      </Button>
    </span>
  );
}
