import { App, Button, Drawer, InputNumber, Table, type TableColumnsType, type TableProps } from 'antd';
import { useState } from 'react';
import type { MakeUpSlotView } from '../../../../shared/contract/make-up';
import { useWrite } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Pill } from '../../parts/pill';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useMay } from '../../session/use-session';
import { clock, dayName } from '../../words/format';
import { Guests } from './guests';

type Change = 'capacity' | 'stop' | 'resume';

/** One day: its slots, more places or none, and who comes. */
export function SlotDay({
  day,
  slots,
  onClose,
}: {
  day: string;
  slots: readonly MakeUpSlotView[];
  onClose: () => void;
}) {
  const may = useMay();
  const mayChange = may('POST /api/console/campaigns/:id/make-up-slots');
  const [chosen, choose] = useState<readonly string[]>([]);
  const [change, setChange] = useState<Change | null>(null);
  const selection: TableProps<MakeUpSlotView>['rowSelection'] = {
    selectedRowKeys: [...chosen],
    onChange: (keys) => choose(keys.map(String)),
    getTitleCheckboxProps: () => ({ 'aria-label': '全选' }),
    getCheckboxProps: ({ startsAt, endsAt }) => ({ 'aria-label': `${clock(startsAt)}–${clock(endsAt)}` }),
  };
  const picked = slots.filter(({ id }) => chosen.includes(id));
  return (
    <Drawer open size={760} title={`${dayName(day)}的补拍`} onClose={onClose}>
      {mayChange && (
        <div className="row tight slot-actions">
          <Button disabled={picked.length === 0} onClick={() => setChange('capacity')}>
            加名额
          </Button>
          <Button disabled={!picked.some(({ isStopped }) => !isStopped)} onClick={() => setChange('stop')}>
            停约
          </Button>
          <Button disabled={!picked.some(({ isStopped }) => isStopped)} onClick={() => setChange('resume')}>
            恢复预约
          </Button>
          <span className="soft">{picked.length === 0 ? '先勾选时段' : `已选 ${picked.length} 个时段`}</span>
        </div>
      )}
      <Table<MakeUpSlotView>
        className="number"
        size="small"
        rowKey="id"
        pagination={false}
        columns={COLUMNS}
        dataSource={[...slots]}
        {...(mayChange ? { rowSelection: selection } : {})}
      />
      <Guests day={day} />
      {change && (
        <ChangeSlots
          change={change}
          slots={picked}
          onClose={() => setChange(null)}
          onDone={() => {
            setChange(null);
            choose([]);
          }}
        />
      )}
    </Drawer>
  );
}

const COLUMNS: TableColumnsType<MakeUpSlotView> = [
  { title: '时间', render: (_, { startsAt, endsAt }) => `${clock(startsAt)}–${clock(endsAt)}` },
  { title: '名额', align: 'right', dataIndex: 'capacity' },
  { title: '已约', align: 'right', dataIndex: 'booked' },
  { title: '签到', align: 'right', dataIndex: 'arrived' },
  { title: '已拍', align: 'right', dataIndex: 'shot' },
  {
    title: '',
    width: 120,
    render: (_, { isStopped, isOffered, booked, capacity }) => {
      if (!isOffered) return <Pill tone="warn">不再开放</Pill>;
      if (isStopped) return <Pill tone="warn">停约</Pill>;
      return booked >= capacity ? <Pill tone="calm">约满</Pill> : <Pill tone="good">可约</Pill>;
    },
  },
];

const TITLES: Readonly<Record<Change, string>> = {
  capacity: '增加名额',
  stop: '停止预约',
  resume: '恢复预约',
};

function ChangeSlots({
  change,
  slots,
  onClose,
  onDone,
}: {
  change: Change;
  slots: readonly MakeUpSlotView[];
  onClose: () => void;
  onDone: () => void;
}) {
  const { id } = useCampaign();
  const { message } = App.useApp();
  const most = Math.max(...slots.map(({ capacity }) => capacity));
  const booked = slots.reduce((sum, slot) => sum + slot.booked, 0);
  const [capacity, setCapacity] = useState(most + 5);
  const write = useWrite('POST /api/console/campaigns/:id/make-up-slots', {
    onDone() {
      message.success(`${TITLES[change]}：${slots.length} 个时段`);
      onDone();
    },
  });
  const consequence = {
    capacity: `选中的 ${slots.length} 个时段各有 ${capacity} 个名额。名额只能增加。`,
    stop: `选中的 ${slots.length} 个时段不再接受预约。已约的 ${booked} 人不受影响；来不了的，请在“学生与预约”里逐个改时段或取消退款。`,
    resume: `选中的 ${slots.length} 个时段重新接受预约。`,
  }[change];
  return (
    <ReasonDialog
      title={TITLES[change]}
      consequence={consequence}
      suggestions={
        change === 'stop'
          ? ['摄影师请假', '场地停用', '人手不够']
          : ['报名人数多', '增加了摄影师', '恢复正常']
      }
      okText={TITLES[change]}
      readBy="会记入审计"
      isPending={write.isPending}
      onConfirm={(reason) =>
        write.mutate({
          params: { id },
          body: {
            slotIds: slots.map((slot) => slot.id),
            reason,
            change: change === 'capacity' ? { kind: change, capacity } : { kind: change },
          },
        })
      }
      onClose={onClose}
    >
      {change === 'capacity' && (
        <p className="row tight">
          每个时段
          <InputNumber
            aria-label="每个时段几个名额"
            min={most}
            max={200}
            precision={0}
            value={capacity}
            onChange={(value) => setCapacity(value ?? most)}
          />
          个名额
        </p>
      )}
    </ReasonDialog>
  );
}
