import { Button } from 'antd';
import { useState } from 'react';
import { useDialogWrite } from '../../api/use-dialog-write';
import { newNonce } from '../../parts/new-nonce';
import { Pill } from '../../parts/pill';
import { ReasonDialog } from '../../parts/reason-dialog';
import { FIELD_NAMES } from '../../words/standings';
import type { Correction } from './correction';

export interface Answering {
  correction: Correction;
  what: 'accept' | 'refuse';
}

export function Choices({
  correction,
  act,
}: {
  correction: Correction;
  act: (answering: Answering) => void;
}) {
  const { isShot, student } = correction;
  const refuse = () => act({ correction, what: 'refuse' });
  if (isShot) return <Button onClick={refuse}>已拍摄，答复…</Button>;
  return (
    <>
      <Button
        type="primary"
        aria-label={`同意 ${student.name} 的更正`}
        onClick={() => act({ correction, what: 'accept' })}
      >
        同意
      </Button>
      <Button aria-label={`不同意 ${student.name} 的更正`} onClick={refuse}>
        不同意…
      </Button>
    </>
  );
}

/** @param onEnd answered, by this person or by another meanwhile */
export function AnswerCorrection({
  correction,
  what,
  onClose,
  onEnd,
}: Answering & { onClose: () => void; onEnd: () => void }) {
  const [{ student, field, proposed }] = useState(correction);
  const [nonce] = useState(newNonce);
  const accept = useDialogWrite('POST /api/console/students/:id/accept-correction', {
    done: `${student.name} 的${FIELD_NAMES[field]}已改为“${proposed}”`,
    onClose: onEnd,
    endedBy: ['CORRECTION_AFTER_SHOT'],
  });
  const refuse = useDialogWrite('POST /api/console/students/:id/refuse-correction', {
    done: '已答复，学生会看到',
    onClose: onEnd,
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
