import { Alert, Button, Descriptions, Drawer } from 'antd';
import type { DifferenceView } from '../../../../shared/contract/reconciliation';
import { useRead, useWrite } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { History } from '../../parts/history';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { useMay } from '../../session/use-session';
import { DIFFERENCE_NAMES, DIFFERENCE_STATES, REPAIR_NAMES } from '../../words/differences';
import { dayName, stamp, yuan } from '../../words/format';
import { Evidence } from './evidence';
import { ProposedRepair } from './proposed-repair';
import { Reopen } from './reopen';
import { Repairs } from './repairs';

type File = AnswerOf<'GET /api/console/differences/:id'>;

/** One difference: what it is, what can be done about it and with what result, who did what. */
export function DifferenceFile({ id, onClose }: { id: string; onClose: () => void }) {
  const file = useRead('GET /api/console/differences/:id', { params: { id } });
  return (
    <Drawer open title="差错" size={640} onClose={onClose}>
      <Loaded query={file} rows={8}>
        {(known) => (
          <div className="stack">
            <Facts difference={known.difference} />
            <Evidence id={id} files={known.evidence} />
            <NextStep file={known} />
            <History lines={known.history} names={known.names} />
          </div>
        )}
      </Loaded>
    </Drawer>
  );
}

function Facts({ difference }: { difference: DifferenceView }) {
  const { type, status, explanation, day, oursFen, theirsFen, orderNo, refundNo, transactionId } = difference;
  const money = (fen: number | null) => (fen === null ? '没有' : `${yuan(fen)} 元`);
  return (
    <>
      <div className="row">
        <h3 className="file-title">{DIFFERENCE_NAMES[type]}</h3>
        <Pill tone={DIFFERENCE_STATES[status].tone}>{DIFFERENCE_STATES[status].name}</Pill>
        <Owner difference={difference} />
      </div>
      <p>{explanation}</p>
      <Descriptions
        size="small"
        column={2}
        className="number"
        items={[
          { key: 'day', label: '账单日', children: dayName(day) },
          { key: 'ours', label: '我方 / 微信', children: `${money(oursFen)} / ${money(theirsFen)}` },
          { key: 'order', label: '商户单号', span: 2, children: refundNo ?? orderNo ?? '—' },
          { key: 'wechat', label: '微信单号', span: 2, children: transactionId ?? '—' },
        ]}
      />
    </>
  );
}

function Owner({ difference: { id, version, owner, status } }: { difference: DifferenceView }) {
  const may = useMay();
  const own = useWrite('POST /api/console/differences/:id/own');
  const set = (mine: boolean) => own.mutate({ params: { id }, body: { version, mine } });
  if (status === 'settled' || status === 'working')
    return owner && <span className="soft">{owner.name} 处理</span>;
  if (!may('POST /api/console/differences/:id/own'))
    return <span className="soft">{owner ? `${owner.name} 在处理` : '还没有人认领'}</span>;
  return (
    <>
      <span className="soft">{owner && !owner.mine ? `${owner.name} 在处理` : ''}</span>
      <Button size="small" loading={own.isPending} onClick={() => set(!owner?.mine)}>
        {owner?.mine ? '放下' : '认领'}
      </Button>
    </>
  );
}

function NextStep({ file: { difference, repairs } }: { file: File }) {
  const { status, type, trouble, resolution } = difference;
  const problem = trouble && <Alert type="warning" showIcon title={trouble} />;
  if (status === 'to_review') return <ProposedRepair difference={difference} />;
  if (status === 'working') return problem ?? <Alert type="info" showIcon title="已同意，正在执行" />;
  if (status === 'settled' && resolution) return <Outcome difference={difference} resolution={resolution} />;
  if (type === 'cross_day') return <Waits difference={difference} />;
  return (
    <>
      {problem}
      <Repairs difference={difference} repairs={repairs} />
    </>
  );
}

/** Over midnight: nothing is to be done about it but to wait. */
const Waits = ({ difference: { status } }: { difference: DifferenceView }) => (
  <Alert
    type="info"
    showIcon
    title="跨日的款项等相邻一天的账单，到后自动销账"
    description={
      status === 'carried'
        ? '已随关账结转，不用再做什么。'
        : '不用处理，也不妨碍关账：关账时结转，写明等相邻一天的账单。'
    }
  />
);

function Outcome({
  difference,
  resolution: { repair, result, note, evidence, by, approvedBy, at },
}: {
  difference: DifferenceView;
  resolution: NonNullable<DifferenceView['resolution']>;
}) {
  const people = by && approvedBy ? `${by} 提出，${approvedBy} 复核，` : '';
  return (
    <Alert
      type="success"
      showIcon
      title={repair ? `${REPAIR_NAMES[repair]}：${result}` : result}
      description={
        <>
          {note && <p>{note}</p>}
          {evidence && <p>依据：{evidence}</p>}
          <span className="faint number">
            {people}
            {stamp(at)}
          </span>
        </>
      }
      action={repair && <Reopen difference={difference} />}
    />
  );
}
