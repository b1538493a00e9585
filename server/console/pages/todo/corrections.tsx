import { PictureOutlined } from '@ant-design/icons';
import { Button, Card, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useRead } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { stamp } from '../../words/format';
import { FIELD_NAMES } from '../../words/standings';
import { AnswerCorrection, type Answering, Choices } from './answer-correction';
import { type Correction, currentOf } from './correction';
import { CorrectionProof } from './correction-proof';

const EVERY_MS = 10_000;

export function Corrections() {
  const { id } = useCampaign();
  const [answering, setAnswering] = useState<Answering | null>(null);
  const [looking, setLooking] = useState<Correction | null>(null);
  const corrections = useRead(
    'GET /api/console/campaigns/:id/corrections',
    { params: { id } },
    { every: EVERY_MS },
  );
  const end = () => {
    setAnswering(null);
    setLooking(null);
  };
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Loaded query={corrections}>
        {({ corrections: all }) => (
          <Table
            rowKey={({ student }) => student.id}
            columns={columns(setAnswering, setLooking)}
            dataSource={all}
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: <Empty description="没有等待处理的更正申请" /> }}
          />
        )}
      </Loaded>
      {looking && (
        <CorrectionProof correction={looking} onClose={() => setLooking(null)}>
          <Choices correction={looking} act={setAnswering} />
        </CorrectionProof>
      )}
      {answering && <AnswerCorrection {...answering} onClose={() => setAnswering(null)} onEnd={end} />}
    </Card>
  );
}

function columns(
  act: (answering: Answering) => void,
  look: (correction: Correction) => void,
): TableColumnsType<Correction> {
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
      title: '照片',
      width: 110,
      render: (_, correction) =>
        correction.hasPhoto ? (
          <Button
            type="link"
            size="small"
            className="as-text"
            icon={<PictureOutlined aria-hidden />}
            aria-label={`看照片：${correction.student.name} 附的`}
            onClick={() => look(correction)}
          >
            看照片
          </Button>
        ) : (
          <span className="faint">没有附</span>
        ),
    },
    {
      title: '',
      width: 220,
      align: 'right',
      render: (_, correction) => (
        <span className="row tight end">
          <Choices correction={correction} act={act} />
        </span>
      ),
    },
  ];
}
