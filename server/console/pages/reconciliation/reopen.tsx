import { Button } from 'antd';
import { useState } from 'react';
import type { DifferenceView } from '../../../../shared/contract/reconciliation';
import { useDialogWrite } from '../../api/use-dialog-write';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useMay } from '../../session/use-session';

/** Something has turned up about what was settled. */
export function Reopen({ difference: { id, version } }: { difference: DifferenceView }) {
  const may = useMay();
  const [isAsking, setAsking] = useState(false);
  if (!may('POST /api/console/differences/:id/reopen')) return null;
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        重新处理…
      </Button>
      {isAsking && <Ask id={id} version={version} onClose={() => setAsking(false)} />}
    </>
  );
}

function Ask({ id, version, onClose }: { id: string; version: number; onClose: () => void }) {
  const reopen = useDialogWrite('POST /api/console/differences/:id/reopen', {
    done: '已回到待处理',
    onClose,
    endedBy: ['DIFFERENCE_STATE', 'DAY_CLOSED'],
  });
  return (
    <ReasonDialog
      title="重新处理这处差错？"
      consequence="差错回到待处理；已经做过的分录不会消失，需要时用新的分录冲回。"
      suggestions={['微信来了新的答复', '之前的依据不对']}
      okText="重新处理"
      isPending={reopen.isPending}
      onConfirm={(note) => reopen.mutate({ params: { id }, body: { version, note } })}
      onClose={onClose}
    />
  );
}
