import { Button, Card, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { TRAINING_LABELS } from '../../../../shared/domain/majors';
import { useRead } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useDialogWrite } from '../../api/use-dialog-write';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { newNonce } from '../../parts/new-nonce';
import { Pill } from '../../parts/pill';
import { ReasonDialog } from '../../parts/reason-dialog';
import { stamp } from '../../words/format';
import { FIELD_NAMES } from '../../words/standings';

type Correction = AnswerOf<'GET /api/console/campaigns/:id/corrections'>['corrections'][number];
interface Doing {
  correction: Correction;
  what: 'accept' | 'refuse';
}
const EVERY_MS = 10_000;

export function Corrections() {
  const { id } = useCampaign();
  const [doing, setDoing] = useState<Doing | null>(null);
  const corrections = useRead(
    'GET /api/console/campaigns/:id/corrections',
    { params: { id } },
    { every: EVERY_MS },
  );
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Loaded query={corrections}>
        {({ corrections: all }) => (
          <Table
            rowKey={({ student }) => student.id}
            columns={columns(setDoing)}
            dataSource={all}
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: <Empty description="没有等待处理的更正申请" /> }}
          />
        )}
      </Loaded>
      {doing && <Answer {...doing} onClose={() => setDoing(null)} />}
    </Card>
  );
}

function columns(act: (doing: Doing) => void): TableColumnsType<Correction> {
  return [
    { title: '申请时间', width: 160, className: 'number', render: (_, { at }) => stamp(at) },
    {
      title: '学生',
      width: 200,
      render: (_, { student }) => (
        <span className="two-lines">
          <strong>{student.name}</strong>
          <span className="faint number">{student.studentNo}</span>
        </span>
      ),
    },
    {
      title: '要改的',
      render: (_, correction) => (
        <span className="two-lines">
          <span>
            {FIELD_NAMES[correction.field]}：<del className="faint">{currentOf(correction)}</del> →{' '}
            <strong>{correction.proposed}</strong>
          </span>
          <span className="faint">理由：{correction.reason}</span>
        </span>
      ),
    },
    {
      title: '',
      width: 220,
      align: 'right',
      render: (_, correction) =>
        correction.isShot ? (
          <Button onClick={() => act({ correction, what: 'refuse' })}>已拍摄，答复…</Button>
        ) : (
          <span className="row tight end">
            <Button
              type="primary"
              aria-label={`同意 ${correction.student.name} 的更正`}
              onClick={() => act({ correction, what: 'accept' })}
            >
              同意
            </Button>
            <Button
              aria-label={`不同意 ${correction.student.name} 的更正`}
              onClick={() => act({ correction, what: 'refuse' })}
            >
              不同意…
            </Button>
          </span>
        ),
    },
  ];
}

const currentOf = ({ field, current, student }: Correction): string =>
  field === 'training' ? TRAINING_LABELS[student.training] : current || '空';

function Answer({ correction, what, onClose }: Doing & { onClose: () => void }) {
  const [{ student, field, proposed }] = useState(correction);
  const [nonce] = useState(newNonce);
  const accept = useDialogWrite('POST /api/console/students/:id/accept-correction', {
    done: `${student.name} 的${FIELD_NAMES[field]}已改为“${proposed}”`,
    onClose,
    endedBy: ['CORRECTION_AFTER_SHOT'],
  });
  const refuse = useDialogWrite('POST /api/console/students/:id/refuse-correction', {
    done: '已答复，学生会看到',
    onClose,
  });
  const isAccept = what === 'accept';
  const write = isAccept ? accept : refuse;
  return (
    <ReasonDialog
      title={
        isAccept
          ? `把${FIELD_NAMES[field]}改为“${proposed}”？`
          : `不改 ${student.name} 的${FIELD_NAMES[field]}？`
      }
      consequence={
        isAccept
          ? '改动立即生效并记入经过；专业或层次变了，会重新对上时段。'
          : '您写的答复学生看得到，请写清楚下一步找谁。'
      }
      suggestions={
        isAccept
          ? ['已核对学籍系统', '已核对身份证原件']
          : ['学籍系统里就是这样，请联系学籍学历管理科', '材料不足，请带身份证到学院办理']
      }
      okText={isAccept ? '同意更正' : '答复'}
      isPending={write.isPending}
      onConfirm={(answer) =>
        write.mutate({ params: { id: student.id }, body: { version: student.version, nonce, answer } })
      }
      onClose={onClose}
    >
      {isAccept && field === 'documentNumber' && <Pill tone="warn">证件号码请逐位核对原件</Pill>}
    </ReasonDialog>
  );
}
