import { useWrite } from '../api/hooks';
import { ReasonDialog } from './reason-dialog';

/** The office answers for not waiting for the scans of a phone. */
export function WaivePhone({
  phone,
  onClose,
}: {
  phone: { id: string; label: string };
  onClose: () => void;
}) {
  const waive = useWrite('POST /api/console/devices/:id/waive', { onDone: onClose });
  return (
    <ReasonDialog
      title={`不再等“${phone.label}”的离线记录？`}
      consequence="手机丢了、坏了才这样做：它记下而没有上传的签到会当作没有发生，这些学生可能被退款。"
      suggestions={['手机损坏', '手机丢失', '已核对纸质名单，没有遗漏']}
      okText="不再等"
      readBy="会记入审计"
      isDangerous
      isPending={waive.isPending}
      onConfirm={(reason) => waive.mutate({ params: { id: phone.id }, body: { reason } })}
      onClose={onClose}
    />
  );
}
