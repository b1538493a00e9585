import type { UserView } from '../../../../shared/contract/accounts';
import { useDialogWrite } from '../../api/use-dialog-write';
import { ReasonDialog } from '../../parts/reason-dialog';

/** Somebody's phone is lost or new. */
export function ResetAuthenticator({ user, onClose }: { user: UserView; onClose: () => void }) {
  const reset = useDialogWrite('POST /api/console/users/:id/reset-authenticator', {
    done: `“${user.name}”的验证器已重置，下次审批时重新绑定`,
    onClose,
    endedBy: ['NOT_FOUND'],
  });
  return (
    <ReasonDialog
      title={`重置“${user.name}”的手机验证器？`}
      consequence="原来手机上的数字立即失效，对方的登录一并退出；下次审批前重新绑定。请先当面或电话确认是本人。"
      suggestions={['换了手机', '手机丢失', '误删了验证器']}
      okText="重置验证器"
      isDangerous
      isPending={reset.isPending}
      readBy="会记入审计"
      onConfirm={(reason) => reset.mutate({ params: { id: user.id }, body: { reason } })}
      onClose={onClose}
    />
  );
}
