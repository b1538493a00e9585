import { Modal, Typography } from 'antd';
import type { UserView } from '../../../../shared/contract/accounts';

/** A password that is shown once. */
export function GivenPassword({
  given: { user, password },
  onClose,
}: {
  given: { user: UserView; password: string };
  onClose: () => void;
}) {
  return (
    <Modal
      open
      title={`“${user.name}”的临时密码`}
      okText="已转告本人"
      cancelButtonProps={{ hidden: true }}
      mask={{ closable: false }}
      onOk={onClose}
      onCancel={onClose}
    >
      <div className="code-card">
        <Typography.Text className="code" copyable={{ text: password, tooltips: ['复制', '已复制'] }}>
          {password}
        </Typography.Text>
        <p className="soft">
          账号 {user.login}。请当面或电话告诉本人；关掉后不再显示。
          <br />
          第一次登录时必须改成自己的密码。
        </p>
      </div>
    </Modal>
  );
}
