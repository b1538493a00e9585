import { Button } from 'antd';
import { useState } from 'react';
import type { StudentFile } from '../../../../shared/contract/office';
import { useDialogWrite } from '../../api/use-dialog-write';
import { newNonce } from '../../parts/new-nonce';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useMay } from '../../session/use-session';
import { CorrectStudent } from './correct-student';

/** What one may do for a student apart from the booking. */
export function StudentActions({ file }: { file: StudentFile }) {
  const may = useMay();
  const [doing, setDoing] = useState<'correct' | 'unbind' | 'reset' | null>(null);
  const close = () => setDoing(null);
  const [stuck] = file.identities.filter(
    ({ status, attempts, attemptsLeft }) =>
      status !== 'verified' && attempts.length > 0 && attemptsLeft === 0,
  );
  const isShot = file.bookings.some(({ attendance, place }) => place === 'booked' && attendance === 'shot');
  return (
    <div className="row tight">
      {may('POST /api/onsite/students/:id/correct') && (
        <Button
          disabled={isShot}
          title={isShot ? '已经拍摄，信息不能再改' : ''}
          onClick={() => setDoing('correct')}
        >
          更正信息
        </Button>
      )}
      {stuck && may('POST /api/console/identities/:id/reset-attempts') && (
        <Button onClick={() => setDoing('reset')}>恢复核验次数</Button>
      )}
      {file.student.binding && may('POST /api/console/students/:id/unbind') && (
        <Button danger onClick={() => setDoing('unbind')}>
          解除微信绑定
        </Button>
      )}
      {doing === 'correct' && <CorrectStudent file={file} onClose={close} />}
      {doing === 'unbind' && <Unbind file={file} onClose={close} />}
      {doing === 'reset' && stuck && <ResetAttempts file={file} identity={stuck} onClose={close} />}
    </div>
  );
}

function Unbind({ file, onClose }: { file: StudentFile; onClose: () => void }) {
  const [{ id, name, version }] = useState(file.student);
  const [nonce] = useState(newNonce);
  const unbind = useDialogWrite('POST /api/console/students/:id/unbind', {
    done: '已解除绑定，本人重新认证后即可继续',
    onClose,
  });
  return (
    <ReasonDialog
      title={`解除 ${name} 的微信绑定？`}
      consequence="原来的微信将看不到这名学生和他的预约。预约和付款都保留，本人用自己的微信认证后接着用。请先核对来电人身份。"
      suggestions={['换了手机号和微信', '被他人误绑', '微信账号丢失']}
      okText="解除绑定"
      isDangerous
      isPending={unbind.isPending}
      onConfirm={(reason) => unbind.mutate({ params: { id }, body: { version, nonce, reason } })}
      onClose={onClose}
    />
  );
}

function ResetAttempts({
  file,
  identity,
  onClose,
}: {
  file: StudentFile;
  identity: StudentFile['identities'][number];
  onClose: () => void;
}) {
  const [seen] = useState(identity);
  const [nonce] = useState(newNonce);
  const reset = useDialogWrite('POST /api/console/identities/:id/reset-attempts', {
    done: '核验次数已恢复，请学生再试',
    onClose,
  });
  return (
    <ReasonDialog
      title={`恢复 ${file.student.name} 的核验次数？`}
      consequence="今天的次数重新计算。连续错过两次的银行卡仍不能再试，避免被银行锁卡，请提醒换一张卡或核对预留手机号。"
      suggestions={['学生说输错了手机号', '换了一张银行卡', '银行系统当时不可用']}
      okText="恢复次数"
      isPending={reset.isPending}
      onConfirm={(reason) =>
        reset.mutate({
          params: { id: seen.accountId },
          body: { version: seen.version, nonce, studentId: file.student.id, reason },
        })
      }
      onClose={onClose}
    />
  );
}
