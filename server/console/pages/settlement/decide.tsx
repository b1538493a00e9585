import { App, Button, Descriptions, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { RefundBatchView } from '../../../../shared/contract/settlement';
import { useWrite } from '../../api/hooks';
import { count, stamp, yuan } from '../../words/format';

/** The second person's decision on what they saw when they opened it. */
export function Decide({ batch, onClose }: { batch: RefundBatchView; onClose: () => void }) {
  const [seen] = useState(batch);
  const [note, setNote] = useState('');
  const { message } = App.useApp();
  const decide = useWrite('POST /api/console/refund-batches/:id/decide', {
    onDone({ state }) {
      message.success(state === 'rejected' ? '已驳回' : '已批准，开始退款');
      onClose();
    },
    onRefused(error) {
      if (error.code === 'CHANGED_MEANWHILE' || error.code === 'BATCH_STATE') onClose();
      return false;
    },
  });
  const say = (decision: 'approve' | 'reject') =>
    decide.mutate({
      params: { id: seen.id },
      body: { version: seen.version, decision, ...(note.trim() ? { note: note.trim() } : {}) },
    });
  return (
    <Modal
      open
      title="审批统一退款"
      onCancel={onClose}
      footer={
        <>
          <Button danger disabled={decide.isPending || note.trim() === ''} onClick={() => say('reject')}>
            驳回
          </Button>
          <Button type="primary" loading={decide.isPending} onClick={() => say('approve')}>
            批准并退款 {yuan(seen.amountFen)} 元
          </Button>
        </>
      }
    >
      <Descriptions
        column={1}
        items={[
          { key: 'by', label: '提交人', children: `${seen.submittedBy}，${stamp(seen.submittedAt)}` },
          { key: 'lines', label: '笔数', children: `${count(seen.lines.total)} 笔` },
          { key: 'amount', label: '金额', children: <strong>{yuan(seen.amountFen)} 元</strong> },
        ]}
      />
      <p className="soft">批准前会核对商户余额，不足时不会开始。批准后逐笔原路退回，可以中途暂停。</p>
      <Form.Item label="意见" extra="驳回时必须写明原因">
        <Input.TextArea
          aria-label="意见"
          rows={2}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Form.Item>
    </Modal>
  );
}
